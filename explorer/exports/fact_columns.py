"""An event or a figure as a row of a file, in both languages."""

from collections.abc import Iterator

from explorer.exports.columns import CHUNK, TAG_COLUMNS, page_address
from statements.models import Event, Figure
from statements.models.facts import EventQuerySet, Fact, FactQuerySet

OF_STATEMENT = ("code", "kind", "document", "year")
TAGS_AND_ADDRESSES = (*TAG_COLUMNS, "url_ko", "url_en")
EVENT_NAMES = (
    *OF_STATEMENT,
    *("title_ko", "title_en", "start", "end", "precision", "tentative", "nature"),
    *("quote", "place_ko", "place_en", "outcome_ko", "outcome_en", "outcome_evidence"),
    *TAGS_AND_ADDRESSES,
)
FIGURE_NAMES = (
    *OF_STATEMENT,
    *("label_ko", "label_en", "value", "unit_ko", "unit_en", "qualifier", "nature"),
    "quote",
    *TAGS_AND_ADDRESSES,
)


def event_rows(events: EventQuerySet, origin: str) -> Iterator[dict]:
    for event in with_statements(events):
        yield {
            **fact_values(event, EVENT_NAMES),
            **statement_of(event, origin),
            "start": event.start.isoformat(),
            "end": event.end.isoformat(),
            "tentative": str(event.tentative).lower(),
        }


def figure_rows(figures: FactQuerySet, origin: str) -> Iterator[dict]:
    for figure in with_statements(figures):
        yield {
            **fact_values(figure, FIGURE_NAMES),
            **statement_of(figure, origin),
            "value": figure.digits,
        }


def with_statements(facts: FactQuerySet) -> Iterator[Event | Figure]:
    """In memory a chunk at a time, with what a row takes from the statement."""
    tags = (f"statement__{name}" for name in TAG_COLUMNS)
    found = facts.select_related("statement__document").prefetch_related(*tags)
    return found.iterator(CHUNK)


def fact_values(fact: Fact, names: tuple[str, ...]) -> dict:
    fields = {field.name for field in fact._meta.fields}
    return {name: getattr(fact, name) for name in names if name in fields}


def statement_of(fact: Fact, origin: str) -> dict:
    statement = fact.statement
    return {
        "code": statement.code,
        "kind": statement.kind,
        "document": statement.document.slug,
        "year": statement.year,
        **{
            name: [t.slug for t in getattr(statement, name).all()]
            for name in TAG_COLUMNS
        },
        "url_ko": page_address("ko", statement.code, statement.kind, origin),
        "url_en": page_address("en", statement.code, statement.kind, origin),
    }
