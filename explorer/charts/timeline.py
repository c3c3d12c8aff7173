"""The timeline of dated events, no more exact than the documents are."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, TypedDict

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from explorer.charts.timeline_layout import months_drawing, years_drawing
from explorer.exports.facts import filtered_events, give_sources
from explorer.query import FactFilter, fact_filterset, statement_filterset_for
from statements.filters.filterset import UNDATED
from statements.models import Event, Nature, Precision
from statements.pages.lazy_values import lazy_values
from statements.pages.page_numbers import numbered
from statements.requests import PortalRequest

#: More stand on further pages, in the order of time.
EVENTS_PER_PAGE = 120


class TimelineMonth(TypedDict):
    first: Event
    events: list[Event]


class TimelineYear(TypedDict):
    """The events that begin in a year: of this year, those up to today, or those after.

    `is_ahead` of what begins after today, `is_first` of the first part of its year.
    """

    year: int
    is_ahead: bool
    is_first: bool
    events: list[Event]
    months: list[TimelineMonth]


class UndatedStatements(TypedDict):
    query: str
    count: int


@require_safe
def timeline_page(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    filterset = fact_filterset(request)
    found = filtered_events(filterset).select_related("statement")
    numbers = numbered(
        lambda: found.prefetch_related("statement__themes"),
        EVENTS_PER_PAGE,
        request.GET.get("page"),
        # The page that today is on.
        lambda: found.filter(start__lte=today).count() // EVENTS_PER_PAGE + 1,
    )
    passed = Event.objects.passed(Nature.PLANNED).first_mentions()
    context: dict[str, Any] = {"filter": filterset, "day": today}
    context |= lazy_values(
        events=lambda: with_sources(numbers["page_obj"].object_list),
        years=lambda: events_by_year(context["events"], today),
        n_passed=passed.count,
        months_drawing=lambda: months_drawing(context["events"], today),
        years_drawing=lambda: years_drawing(context["events"], today),
        undated=lambda: undated_statements(request, filterset),
    )
    return render(request, "explorer/charts/timeline.html", context | numbers)


def with_sources(events: Iterable[Event]) -> list[Event]:
    """Each with its other sources, and what became of it."""
    shown = list(events)
    give_sources(shown)
    return shown


@require_safe
def passed_plans_page(request: PortalRequest) -> HttpResponse:
    """Every event that was planned when written and is over by now, newest first."""
    events = Event.objects.passed(Nature.PLANNED).first_mentions()
    events = events.select_related("statement").order_by("-end", "-start", "pk")
    numbers = numbered(lambda: events, EVENTS_PER_PAGE, request.GET.get("page"))
    shown = with_sources(numbers["page_obj"].object_list)
    context = {"events": shown, "day": timezone.localdate()} | numbers
    return render(request, "explorer/charts/passed.html", context)


def events_by_year(events: Iterable[Event], today: date) -> list[TimelineYear]:
    """Events by the year and month of their start; the year alone comes first."""

    def part(event: Event) -> tuple[int, bool]:
        return event.start.year, event.start > today

    ordered = sorted(events, key=lambda event: (part(event), month_key(event)))
    groups = [(key, list(group)) for key, group in groupby(ordered, key=part)]
    started = {year for (year, is_ahead), _group in groups if not is_ahead}
    return [
        {
            "year": year,
            "is_ahead": is_ahead,
            "is_first": not is_ahead or year not in started,
            "events": of_part,
            "months": events_by_month(of_part),
        }
        for (year, is_ahead), of_part in groups
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
