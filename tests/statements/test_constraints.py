"""What the database itself refuses, whatever writes to it."""

from itertools import product

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from statements.models import (
    DataVersion,
    Document,
    Event,
    Kind,
    Link,
    Paragraph,
    Statement,
)
from tests.support.rows import statement

pytestmark = pytest.mark.django_db

UNDER = {
    ("goal", ""),
    ("objective", "goal"),
    ("key-content", "goal"),
    ("detail", "objective"),
    ("detail", "key-content"),
    ("detail", "expected-effect"),
    ("detail", "detail"),
    ("expected-effect", "goal"),
    ("part", ""),
    ("chapter", "part"),
    ("heading", "part"),
    ("heading", "chapter"),
    *product(("achievement", "task"), ("part", "chapter", "heading")),
    *product(("point",), ("achievement", "task", "point")),
    *(("note", above) for above in Kind.values if above != "note"),
}
OF_GOALS = {"goal", "objective", "key-content", "detail", "expected-effect"}
TITLED = {"goal", "part", "chapter", "heading"}


def write(row: models.Model, **columns) -> None:
    """Straight into the row's table, past every check in Python."""
    table = connection.ops.quote_name(row._meta.db_table)
    names = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {names} WHERE id = %s", [*columns.values(), row.pk]
        )


def is_refused(row: models.Model, constraint: str, **columns) -> bool:
    try:
        write(row, **columns)
    except IntegrityError as refusal:
        assert constraint in str(refusal)
        return True
    return False


def fitting(kind: str, parent_kind: str = "any") -> dict:
    """Columns with which a statement of `kind` breaks no other constraint."""
    parent = statement("G1") if parent_kind else None
    return {
        "kind": kind,
        "parent_kind": parent_kind,
        "parent_id": parent.pk if parent else None,
        "year": None if kind in OF_GOALS else 2024,
        "nature": "" if kind in OF_GOALS else "tasks",
        "title_ko": "제목" if kind in TITLED | {"key-content"} else "",
        "text_ko": "" if kind in TITLED else "본문",
    }


def holder_of(kind: str) -> str:
    return next(above for below, above in sorted(UNDER) if below == kind)


def test_each_kind_stands_only_under_its_own():
    row = statement("G1.C1.1")
    accepted = {
        (kind, above)
        for kind, above in product(Kind.values, ["", *Kind.values])
        if not is_refused(row, "statement_kind_under_parent", **fitting(kind, above))
    }
    assert accepted == UNDER


def test_reports_have_editions_and_natures_goals_have_none_and_notes_are_in_either():
    row = statement("G1.C1.1")
    accepted = {
        (kind, year is not None, bool(nature))
        for kind, year, nature in product(Kind.values, [None, 2024], ["", "tasks"])
        if not is_refused(
            row,
            "statement_year_and_nature_by_kind",
            **{**fitting(kind, holder_of(kind)), "year": year, "nature": nature},
        )
    }
    assert accepted == {
        (kind, of_report, of_report)
        for kind, of_report in product(Kind.values, [True, False])
        if kind == "note" or of_report == (kind not in OF_GOALS)
    }


def test_the_korean_is_a_title_a_text_or_both_as_the_kind_has_them():
    row = statement("G1.C1.1")
    accepted = {
        (kind, bool(title), bool(text))
        for kind, title, text in product(Kind.values, ["", "제목"], ["", "본문"])
        if not is_refused(
            row,
            "statement_korean_by_kind",
            **{**fitting(kind, holder_of(kind)), "title_ko": title, "text_ko": text},
        )
    }
    assert accepted == {
        *((k, k in TITLED | {"key-content"}, k not in TITLED) for k in Kind.values),
        ("key-content", True, False),
    }


@pytest.mark.parametrize(
    "code, columns",
    [
        ("G1", {"parent_id": "G2"}),
        ("2024.A", {"parent_id": "2025.T"}),
        ("G1.O1", {"parent_id": None}),
    ],
)
def test_a_kind_of_parent_goes_with_a_parent(code, columns):
    above = columns["parent_id"]
    columns = {"parent_id": statement(above).pk if above else None}
    assert is_refused(statement(code), "statement_parent_kind_with_parent", **columns)


@pytest.mark.parametrize("table, name", [("statement", "code"), ("region", "slug")])
def test_codes_and_slugs_are_never_shared(table, name):
    one, other = apps.get_model("statements", table).objects.all()[:2]
    with pytest.raises(IntegrityError):
        write(one, **{name: getattr(other, name)})


