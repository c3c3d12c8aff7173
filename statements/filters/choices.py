"""The terms that filters offer, kept in memory until public content changes."""

from dataclasses import dataclass

from statements.models import (
    Country,
    Document,
    Event,
    Kind,
    Region,
    Statement,
    StatementQuerySet,
    StatusUpdate,
    Theme,
)
from statements.version_cache import version_cache


@dataclass(frozen=True)
class Vocabulary:
    regions: list[Region]
    countries: list[Country]
    themes: list[Theme]
    documents: list[Document]
    goals: list[Statement]
    years: list[int]
    event_years: list[int]
    has_statuses: bool


@version_cache
def vocabulary() -> Vocabulary:
    """Names answer in the language active when they are read."""
    published = Statement.objects.published()
    parts = published.of_kinds(Kind.PART).order_by("year")
    return Vocabulary(
        regions=list(Region.objects.all()),
        countries=list(Country.objects.select_related("region")),
        themes=list(Theme.objects.all()),
        documents=list(Document.objects.public()),
        goals=list(
            published.of_kinds(Kind.GOAL)
            .prefetch_related("organisations", "statusupdates")
            .in_outline_order()
        ),
        years=[
            year for year in parts.values_list("year", flat=True).distinct() if year
        ],
        event_years=years_of_events(published),
        has_statuses=StatusUpdate.objects.filter(statement__in=published).exists(),
    )


def years_of_events(statements: StatementQuerySet) -> list[int]:
    """Every year that an event of these statements touches."""
    events = Event.objects.filter(statement__in=statements)
    return sorted(
        {
            year
            for start, end in events.values_list("start", "end")
            for year in range(start.year, end.year + 1)
        }
    )
