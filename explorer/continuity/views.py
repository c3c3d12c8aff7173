"""The page of what is linked across time, one goal at a time, and its file."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.continuity.flow_layout import lay_out_flow
from explorer.continuity.link_rows import LINK_COLUMNS, link_rows
from explorer.continuity.queries import (
    count_goal_reach,
    count_links,
    linked_statements,
    linked_statements_of_goal,
    links_of_goal,
    links_without_goal,
    public_links,
    unlinked_statements,
)
from explorer.exports.columns import origin_of
from explorer.exports.views import attach_file, csv_response
from explorer.query import conditional_on_data, filter_errors_as_text
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import Link, Statement


def goal_filterset(request: HttpRequest) -> StatementFilter:
    """Of the one set of filters, links are asked for by goal."""
    query = QueryDict(mutable=True)
    query.setlist("goal", request.GET.getlist("goal"))
    return StatementFilter(query, Statement.objects.published(), request=request)


def chosen_goals(request: HttpRequest, filterset: StatementFilter) -> list[Statement]:
    numbers = filterset.given.get("goal", []) if filterset.is_valid() else []
    goals = vocabulary(request.data_version).goals
    return [goal for goal in goals if str(goal.number) in numbers]


@require_safe
def continuity_page(request: HttpRequest) -> HttpResponse:
    filterset = goal_filterset(request)
    goals = chosen_goals(request, filterset)
    every_goal = vocabulary(request.data_version).goals
    context = {
        "form": filterset.form,
        "every_goal": every_goal,
        "asked": goals,
        "sections": [goal_section(goal) for goal in goals],
        "tally": count_links(),
        **({} if goals else continuity_overview(every_goal)),
    }
    return render(request, "explorer/continuity/page.html", context)


def goal_section(goal: Statement) -> dict:
    links = links_of_goal(goal)
    return {
        "goal": goal,
        "links": links,
        "flow": lay_out_flow(links),
        "items": linked_statements_of_goal(goal, links),
    }


def continuity_overview(goals: list[Statement]) -> dict:
    """What belongs to no one goal."""
    beside = list(links_without_goal())
    return {
        "reach": count_goal_reach(goals),
        "beside": beside,
        "items": linked_statements([], beside),
        "unlinked": unlinked_statements(),
    }


@require_safe
@conditional_on_data
def links_csv(request: HttpRequest) -> HttpResponse:
    filterset = goal_filterset(request)
    if not filterset.is_valid():
        return filter_errors_as_text(filterset)
    goals = chosen_goals(request, filterset)
    links = distinct_links(goals) if goals else public_links().iterator()
    answer = csv_response(link_rows(links, origin_of(request)), LINK_COLUMNS)
    return attach_file(answer, _("links between statements"), "csv", "continuity")


def distinct_links(goals: list[Statement]) -> list[Link]:
    """A task may be reached from two goals, and so may its links."""
    return list(
        {link.pk: link for goal in goals for link in links_of_goal(goal)}.values()
    )
