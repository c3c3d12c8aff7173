"""What a person can write into a column has a range: of every column, on both
databases, whatever writes to it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

from desk.intake.models import LONGEST_WORKING_TEXT, Intake
from desk.models import (
    AccountChange,
    Batch,
    DocumentRequest,
    EntryProposal,
    ProblemReport,
    Proposal,
    Upkeep,
)
from statements.gate import Note, gate
from statements.input.plain_text import FOREIGN_CHARACTER, LONGEST_TEXT, without_foreign
from statements.models import (
    Country,
    Document,
    EntryRevision,
    Event,
    Figure,
    GlossaryTerm,
    Link,
    Organisation,
    Region,
    Revision,
    Statement,
    StatusUpdate,
    Theme,
)
from statements.models.ranges import require_fit
from tests.statements.test_constraints import write
from tests.support import factories
from tests.support.addresses import made_rows
from tests.support.hostile.values import FOREIGN

pytestmark = pytest.mark.django_db

MODELS = (
    *(Country, Document, Event, Figure, GlossaryTerm, Link, Organisation, Region),
    *(Revision, Statement, StatusUpdate, Theme, Proposal, Upkeep),
    *(EntryProposal, EntryRevision, AccountChange, Batch, DocumentRequest),
    ProblemReport,
)
#: Filled by the portal alone, from other columns or from lists of its own.
OF_THE_PORTAL = {
    *("slug", "iso", "sha256", "kind", "parent_kind", "state", "sort_key", "en_from"),
    *("en_reviewed", "ko_hash", "en_hash", "precision", "nature", "qualifier"),
    *("relation", "category", "status", "act", "entry_id", "seen"),
    *("author_code", "decider_code", "problem", "fingerprint"),
}
#: One of each sort: all of them are tried in Python.
SOME_FOREIGN = (
    "\x00",
    "\x08",
    "\x0b",
    "\x7f",
    "\x9b",
    "\u202e",
    "\u2069",
    "\ufdd0",
    "\uffff",
)
DAYS = ("0001-01-01", "1947-12-31", "2101-01-01", "9999-12-31")
MOMENTS = ("0001-01-01 00:00:00", "1999-12-31 23:59:59", "2100-01-02", "9999-12-31")


def columns() -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in MODELS:
        for field in model._meta.concrete_fields:
            is_ours = field.name in OF_THE_PORTAL or field.is_relation
            if not is_ours and not field.primary_key:
                yield model, field


def out_of_range(field: models.Field) -> tuple:
    if isinstance(field, models.CharField | models.TextField):
        longest = field.max_length or LONGEST_TEXT
        return (*(f"a{one}b" for one in SOME_FOREIGN), "가" * (longest + 1))
    if isinstance(field, models.DateTimeField):
        return MOMENTS
    if isinstance(field, models.DateField):
        return DAYS
    if isinstance(field, models.DecimalField):
        return ("1000000000000", "-1000000000000", "NaN")
    if isinstance(field, models.IntegerField):
        return (-1, 40_000, 2**40, 2**63 - 1)
    return ()


@pytest.fixture
def rows(admin_user) -> dict[type[models.Model], models.Model]:
    """A row of every table."""
    made = made_rows(admin_user)
    Upkeep.objects.create(
        statement_id=made["statement"], checked_on="2026-01-01", checked_by=admin_user
    )
    return {model: model._base_manager.first() for model in MODELS}


def test_every_table_refuses_what_is_out_of_range(rows):
    taken = []
    for model, field in columns():
        for value in out_of_range(field):
            try:
                with transaction.atomic():
                    write(rows[model], **{field.column: value})
            except (DatabaseError, ValueError):
                continue
            taken.append((model.__name__, field.name, ascii(value)[:40]))
    assert taken == []


def test_every_column_of_text_time_or_number_is_tried():
    """A new model is to be named above."""
    ours = {
        model
        for app in ("statements", "desk")
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy
    }
    made_by_the_portal = {
        *("Paragraph", "DataVersion", "SearchEntry", "SearchWord", "Standing"),
        "VersionStep",
        *("FirstPassword", "StaffSession", "FailedTries", "CommandRun"),
        # Its ranges are others, and tried below.
        "Intake",
    }
    assert {model.__name__ for model in ours - {*MODELS}} <= made_by_the_portal
    tried = {field.name for _, field in columns() if out_of_range(field)}
    assert {"text_ko", "outcome", "start", "as_of", "publish_at", "value"} <= tried


def test_a_document_on_its_way_in_keeps_to_its_ranges(rows):
    intake = Intake.objects.first()
    wrong = {
        "name": ("a\x07b", "가" * 201),
        "working_text": ("a\x07b", "가" * (LONGEST_WORKING_TEXT + 1)),
        "begun_at": MOMENTS,
        "changed_at": MOMENTS,
    }
    for name, values in wrong.items():
        for value in values:
            with pytest.raises((DatabaseError, ValueError)), transaction.atomic():
                write(intake, **{name: value})


def test_what_is_in_range_is_taken(rows):
    write(rows[Statement], text_en="가" * LONGEST_TEXT)
    write(rows[Statement], text_en="a\tb\r\nc\u200b\ue000\U0001f600")
    write(rows[Event], start="1948-01-01", end="2100-12-31")
    write(rows[Proposal], publish_at="2000-01-01 00:00:00+00:00")


@pytest.mark.any_engine
def test_every_character_that_is_not_shown_is_foreign():
    taken = [ascii(one) for one in FOREIGN if not FOREIGN_CHARACTER.search(f"a{one}")]
    assert taken == [ascii(one) for one in "\t\n\r"]
    assert FOREIGN_CHARACTER.search("\ud800")
    assert without_foreign("a\x00b\ud800\u202ec\n") == "abc\n"


HOSTILE = [
    (Event, {"start": date(1, 1, 1)}, "start"),
    (Event, {"end": date(9999, 12, 31)}, "end"),
    (Event, {"title_en": "a\x08"}, "title_en"),
    (Event, {"place_ko": "가" * 101}, "place_ko"),
    (Figure, {"value": Decimal("NaN")}, "value"),
    (Figure, {"value": Decimal(10) ** 13}, "value"),
    (Statement, {"text_en": "a\u202eb"}, "text_en"),
    (Statement, {"text_ko": "\ud800"}, "text_ko"),
    (Statement, {"text_en": " ".join(map(str, range(131_000)))}, "text_en"),
    (Statement, {"position": 2**40}, "position"),
    (StatusUpdate, {"as_of": date(1900, 1, 1)}, "as_of"),
    (Link, {"rationale_en": "\x85"}, "rationale_en"),
    (Region, {"name_en": "\ufffe"}, "name_en"),
    (GlossaryTerm, {"note_ko": "\x00"}, "note_ko"),
    (Document, {"lacks_en": "\u2066"}, "lacks_en"),
]


@pytest.mark.parametrize(
    ("model", "values", "name"),
    HOSTILE,
    ids=[f"{row[0].__name__}-{row[2]}" for row in HOSTILE],
)
def test_the_gate_says_which_field_is_out_of_range(rows, model, values, name):
    """Whether it is saved by a form, a sheet, a file or the shell."""
    row = rows[model]
    for field, value in values.items():
        setattr(row, field, value)
    with pytest.raises(ValidationError) as refusal, gate(None, factories.NOTE):
        row.save()
    assert set(refusal.value.message_dict) <= {name, name.rpartition("_")[0]}
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert name in refusal.value.message_dict


def test_rows_made_many_at_once_keep_to_the_ranges(rows):
    statement = rows[Event].statement
    with pytest.raises(ValidationError), gate(None, factories.NOTE):
        Event.objects.bulk_create([factories.event_of(statement, end=date(9999, 1, 1))])


def test_a_note_is_plain():
    with pytest.raises(ValidationError), gate(None, Note("가\x07", "b")):
        row = Statement.objects.get(code="G1")
        row.save()


def test_a_proposal_is_for_a_time_that_can_be_read(rows):
    proposal = rows[Proposal]
    proposal.publish_at = datetime(1, 1, 1, tzinfo=UTC)
    with pytest.raises(ValidationError) as refusal:
        proposal.save()
    assert set(refusal.value.message_dict) == {"publish_at"}


def test_a_value_that_is_not_loaded_is_not_judged(rows):
    require_fit(Statement.objects.only("code").first())
