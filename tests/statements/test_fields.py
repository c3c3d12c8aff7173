"""The table of a statement's fields: nothing is missing in it, and nothing in vain."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from statements import checks
from statements.field_rows import ComputedRow, FactRow, FieldRow, NumberRow, TextRow
from statements.fields import CHANGEABLE, STATEMENT_FIELDS, is_same, value_in
from statements.gate import gate
from statements.history.restore import changeable_values
from statements.history.snapshot import snapshots
from statements.models import Statement
from tests.support.factories import NOTE
from tests.support.rows import save, statement

pytestmark = pytest.mark.any_engine


def refused(monkeypatch, rows) -> str:
    """The words with which the portal refuses to start with this table."""
    monkeypatch.setattr(checks, "STATEMENT_FIELDS", tuple(rows))
    return "\n".join(map(str, checks.check_fields(None)))


def change(task: Statement, **values) -> None:
    with gate(None, NOTE):
        save(task, **values)


def without(name: str) -> list[FieldRow]:
    return [row for row in STATEMENT_FIELDS if row.name != name]


def with_row(name: str, **values) -> list[FieldRow]:
    """The table with one of its rows otherwise."""
    return [
        replace(row, **values) if row.name == name else row for row in STATEMENT_FIELDS
    ]


def test_the_table_is_whole():
    call_command("check")


def test_nothing_runs_without_a_row_for_a_field(monkeypatch):
    monkeypatch.setattr(checks, "STATEMENT_FIELDS", tuple(without("organisations")))
    with pytest.raises(SystemCheckError, match="statements.E001"):
        call_command("check")


@pytest.mark.parametrize(
    "name",
    [
        row.name
        for row in STATEMENT_FIELDS
        if not isinstance(row, ComputedRow | FactRow)
        # Both languages are gone at once below.
        and not isinstance(row, TextRow)
    ],
)
def test_a_field_that_is_not_in_the_table_keeps_the_portal_from_starting(
    monkeypatch, name
):
    text = refused(monkeypatch, without(name))
    assert f"Statement.{name} is not in statements/fields.py" in text
    assert "statements.E001" in text


def test_a_translated_field_is_there_in_both_languages_or_refused(monkeypatch):
    text = refused(monkeypatch, without("editor_note_en"))
    assert "Statement.editor_note_en is not in" in text
    assert "its pair is missing" in text and "statements.E004" in text


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (row.name, part)
        for row in STATEMENT_FIELDS
        if isinstance(row, FactRow)
        for part in row.parts
    ],
)
def test_a_part_of_a_fact_that_is_not_in_the_table_is_refused(monkeypatch, name, part):
    [row] = [row for row in STATEMENT_FIELDS if row.name == name]
    parts = tuple(other for other in row.parts if other != part)
    text = refused(monkeypatch, with_row(name, parts=parts))
    assert f"{row.model.__name__}.{part} is not in" in text


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [*STATEMENT_FIELDS, NumberRow("budget", label="Budget")],
            "is no field of a statement",
        ),
        (
            [*STATEMENT_FIELDS, NumberRow("position", label="Place")],
            "stands there twice",
        ),
        (with_row("title_ko", label=""), "has no label"),
        (with_row("year", output=None), "nothing reads it"),
        (with_row("regions", model=Statement), "is no many-to-many field to Statement"),
        (with_row("events", relation="occasions"), "is not how a statement has"),
        (with_row("figures", filled=("outcome",)), "names outcome, which Figure does"),
        (with_row("figures", told=("outcome",)), "tells outcome, which is none of"),
        (
            [*without("position"), NumberRow("position", label="Place")],
            "is no whole number that may be left open",
        ),
        (
            [*STATEMENT_FIELDS, TextRow("code", "ko", label="Code")],
            "is not registered in statements/translation.py",
        ),
    ],
)
def test_a_row_that_is_of_nothing_or_lacks_something_is_refused(
    monkeypatch, rows, reason
):
    assert reason in refused(monkeypatch, rows)


@pytest.mark.django_db
def test_every_key_of_a_snapshot_is_a_field_of_the_table():
    task = statement("2025.T1.1.1")
    assert snapshots([task.pk])[task.pk].keys() <= {
        row.name for row in STATEMENT_FIELDS
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["editor_note_ko", "organisations", "statusupdates"])
def test_a_key_that_the_last_revision_lacks_writes_none_while_it_is_empty(name):
    """As after a field was added: the revisions are older than it."""
    task = statement("2025.T1.1.1")
    revision = task.revisions.newest_first()[0]
    assert revision.snapshot.pop(name) in ("", [])
    revision.save()
    before = task.revisions.count()
    change(task)
    assert task.revisions.count() == before
    change(task, text_en="Another text")
    assert task.revisions.count() == before + 1


@pytest.mark.django_db
def test_a_key_that_the_last_revision_lacks_writes_one_once_it_is_filled():
    task = statement("2025.T1.1.1")
    revision = task.revisions.newest_first()[0]
    del revision.snapshot["regions"]
    revision.save()
    before = task.revisions.count()
    change(task)
    assert task.revisions.count() == before + 1


def test_the_value_of_a_field_in_an_older_snapshot_is_the_empty_one():
    assert value_in({}, "title_en") == ""
    assert value_in({}, "themes") == value_in({}, "links") == []
    assert value_in({"title_en": "T"}, "title_en") == "T"
    assert is_same({}, {"title_en": "", "themes": []})
    assert not is_same({}, {"title_en": "T"})
    assert not is_same({"title_en": "T"}, {"title_en": ""})


def test_returning_to_an_older_snapshot_empties_what_is_newer():
    values = changeable_values({"state": "published", "text_ko": "본문"})
    assert values["text_ko"] == "본문" and values["themes"] == []
    assert not {"position", "en_from", "en_reviewed"} & values.keys()
    assert values.keys() <= {*CHANGEABLE}
