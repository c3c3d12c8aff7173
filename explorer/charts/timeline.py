"""What the documents date, no more exactly than they do."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.charts.timeline_layout import months_drawing, years_drawing
from explorer.exports.facts import filtered_events
from explorer.query import FactFilter, fact_filterset, statement_filterset_for
from statements.filters.filterset import UNDATED
from statements.models import Event, Precision


@require_safe
def timeline_page(request: HttpRequest) -> HttpResponse:
    filterset = fact_filterset(request)
    events = filtered_events(filterset).select_related("statement")
    events = events.prefetch_related("statement__themes")
    context = {
        "filter": filterset,
        "events": events,
        "years": events_by_year(events),
        "months_drawing": months_drawing(events),
        "years_drawing": years_drawing(events),
        "undated": undated_statements(request, filterset),
    }
    return render(request, "explorer/timeline.html", context)


def events_by_year(events: Iterable[Event]) -> list[dict]:
    """By the year and month of their start; first what is dated to the year alone."""
    ordered = sorted(events, key=lambda e: (e.start.year, *month_key(e)))
    return [
        {
            "year": year,
            "events": (found := list(of_year)),
            "months": [
                {"first": group[0], "events": group}
                for _month, months in groupby(found, key=month_key)
                for group in [list(months)]
            ],
        }
        for year, of_year in groupby(ordered, key=lambda e: e.start.year)
    ]


def month_key(event: Event) -> tuple[bool, int]:
    is_dated_to_the_year = event.precision == Precision.YEAR
    return (not is_dated_to_the_year, 0 if is_dated_to_the_year else event.start.month)


def undated_statements(request: HttpRequest, filterset: FactFilter) -> dict | None:
    """What the explorer lists without a date under the other filters, and how many."""
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
