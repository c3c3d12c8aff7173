"""One statement is added by hand, with its paragraph, as a draft."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from desk.documents.series import code_of_goal, code_under, kinds_under
from desk.proposals.record import proposing
from statements.models import Document, Kind, Statement
from statements.models.paragraphs import ImmutableParagraph
from tests.support import factories, rows
from tests.support.documents.drafts import described, draft_document
from tests.support.staff import NOTE, approved, member, propose, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def address(slug: str, under: str) -> str:
    return f"{reverse('staff:add_statement', args=[slug])}?under={under}"


def added(under: str, slug: str = "report-2025", **values) -> Statement:
    known = set(Statement.objects.values_list("pk", flat=True))
    data = {"kind": "point", "korean": "덧붙인 말", "marker": "-", **values}
    answer = signed_in(member("editor")).post(address(slug, under), data)
    assert answer.status_code == 302, answer.context["forms"][0].errors
    return Statement.objects.exclude(pk__in=known).get()


def test_it_is_a_draft_at_the_end_with_the_next_code_and_a_paragraph():
    parent = rows.statement("2025.T1.1.1")
    before = parent.children.count()
    last = parent.document.paragraphs.last()
    made = added(parent.code, source="- 덧붙인\n  말")
    assert made.code == f"{parent.code}.{before + 1}"
    assert (made.state, made.text_ko) == ("draft", "덧붙인 말")
    assert list(parent.children.in_outline_order())[-1] == made
    paragraph = made.paragraphs.get()
    assert paragraph.ordinal == last.ordinal + 1
    assert (paragraph.text, paragraph.raw) == ("덧붙인 말", "- 덧붙인\n  말")
    assert paragraph.last_line == paragraph.first_line + 1 == last.last_line + 2
    assert paragraph.parent == parent.paragraphs.get()
    assert paragraph.added_on is not None
    with pytest.raises(ImmutableParagraph):
        paragraph.save()


def test_a_code_is_never_given_again():
    first = added("2025.T1.1.1")
    approved(propose_publication(first))
    approved(propose(first.code, state="withdrawn"))
    again = added("2025.T1.1.1")
    assert again.code != first.code and again.number == first.number + 1


def propose_publication(draft: Statement):
    with proposing(factories.staff_member(), NOTE):
        rows.save(draft, state="published")
    return draft.proposals.get()


def test_readers_see_it_after_review_and_that_it_was_added_later(client):
    made = added("2025.T1.1.1")
    source = "/en/sources/report-2025/"
    assert "added later" not in client.get(source).content.decode()
    approved(propose_publication(made))
    page = client.get(source).content.decode()
    assert "added on" in page and made.code in page
    assert client.get(made.get_absolute_url()).status_code == 200


def test_only_kinds_that_may_stand_there_are_offered():
    assert kinds_under(rows.statement("2025.T1.1")) == [Kind.TASK, Kind.NOTE]
    assert kinds_under(None) == [Kind.GOAL, Kind.PART]
    assert Kind.ACHIEVEMENT in kinds_under(rows.statement("2024.A1"))
    client = signed_in(member("editor"))
    data = {"kind": "achievement", "korean": "x"}
    answer = client.post(address("report-2025", "2025.T1.1"), data)
    assert "kind" in answer.context["forms"][0].errors


@pytest.mark.parametrize(
    ("parent", "kind", "start"),
    [
        ("G1", Kind.OBJECTIVE, "G1.O"),
        ("G1", Kind.NOTE, "G1.N"),
        ("G1.C1", Kind.DETAIL, "G1.C1."),
        ("2025.T", Kind.CHAPTER, "2025.T"),
        ("2025.T1", Kind.HEADING, "2025.T1."),
    ],
)
def test_codes_follow_the_series_of_the_place(parent, kind, start):
    code = code_under(rows.statement(parent), kind)
    assert code.startswith(start)
    assert not Statement.objects.filter(code=code).exists()


def test_goals_and_parts_get_codes_of_their_own():
    assert added("-", "goals", kind="goal").code == "G6"
    part = {"kind": "part", "year": 2025, "nature": "tasks"}
    assert added("-", **part).code == "2025-2.T"
    assert added("-", **{**part, "year": 2027}).code == "2027.T"
    with factories.an_open_gate():
        later = described("goals-2027", 2027, kind="goals")
        later.save()
    assert code_of_goal(later) == "2027.G1"


def test_a_part_says_its_year_and_nature():
    client = signed_in(member("editor"))
    answer = client.post(address("report-2025", "-"), {"kind": "part", "korean": "x"})
    assert {"year", "nature"} <= answer.context["forms"][0].errors.keys()


def test_an_erratum_of_another_document_stands_under_the_statement(document_by_hand):
    made = added("2025.T1.1.1", document_by_hand.slug, kind="note")
    assert made.document == document_by_hand
    assert made.paragraphs.get().parent is None
    assert made.parent.code == "2025.T1.1.1"


FACTS = {
    **{
        f"{name}_{language}": "글 Text"
        for name in ("title", "time_basis", "licence", "contains", "lacks")
        for language in ("ko", "en")
    },
    "slug": "erratum-1",
    "time_year": 2026,
    "time_order": 1,
    "kind": "other",
    "first-kind": "part",
    "first-korean": "바로잡음",
    "first-year": 2026,
    "first-nature": "tasks",
}


@pytest.fixture
def document_by_hand() -> Document:
    client = signed_in(member("editor"))
    answer = client.post(reverse("staff:new_document"), FACTS)
    assert answer.status_code == 302, [f.errors for f in answer.context["forms"]]
    return Document.objects.get(slug="erratum-1")


def test_a_document_by_hand_begins_with_its_first_statement(document_by_hand, client):
    [made] = document_by_hand.statements.all()
    assert (made.state, made.kind) == ("draft", "part")
    assert made.paragraphs.get().added_on is None
    assert client.get("/en/sources/erratum-1/").status_code == 404


def test_neither_is_there_alone():
    client = signed_in(member("editor"))
    data = {**FACTS, "slug": "goals"}
    assert client.post(reverse("staff:new_document"), data).status_code == 200
    assert Document.objects.count() == 2


@pytest.mark.parametrize("role", ["translator", "publisher", "auditor"])
def test_only_editors_add(role):
    client = signed_in(member(role))
    for path in (address("goals", "-"), reverse("staff:new_document")):
        assert client.get(path).status_code == 403


def test_no_number_is_left_in_a_series_that_is_full():
    document = draft_document(1, factories.staff_member())
    heading = document.statements.get(kind="heading")
    with factories.an_open_gate():
        factories.statements(Kind.TASK, [heading], code=f"{heading.code}.9999")
    with pytest.raises(ValidationError):
        code_under(heading, Kind.TASK)
