"""The timeline of dated events, no more exact than the documents are."""

from collections.abc import Iterable
from itertools import groupby
from typing import TypedDict

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.charts.timeline_layout import months_drawing, years_drawing
from explorer.exports.facts import filtered_events, give_sources
from explorer.query import FactFilter, fact_filterset, statement_filterset_for
from statements.filters.filterset import UNDATED
from statements.models import Event, Precision
from statements.requests import PortalRequest


class TimelineMonth(TypedDict):
    first: Event
    events: list[Event]


class TimelineYear(TypedDict):
    year: int
    events: list[Event]
    months: list[TimelineMonth]


class UndatedStatements(TypedDict):
    query: str
    count: int


@require_safe
def timeline_page(request: PortalRequest) -> HttpResponse:
    filterset = fact_filterset(request)
    events = filtered_events(filterset).select_related("statement")
    events = events.prefetch_related("statement__themes")
    give_sources(events)
    context = {
        "filter": filterset,
        "events": events,
        "years": events_by_year(events),
        "months_drawing": months_drawing(events),
        "years_drawing": years_drawing(events),
        "undated": undated_statements(request, filterset),
    }
    return render(request, "explorer/charts/timeline.html", context)


def events_by_year(events: Iterable[Event]) -> list[TimelineYear]:
    """Events by the year and month of their start; the year alone comes first."""
    ordered = sorted(events, key=lambda event: (event.start.year, *month_key(event)))
    groups = groupby(ordered, key=lambda event: event.start.year)
    years = [(year, list(group)) for year, group in groups]
    return [
        {"year": year, "events": of_year, "months": events_by_month(of_year)}
        for year, of_year in years
    ]


def events_by_month(events: Iterable[Event]) -> list[TimelineMonth]:
    """Events of one year, in the order of their months."""
    groups = [list(group) for _month, group in groupby(events, key=month_key)]
    return [{"first": group[0], "events": group} for group in groups]


def month_key(event: Event) -> tuple[bool, int]:
    is_dated_to_the_year = event.precision == Precision.YEAR
    return (not is_dated_to_the_year, 0 if is_dated_to_the_year else event.start.month)


def undated_statements(
    request: PortalRequest, filterset: FactFilter
) -> UndatedStatements | None:
    """The statements without a date that the other filters find: query and count."""
    if not filterset.is_valid():
        return None
    query = request.GET.copy()
    query.setlist("dated", [UNDATED])
    for name in ("page", "page_size", "sort"):
        query.pop(name, None)
    return {
        "query": query.urlencode(),
        "count": statement_filterset_for(query, request).qs.count(),
    }
