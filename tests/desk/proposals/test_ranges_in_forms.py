"""A value outside its range is refused beside its field, in both languages, with what
was typed kept; and nothing comes of it.
"""

import pytest
from django.urls import reverse

from desk.models import Proposal
from statements.models import Event, Figure, GlossaryTerm
from tests.support.desk.admin_forms import WHY, form_values
from tests.support.rows import statement
from tests.support.staff import member, propose, signed_in

pytestmark = pytest.mark.django_db


def change_form(model, row) -> str:
    return reverse(f"admin:statements_{model}_change", args=[row.pk])


HOSTILE = [
    ("event", {"end": "9999-12-31"}),
    ("event", {"start": "0001-01-01"}),
    ("event", {"title_en": "A\x08B"}),
    (
        "event",
        {
            "outcome_en": "\u202etxt",
            "outcome_ko": "가",
            "outcome_evidence": "https://a.kr/",
        },
    ),
    ("event", {"place_ko": "가\uffff"}),
    ("figure", {"value": "9999999999999.99"}),
    ("figure", {"value": "NaN"}),
    ("figure", {"value": "1e400"}),
    ("figure", {"value": "9" * 5000}),
    ("figure", {"unit_en": "\x9b1m"}),
    ("statement", {"text_en": "a\x00b"}),
    ("statement", {"text_en": " ".join(map(str, range(131_000)))}),
    ("statement", {"editor_note_ko": "가\u2066나"}),
    ("statement", {"change_note_en": "a\x1bb"}),
]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("model", "typed"),
    HOSTILE,
    ids=[f"{model}-{[*typed][0]}" for model, typed in HOSTILE],
)
def test_a_value_out_of_range_is_told_beside_its_field(model, typed, language):
    editor = signed_in(member("editor"), language)
    row = {
        "event": Event.objects.first(),
        "figure": Figure.objects.first(),
        "statement": statement("G1.C1.1"),
    }[model]
    url = change_form(model, row)
    answer = editor.post(url, form_values(editor.get(url)) | WHY | typed)
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    [name] = form.errors
    assert name in typed
    assert form[name].value() == typed[name]
    assert not Proposal.objects.exists()


KEYS = ("foo", "9" * 5000, str(2**64), "-1", "1.0", "½", "\x00", "1 or 1")


@pytest.mark.parametrize("key", KEYS, ids=ascii)
def test_a_key_that_no_row_has_is_no_choice(editor, key):
    url = reverse("admin:statements_event_add")
    answer = editor.post(url, WHY | {"statement": key, "title_ko": "가"})
    assert "statement" in answer.context["adminform"].form.errors
    url = change_form("statement", statement("G1.C1.1"))
    values = form_values(editor.get(url)) | WHY
    answer = editor.post(url, values | {"regions": [key]})
    assert "regions" in answer.context["adminform"].form.errors


@pytest.mark.parametrize("key", KEYS, ids=ascii)
def test_no_page_of_the_desk_fails_on_a_key(admin_client, key):
    propose("G1.C1.1", text_en="X")
    answers = [
        admin_client.get(reverse("staff:approving"), {"proposal": key}),
        admin_client.post(reverse("staff:approving"), {"approve": f"{key}-{key}"}),
        admin_client.post(
            reverse("staff:upkeep_list"), {"statement": key, "do": "check"}
        ),
        admin_client.post(reverse("staff:link_suggestions"), {"pair": f"{key}-{key}"}),
        admin_client.post(reverse("staff:draft_links"), {"link": key}),
        admin_client.get(change_form("statement", statement("G1")), {"proposal": key}),
        admin_client.get(f"/admin/statements/statement/{key[:100]}/change/"),
        admin_client.get("/admin/statements/statement/", {"id__exact": key}),
        admin_client.get("/admin/statements/statement/", {"regions__id__exact": key}),
        admin_client.get("/admin/statements/statement/", {"p": key}),
        admin_client.get("/admin/statements/event/", {"start__year": key}),
        admin_client.get("/admin/statements/event/", {"start__year__gte": key}),
        admin_client.get("/admin/statements/event/", {"id__in": key}),
        admin_client.post(
            "/admin/desk/proposal/",
            {"action": "look_at_chosen", "_selected_action": key, "index": "0"},
        ),
    ]
    assert all(answer.status_code < 500 for answer in answers)


@pytest.mark.parametrize("code", ["%00", "G99", "x", "%ff", "2025.T1%00"])
def test_no_page_of_the_desk_fails_on_a_code(admin_client, code):
    for path in (
        f"/admin/bulk/order/{code}/",
        f"/admin/translations/statement/{code}/",
        f"/admin/documents/report-2025/add/?under={code}",
    ):
        assert admin_client.get(path).status_code == 404, path


def test_a_search_of_the_admin_is_as_long_as_a_search(admin_client):
    for name in ("q", "_to_field", "p"):
        for text in ("a " * 5000, "a\x08", "\u202e"):
            answer = admin_client.get("/admin/statements/statement/", {name: text})
            assert answer.status_code == 400, (name, text[:5])
    for lookup in ("title_en__regex", "title_en__iregex", "start__week__gte"):
        url = "/admin/statements/event/"
        assert admin_client.get(url, {lookup: "(a+)+$"}).status_code == 400
    assert admin_client.get("/admin/statements/statement/?q=APEC").status_code == 200


def test_a_field_without_a_name_is_refused(admin_client):
    form = f"/admin/statements/glossaryterm/{GlossaryTerm.objects.first().pk}/change/"
    assert admin_client.get(form).status_code == 200
    assert admin_client.get(form, {"_to_field": ""}).status_code == 400
    assert admin_client.post(form, {"_to_field": ""}).status_code == 400


@pytest.mark.parametrize("reason", ["\x07", "a" * 501, "\ufffe", "가\u202e"])
def test_a_reason_is_plain(publisher, reason):
    proposal = propose("G1.C1.1", text_en="X")
    url = reverse("admin:desk_proposal_change", args=[proposal.pk])
    seen = publisher.get(url).context["form"]["seen"].value()
    sent = {"seen": seen, "decision": "send-back", "reason": reason}
    form = publisher.post(url, sent).context["form"]
    assert form.errors["reason"] and form["reason"].value() == reason
    proposal.refresh_from_db()
    assert proposal.is_open
