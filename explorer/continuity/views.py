"""The page of what is linked across time, one goal at a time, and its file."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.continuity.flow_layout import flow
from explorer.continuity.link_rows import LINK_COLUMNS, link_rows
from explorer.continuity.queries import (
    items,
    items_of,
    links_beside_goals,
    links_of,
    reach_of,
    shown_links,
    tally,
    unlinked,
)
from explorer.exports.columns import origin_of
from explorer.exports.views import as_file, csv_response
from explorer.query import refused_as_text, unless_known
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import Link, Statement


def asked_for(request: HttpRequest) -> StatementFilter:
    """Of the one set of filters, links are asked for by goal."""
    query = QueryDict(mutable=True)
    query.setlist("goal", request.GET.getlist("goal"))
    return StatementFilter(query, Statement.objects.published(), request=request)


def goals_of(request: HttpRequest, filterset: StatementFilter) -> list[Statement]:
    numbers = filterset.given.get("goal", []) if filterset.is_valid() else []
    goals = vocabulary(request.data_version).goals
    return [goal for goal in goals if str(goal.number) in numbers]


@require_safe
def continuity_page(request: HttpRequest) -> HttpResponse:
    filterset = asked_for(request)
    goals = goals_of(request, filterset)
    every_goal = vocabulary(request.data_version).goals
    context = {
        "form": filterset.form,
        "every_goal": every_goal,
        "asked": goals,
        "sections": [section(goal) for goal in goals],
        "tally": tally(),
        **({} if goals else overview(every_goal)),
    }
    return render(request, "explorer/continuity/page.html", context)


def section(goal: Statement) -> dict:
    links = links_of(goal)
    return {
        "goal": goal,
        "links": links,
        "flow": flow(links),
        "items": items_of(goal, links),
    }


def overview(goals: list[Statement]) -> dict:
    """What belongs to no one goal."""
    beside = list(links_beside_goals())
    return {
        "reach": reach_of(goals),
        "beside": beside,
        "items": items([], beside),
        "unlinked": unlinked(),
    }


@require_safe
@unless_known
def links_csv(request: HttpRequest) -> HttpResponse:
    filterset = asked_for(request)
    if not filterset.is_valid():
        return refused_as_text(filterset)
    goals = goals_of(request, filterset)
    links = every_once(goals) if goals else shown_links().iterator()
    answer = csv_response(link_rows(links, origin_of(request)), LINK_COLUMNS)
    return as_file(answer, _("links between statements"), "csv", "continuity")


def every_once(goals: list[Statement]) -> list[Link]:
    """A task may be reached from two goals, and so may its links."""
    return list({link.pk: link for goal in goals for link in links_of(goal)}.values())