def test_a_link_is_of_two_statements():
    link = Link.objects.first()
    assert is_refused(link, "link_of_two", earlier_id=link.later_id)


def test_two_statements_have_one_link():
    one, other = Link.objects.filter(later__code="G1.C1")[:2]
    with pytest.raises(IntegrityError, match="(?i)unique"):
        write(other, earlier_id=one.earlier_id)


def test_an_event_does_not_end_before_it_starts():
    event = Event.objects.filter(start="2025-01-01", end="2025-12-31").first()
    assert is_refused(event, "event_ends_after_start", end="2024-12-31")
    assert not is_refused(event, "event_ends_after_start", end="2025-01-01")


def test_an_outcome_is_in_both_languages_and_with_evidence_or_not_at_all():
    event = Event.objects.first()
    names = ("outcome_ko", "outcome_en", "outcome_evidence")
    accepted = {
        filled
        for filled in product([True, False], repeat=3)
        if not is_refused(
            event,
            "event_outcome_is_whole",
            **{n: "x" if f else "" for n, f in zip(names, filled, strict=True)},
        )
    }
    assert accepted == {(True,) * 3, (False,) * 3}


def test_a_paragraph_is_a_statement_or_left_out_and_never_both_or_neither():
    used = Paragraph.objects.exclude(statement=None).first()
    left_out = Paragraph.objects.filter(statement=None).first()
    name = "paragraph_is_statement_or_excluded"
    assert is_refused(used, name, statement_id=None)
    assert is_refused(used, name, exclusion="label")
    assert is_refused(left_out, name, exclusion="")
    assert is_refused(left_out, name, statement_id=statement("G1").pk)


def test_another_reason_is_said_in_words_and_only_another_one():
    row = Paragraph.objects.filter(statement=None).first()
    name = "paragraph_other_exclusion_in_words"
    assert is_refused(row, name, exclusion="other")
    assert is_refused(row, name, exclusion_note="a stamp")
    assert not is_refused(row, name, exclusion="other", exclusion_note="a stamp")


def test_two_documents_have_two_places_in_time_and_none_replaces_itself():
    one, other = Document.objects.all()
    assert is_refused(one, "document_replaces_another", replaces_id=one.pk)
    assert not is_refused(one, "document_replaces_another", replaces_id=other.pk)
    with pytest.raises(IntegrityError, match="(?i)unique"):
        write(one, time_year=other.time_year, time_order=other.time_order)


def test_a_paragraph_ends_on_the_line_where_it_begins_or_later():
    paragraph = Paragraph.objects.get(document__slug="goals", ordinal=15)
    above = paragraph.first_line - 1
    assert is_refused(paragraph, "paragraph_lines_in_order", last_line=above)


def test_paragraphs_of_a_document_have_ordinals_of_their_own():
    one, other = Paragraph.objects.filter(document__slug="goals")[:2]
    with pytest.raises(IntegrityError, match="(?i)unique"):
        write(one, ordinal=other.ordinal)


def test_there_is_one_data_version():
    with pytest.raises(IntegrityError, match="data_version_is_one"):
        DataVersion.objects.create(pk=2)


@pytest.mark.parametrize(
    "delete",
    [
        lambda: Document.objects.filter(slug="goals"),
        lambda: Statement.objects.filter(code="G1"),
        lambda: Statement.objects.filter(code="G1.C1.1"),
    ],
    ids=["document", "goal", "detail"],
)
def test_nothing_goes_that_others_refer_to(delete):
    rows = delete()
    with pytest.raises(IntegrityError, match="(?i)foreign key"), transaction.atomic():
        rows._raw_delete(rows.db)
        connection.check_constraints()


def test_every_constraint_that_a_model_declares_is_tried_here():
    declared = {
        constraint.name
        for model in apps.get_app_config("statements").get_models()
        for constraint in model._meta.constraints
        # Those of ranges are tried column by column, in test_ranges.
        if not constraint.name.endswith(("_fit", "_in_range"))
    }
    assert declared == {
        "data_version_is_one",
        "document_place_in_time_unique",
        "document_replaces_another",
        "event_ends_after_start",
        "event_outcome_is_whole",
        "link_of_pair_unique",
        "link_of_two",
        "paragraph_is_statement_or_excluded",
        "paragraph_lines_in_order",
        "paragraph_ordinal_unique",
        "paragraph_other_exclusion_in_words",
        "statement_kind_under_parent",
        "statement_korean_by_kind",
        "statement_parent_kind_with_parent",
        "statement_year_and_nature_by_kind",
    }
