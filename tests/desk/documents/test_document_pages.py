"""The page of a document at the desk: progress, preview whole, one decision."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from desk.models import DocumentRequest
from statements.models import Document, Statement
from tests.support import rows
from tests.support.documents.drafts import draft_document
from tests.support.factories import an_open_gate, staff_member
from tests.support.staff import NOTE, member, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
ASKED = {
    "act": "publish",
    "publish_at": "",
    "change_note_ko": NOTE.ko,
    "change_note_en": NOTE.en,
}


@pytest.fixture
def document() -> Document:
    return draft_document(3, staff_member())


def page_of(document: Document) -> str:
    return reverse("staff:document", args=[document.slug])


def sent(client, document: Document, decision: str, **values):
    """The form of the decision as the page has it."""
    form = client.get(page_of(document)).context["decision"]
    return client.post(
        page_of(document), {**form.initial, "decision": decision, **values}
    )


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "모두 승인"), ("en", "Approve all")]
)
def test_two_people_publish_a_document(document, language, words):
    editor, publisher = (
        signed_in(member(r), language) for r in ("editor", "publisher")
    )
    assert editor.post(page_of(document), ASKED).status_code == 302
    page = publisher.get(page_of(document)).content.decode()
    assert words in page
    sent(publisher, document, "approve")
    assert not document.statements.exclude(state="published").exists()


def test_who_asked_sees_no_way_to_approve_but_can_take_back(document):
    client = signed_in(member("editor", "publisher"))
    client.post(page_of(document), ASKED)
    page = client.get(page_of(document)).content.decode()
    assert "Approve all" not in page and "Withdraw" in page
    assert sent(client, document, "approve").status_code == 302
    assert DocumentRequest.objects.get().state == "in-review"
    sent(client, document, "take-back")
    assert DocumentRequest.objects.get().state == "retracted"


def test_all_is_sent_back_with_a_reason_that_the_page_keeps(document):
    editor, publisher = signed_in(member("editor")), signed_in(member("publisher"))
    editor.post(page_of(document), ASKED)
    answer = sent(publisher, document, "send-back", reason="")
    assert "Give a reason" in told(answer)
    sent(publisher, document, "send-back", reason="The title is wrong")
    assert "The title is wrong" in editor.get(page_of(document)).content.decode()


@pytest.mark.parametrize("role", ["translator", "auditor", "administrator"])
def test_other_roles_read_and_decide_nothing(document, role):
    signed_in(member("editor")).post(page_of(document), ASKED)
    client = signed_in(member(role))
    assert client.get(page_of(document)).status_code == 200
    assert sent(client, document, "approve").status_code == 403
    assert client.post(page_of(document), ASKED).status_code == 403
    assert not document.statements.published().exists()


def test_open_findings_stand_before_the_decision(document):
    one = document.statements.in_outline_order().last()
    with an_open_gate():
        rows.save(one, text_en="The Ministry’s programme, etc.")
        rows.save(document.statements.first(), title_en="")
    signed_in(member("editor")).post(page_of(document), ASKED)
    page = signed_in(member("publisher")).get(page_of(document)).content.decode()
    assert "1 draft has no English yet" in page
    assert page.index("programme") < page.index("Approve all")
    assert one.code in page


def test_the_whole_document_is_previewed_on_the_real_pages(
    document, client, in_english
):
    reader = signed_in(member("translator"))
    before = rows.everything()
    start = reverse("desk:preview_document", args=[document.slug])
    source = reader.get(start, follow=True)
    page = source.content.decode()
    assert "noindex" in source["X-Robots-Tag"]
    one = document.statements.in_outline_order().last()
    links = re.findall(r'href="([^"#]*/preview/document/[^"#]*)"', page)
    [detail] = {link for link in links if link.endswith(f"/{one.code}/")}
    shown = reader.get(detail)
    assert shown.status_code == 200 and one.text_en in shown.content.decode()
    for path in ("tasks/", "achievements/", "goals/"):
        address = reverse("desk:preview_page", args=[document.slug, path])
        assert reader.get(address).status_code == 200
    assert rows.everything() == before
    assert client.get(one.get_absolute_url()).status_code == 404


def test_no_other_page_is_shown_in_a_preview(document):
    reader = signed_in(member("translator"))
    for path in ("changes/", "preview/document/x/", "nothing/", "../admin/"):
        address = reverse("desk:preview_page", args=[document.slug, "tasks/"])
        assert reader.get(address.replace("tasks/", path)).status_code == 404
    nobody = signed_in(member())
    assert nobody.get(address).status_code == 403


def test_readers_learn_nothing_of_a_draft_document(document, client):
    words = {document.slug, *document.statements.values_list("code", flat=True)}
    for path in ("", "sources/", "tasks/", "changes/", "data/"):
        page = client.get(f"/en/{path}").content.decode()
        assert not [word for word in words if f"{word}<" in page or f"/{word}/" in page]
    for path in (f"sources/{document.slug}/", f"sources/{document.slug}/editions/"):
        assert client.get(f"/en/{path}").status_code == 404


def test_progress_leads_to_the_lists(document):
    client = signed_in(member("editor"))
    figures = client.get(page_of(document)).context["figures"]
    assert figures[0].n == document.statements.count()
    for figure in figures:
        changelist = client.get(figure.url).context["cl"]
        assert changelist.result_count == figure.n
    with override("en"):
        assert {str(figure.label) for figure in figures} >= {"draft", "Statements"}
    assert Statement.objects.filter(document=document).count() == 5
