"""What the documents date, no more exactly than they do."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.charts.timeline_layout import months_drawing, years_drawing
from explorer.exports.facts import events_of
from explorer.query import FactFilter, selection_for_facts, selection_of
from statements.filters.filterset import UNDATED
from statements.models import Event, Precision


@require_safe
def timeline_page(request: HttpRequest) -> HttpResponse:
    filterset = selection_for_facts(request)
    events = events_of(filterset).select_related("statement")
    events = events.prefetch_related("statement__themes")
    context = {
        "filter": filterset,
        "events": events,
        "years": by_year(events),
        "months_drawing": months_drawing(events),
        "years_drawing": years_drawing(events),
        "undated": undated(request, filterset),
    }
    return render(request, "explorer/charts/timeline.html", context)


def by_year(events: Iterable[Event]) -> list[dict]:
    """By the year and month of their start; first what is dated to the year alone."""
    ordered = sorted(events, key=lambda e: (e.start.year, *month_of(e)))
    return [
        {
            "year": year,
            "events": (found := list(of_year)),
            "months": [
                {"first": group[0], "events": group}
                for _month, months in groupby(found, key=month_of)
                for group in [list(months)]
            ],
        }
        for year, of_year in groupby(ordered, key=lambda e: e.start.year)
    ]


def month_of(event: Event) -> tuple[bool, int]:
    is_dated_to_the_year = event.precision == Precision.YEAR
    return (not is_dated_to_the_year, 0 if is_dated_to_the_year else event.start.month)


def undated(request: HttpRequest, filterset: FactFilter) -> dict | None:
    """What the explorer lists without a date under the other filters, and how many."""
    if not filterset.is_valid():
        return None
    query = request.GET.copy()
    query.setlist("dated", [UNDATED])
    for name in ("page", "page_size", "sort"):
        query.pop(name, None)
    return {
        "query": query.urlencode(),
        "count": selection_of(query, request).qs.count(),
    }
