"""An event or a figure as a row of a file, in both languages."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar

from explorer.exports.attached.by_chunk import TAG_COLUMNS
from explorer.exports.columns import CHUNK, page_address
from explorer.exports.facts import give_sources
from statements.models import Event, Figure
from statements.models.facts import EventQuerySet
from statements.models.mentions import Fact, FactQuerySet

FACT_STATEMENT_COLUMNS = ("code", "kind", "document", "year")
NOTES = ("editor_note_ko", "editor_note_en")
FACT_TAG_COLUMNS = (*TAG_COLUMNS, "url_ko", "url_en", *NOTES)
EVENT_COLUMNS = (
    *FACT_STATEMENT_COLUMNS,
    *("title_ko", "title_en", "start", "end", "precision", "tentative", "nature"),
    *("quote", "place_ko", "place_en", "outcome_ko", "outcome_en", "outcome_evidence"),
    *FACT_TAG_COLUMNS,
    *("region", "country", "also_in"),
)
FIGURE_COLUMNS = (
    *FACT_STATEMENT_COLUMNS,
    *("label_ko", "label_en", "value", "unit_ko", "unit_en", "qualifier", "nature"),
    "quote",
    *FACT_TAG_COLUMNS,
    *("region", "country"),
)

FactValues = dict[str, Any]
StatementFact = TypeVar("StatementFact", Event, Figure)


def event_rows(events: EventQuerySet, origin: str) -> Iterator[FactValues]:
    rows = facts_with_statements(events)
    while chunk := list(islice(rows, CHUNK)):
        give_sources(chunk)
        yield from (event_row(event, origin) for event in chunk)


def event_row(event: Event, origin: str) -> FactValues:
    return {
        **fact_values(event, EVENT_COLUMNS),
        **fact_statement_values(event, origin),
        "also_in": [other.statement.code for other in event.also_in],
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "tentative": str(event.tentative).lower(),
    }


def figure_rows(figures: FactQuerySet[Figure], origin: str) -> Iterator[FactValues]:
    for figure in facts_with_statements(figures):
        yield {
            **fact_values(figure, FIGURE_COLUMNS),
            **fact_statement_values(figure, origin),
            "value": figure.digits,
        }


def facts_with_statements(
    facts: FactQuerySet[StatementFact],
) -> Iterator[StatementFact]:
    """Facts with what a row takes from the statement, in memory a chunk at a time."""
    tags = (f"statement__{name}" for name in TAG_COLUMNS)
    facts = facts.select_related("statement__document").prefetch_related(*tags)
    return facts.iterator(CHUNK)


def fact_values(fact: Fact, columns: tuple[str, ...]) -> FactValues:
    """The values of the columns that are fields of the fact itself."""
    fields = {field.name for field in fact._meta.fields}
    return {name: getattr(fact, name) for name in columns if name in fields}


def fact_statement_values(fact: Fact, origin: str) -> FactValues:
    statement = fact.statement
    return {
        "code": statement.code,
        "kind": statement.kind,
        "document": statement.document.slug,
        "year": statement.year,
        **{
            name: [tag.slug for tag in getattr(statement, name).all()]
            for name in TAG_COLUMNS
        },
        "url_ko": page_address("ko", statement.code, statement.kind, origin),
        "url_en": page_address("en", statement.code, statement.kind, origin),
        **{name: getattr(statement, name) for name in NOTES},
    }
