"""A corrected edition of the report beside the one that it replaces; a draft edition
that nobody saw may be deleted whole.
"""

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.core.exceptions import ValidationError
from django.urls import reverse

from desk.documents.removal import delete_draft_document
from statements.gate import gate
from statements.models import Document, EntryRevision, Paragraph, Revision, Statement
from statements.models.guard import GateClosed
from statements.pages.editions import Editions, Fate
from statements.unpublished import delete_never_public
from tests.support import factories, rows
from tests.support.counting_queries import queries
from tests.support.documents.drafts import described, draft_document, made
from tests.support.staff import NOTE, member, signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_engine,
    pytest.mark.usefixtures("in_english"),
]


def corrected_copy(**state) -> Document:
    """The report of 2025 once more, as a second document of its years."""
    report = Document.objects.get(slug="report-2025")
    copies: dict[int, Statement] = {}
    with factories.an_open_gate():
        edition = described("report-2025-2", 2025, time_order=9, replaces=report)
        edition.save()
        for old in report.statements.in_outline_order():
            code = old.code.replace(".", "-2.", 1)
            [new] = made(edition, [(code, old.kind, copies.get(old.parent_id))])
            values = {"year": old.year, "position": old.position, **state}
            texts = {"title_ko": old.title_ko, "text_ko": old.text_ko}
            rows.save(new, **values, **texts)
            copies[old.pk] = new
    return edition


def fates(edition: Document) -> dict[str, Fate]:
    """The fate of each statement that is not unchanged, by the later or only code."""
    earlier = edition.replaces.statements.in_outline_order()
    both = Editions(earlier, edition.statements.in_outline_order())
    return {
        (row.later or row.earlier).code: row.fate
        for row in both.rows()
        if row.fate != Fate.UNCHANGED
    }


def test_each_statement_of_a_corrected_report_has_its_fate():
    edition = corrected_copy()
    assert fates(edition) == {}
    reworded = edition.statements.get(code="2025-2.T1.1.1")
    moved = edition.statements.get(code="2025-2.T3.3.2.1")
    home = edition.statements.get(code="2025-2.T1.1.1")
    with factories.an_open_gate():
        rows.save(reworded, text_ko=f"{reworded.text_ko} 등을 새로 추진")
        rows.save(moved, parent=home)
        [new] = made(edition, [("2025-2.T1.1.900", "task", home.parent)])
        gone = edition.replaces.statements.get(code="2025.T1.1.2")
        rows.save(
            edition.statements.get(code="2025-2.T1.1.2"),
            text_ko="전혀 다른 내용으로 바뀐 과제이며 아무 글자도 비슷하지 않음",
        )
    assert fates(edition) == {
        reworded.code: Fate.REWORDED,
        moved.code: Fate.MOVED,
        new.code: Fate.NEW,
        "2025-2.T1.1.2": Fate.NEW,
        gone.code: Fate.GONE,
    }


def test_of_two_that_are_alike_none_is_guessed():
    pair = [Statement(pk=n, text_ko="한미 동맹을 강화하고 협력을 확대") for n in (1, 2)]
    later = Statement(pk=3, text_ko="한미 동맹을 강화하고 협력을 더욱 확대")
    assert [row.fate for row in Editions(pair, [later]).rows()] == [
        Fate.NEW,
        Fate.GONE,
        Fate.GONE,
    ]
    assert next(Editions(pair[:1], [later]).rows()).fate == Fate.REWORDED


def test_staff_compare_drafts_and_readers_what_is_published(client):
    edition = corrected_copy()
    with factories.an_open_gate():
        one = edition.statements.get(code="2025-2.T1.1.1")
        rows.save(one, text_ko=f"{one.text_ko} 새로")
    staff = signed_in(member("translator"))
    page = staff.get(reverse("staff:comparison", args=[edition.slug]))
    assert "<ins>" in page.content.decode()
    address = f"/en/sources/{edition.slug}/editions/"
    assert client.get(address).status_code == 404
    with factories.an_open_gate():
        edition.statements.update(state="published")
    page = client.get(address).content.decode()
    assert "<ins>" in page and "2025-2.T1.1.1" in page
    assert address in client.get(f"/en/sources/{edition.slug}/").content.decode()
    assert queries(client, address) < 15
    assert client.get("/en/sources/report-2025/editions/").status_code == 404


def test_a_document_that_nobody_saw_is_deleted_and_its_codes_are_free_again():
    editor = member("editor")
    before = {name: len(table) for name, table in rows.everything().items()}
    document = draft_document(3, editor)
    codes = set(document.statements.values_list("code", flat=True))
    factories.link(
        [document.statements.last()], [Statement.objects.get(code="2025.T1.1.1")]
    )
    earlier_changes = Revision.objects.filter(statement__code="2025.T1.1.1").count()
    client = signed_in(editor)
    address = reverse("staff:remove_document", args=[document.slug])
    assert client.post(address, {}).status_code == 200
    assert Document.objects.filter(pk=document.pk).exists()
    assert client.post(address, {"is_sure": "on"}).status_code == 302
    assert {name: len(table) for name, table in rows.everything().items()} == before
    assert not Statement.objects.filter(code__in=codes).exists()
    assert not EntryRevision.objects.filter(snapshot__slug=document.slug).exists()
    assert (
        Revision.objects.filter(statement__code="2025.T1.1.1").count()
        == earlier_changes
    )
    entry = LogEntry.objects.filter(action_flag=DELETION).latest("pk")
    assert entry.user == editor and document.title in entry.object_repr


def test_what_was_public_once_is_never_deleted():
    document = draft_document(3, factories.staff_member())
    one = document.statements.first()
    with factories.an_open_gate():
        rows.save(one, state="published")
    with factories.an_open_gate():
        rows.save(one, state="withdrawn")
    for refused in (document, Document.objects.get(slug="goals")):
        with pytest.raises(ValidationError, match="been published"):
            delete_draft_document(refused, factories.staff_member())
        with pytest.raises(ValidationError, match="been published"), gate(None, NOTE):
            delete_never_public(refused)
    page = signed_in(member("editor")).get(
        reverse("staff:remove_document", args=["goals"])
    )
    assert "been published" in page.content.decode()
    assert Paragraph.objects.filter(document=document).count() == 5


def test_it_is_deleted_inside_a_gate_alone():
    document = draft_document(1, factories.staff_member())
    with pytest.raises(GateClosed):
        delete_never_public(document)


def test_drafts_that_others_lean_on_stay():
    document, later = (draft_document(1, factories.staff_member()) for _n in range(2))
    factories.link([later.statements.last()], [document.statements.last()])
    with pytest.raises(
        ValidationError,
        match="Statements in other documents are under its drafts or linked to them.",
    ):
        delete_draft_document(document, factories.staff_member())


def test_an_edition_goes_on_replacing_what_the_deleted_one_replaced():
    report = Document.objects.get(slug="report-2025")
    middle = draft_document(1, factories.staff_member(), replaces=report)
    last = draft_document(1, factories.staff_member(), replaces=middle)
    delete_draft_document(middle, factories.staff_member())
    last.refresh_from_db()
    assert last.replaces == report
