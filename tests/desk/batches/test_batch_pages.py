"""The jobs of bulk work make batches; each has a page, and a list of what it holds."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desk.models import Batch, BatchKind, Proposal, ProposalState
from desk.proposals.decide import send_back
from statements.models import Statement
from tests.support import factories
from tests.support.bulk import as_csv, choose, confirm, row_of, upload
from tests.support.counting_queries import queries
from tests.support.desk.admin_forms import WHY
from tests.support.desk.batches import batch_of, english_of, texts
from tests.support.rows import statement
from tests.support.staff import member, propose, published, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LIST = reverse("admin:desk_batch_changelist")
PROPOSALS = reverse("admin:desk_proposal_changelist")
CODES = ("G1.C1.1", "G1.C1.2", "G1.C2.1")


def send(client, batch: Batch, decision: str, **values):
    seen = client.get(batch.desk_url).context["form"]["seen"].value()
    data = {"decision": decision, "seen": seen, **values}
    return client.post(batch.desk_url, data)


@pytest.fixture
def editor():
    return signed_in(member("editor"))


@pytest.fixture
def publisher():
    return signed_in(member("publisher"))


def test_a_sheet_is_a_batch_under_the_name_of_its_file(editor):
    rows = [row_of(editor, code) | {"text_en": f"New {code}"} for code in CODES]
    upload(editor, as_csv(rows), "May 2026.csv")
    answer = confirm(editor)
    batch = Batch.objects.get()
    assert answer.url == batch.desk_url
    assert (batch.kind, batch.subject) == (BatchKind.SHEET, "May 2026.csv")
    assert batch.proposals.count() == 3
    assert editor.get(answer.url).context["is_own"]


def test_tags_an_order_and_a_replacement_are_batches(editor):
    choose(editor, *CODES)
    term = {"what": "remove", "term": "regions europe"}
    with_europe = statement("G1.C1.1")
    if not with_europe.regions.filter(slug="europe").exists():
        term["what"] = "add"
    editor.post(reverse("staff:tagging"), term)
    confirm(editor)
    order = reverse("staff:order", args=["G1.C1"])
    form = editor.get(order).context["form"]
    places = {name: field.initial for name, field in form.fields.items()}
    first = next(name for name in places)
    editor.post(order, places | {first: 2})
    confirm(editor)
    words = {"find": "the", "replacement": "THE", "fields_searched": ["text_en"]}
    editor.post(reverse("staff:replacing"), {**words, "kind": "objective"})
    chosen = Statement.objects.filter(kind="objective").values_list("pk", flat=True)
    confirm(editor, pk=list(chosen))
    kinds = dict(Batch.objects.values_list("kind", "subject"))
    assert kinds == {
        BatchKind.TAGS: f"{'+' if term['what'] == 'add' else '−'} europe",
        BatchKind.ORDER: "G1.C1",
        BatchKind.REPLACEMENT: "the → THE",
    }


def test_a_translation_file_and_a_review_of_many_are_batches():
    client = signed_in(member("translator"))
    exported = client.get(reverse("staff:translation_export"), {"whole": "goals"})
    old = statement("G1.C1.1").text_en
    content = exported.content.decode().replace(old, "Of a tool")
    address = reverse("staff:translation_import")
    file = SimpleUploadedFile("goals.xlf", content.encode())
    page = client.post(address, {"file": file})
    packed = page.context["form"]["packed"].value()
    client.post(address, {"packed": packed, **WHY})
    batch = Batch.objects.get()
    assert (batch.kind, batch.subject) == (BatchKind.XLIFF, "goals.xlf")
    assert batch.proposals.get().statement.code == "G1.C1.1"


def test_the_page_tells_of_the_job_and_is_decided_as_one(publisher):
    batch = batch_of(english_of(*CODES))
    page = publisher.get(batch.desk_url)
    assert [row[0].statement.code for row in page.context["rows"]] == list(CODES)
    answer = send(publisher, batch, "approve")
    assert told(answer) == "3 proposals were approved and published."
    assert statement("G1.C2.1").text_en == "The sheet has G1.C2.1"
    assert not publisher.get(batch.desk_url).context["may_review"]


def test_findings_and_what_was_decided_singly_come_first(publisher):
    batch = batch_of(english_of(*CODES))
    published("G1.C1.1", text_en="Meanwhile")
    send_back(
        batch.proposals.get(statement__code="G1.C1.2"),
        factories.staff_member(),
        "Not so",
    )
    page = publisher.get(batch.desk_url)
    first, second = page.context["findings"]
    assert first.proposal.statement.code == "G1.C1.1" and first.obstacle
    assert second.proposal.statement.code == "G1.C2.1" and second.warnings
    text = page.content.decode()
    assert text.index("Check results") < text.index("Changes by proposal")
    assert [one.statement.code for one in page.context["decided_singly"]] == ["G1.C1.2"]
    assert 'value="approve"' not in text
    answer = send(publisher, batch, "approve")
    assert "has changed since this was submitted" in told(answer)
    answer = send(publisher, batch, "send-back", reason="Once more")
    assert (
        "2 proposals were returned. 1 proposal was decided separately before"
        in told(answer)
    )


def test_an_author_takes_back_and_does_not_approve():
    author = member("editor", "publisher")
    client, batch = signed_in(author), batch_of(english_of(*CODES), author)
    assert (
        "another person must approve it" in client.get(batch.desk_url).content.decode()
    )
    assert "You cannot publish this on your own." in told(
        send(client, batch, "approve")
    )
    assert told(send(client, batch, "take-back")) == "3 proposals were withdrawn."


def test_only_those_who_may_decide_a_batch(editor):
    batch = batch_of(english_of(*CODES))
    for decision in ("approve", "send-back", "take-back", "", "x"):
        assert send(editor, batch, decision).status_code == 403
    publisher = signed_in(member("publisher"))
    assert send(publisher, batch, "x").status_code == 403
    assert send(publisher, batch, "return").status_code == 403
    late = send(publisher, batch, "approve", publish_at="tomorrow")
    assert late.status_code == 200 and late.context["form"].errors
    assert {one.state for one in batch.proposals.all()} == {ProposalState.IN_REVIEW}
    later = send(publisher, batch, "approve", publish_at="2031-12-24T10:00")
    assert (
        "proposals were approved and will be published at their scheduled times."
        in told(later)
    )
    assert [row[0].publish_at for row in publisher.get(batch.desk_url).context["rows"]]


def test_a_published_batch_is_returned_from_its_page(editor, publisher):
    batch = batch_of(english_of(*CODES))
    assert "nothing was" not in told(send(publisher, batch, "approve")).lower()
    assert publisher.get(batch.desk_url).context["may_return"] is False
    assert editor.get(batch.desk_url).context["may_return"]
    unsaid = send(editor, batch, "return")
    assert unsaid.status_code == 200 and unsaid.context["note_form"].errors
    answer = send(editor, batch, "return", **WHY)
    returned = Batch.objects.get(returns=batch)
    assert answer.url == returned.desk_url
    assert f"#{batch.pk} sheet.csv" in editor.get(answer.url).content.decode()
    assert "This batch has already been reverted" in told(
        send(editor, batch, "return", **WHY)
    )
    assert returned.desk_url in editor.get(batch.desk_url).content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_lists_of_batches_and_of_their_proposals(language):
    client = signed_in(member("auditor"), language)
    batch = batch_of(english_of(*CODES))
    alone = propose("G1.C2.2", text_en="Alone")
    listed = client.get(LIST).context["cl"].result_list
    assert [(one.size, one.in_review) for one in listed] == [(3, 3)]
    nobodys = batch.pk + 1
    for value, found in (
        *((batch.pk, 3), ("any", 3), ("none", 1)),
        *(("x", 4), (nobodys, 0)),
    ):
        page = client.get(f"{PROPOSALS}?{urlencode({'batch': value})}")
        assert page.context["cl"].result_count == found
    assert batch.desk_url not in client.get(alone.desk_url).content.decode()
    part = batch.proposals.first()
    assert batch.desk_url in client.get(part.desk_url).content.decode()


def test_pages_take_as_many_queries_for_three_as_for_three_hundred(publisher):
    of_three = batch_of(texts(3))
    few = queries(publisher, of_three.desk_url)
    Proposal.objects.update(state=ProposalState.RETRACTED)
    few_listed = queries(publisher, LIST)
    many = batch_of(texts(300))
    assert many.size > 100
    assert queries(publisher, many.desk_url) <= few + 1
    assert queries(publisher, LIST) <= few_listed
    assert publisher.get(many.desk_url).context["page_obj"].has_next()
