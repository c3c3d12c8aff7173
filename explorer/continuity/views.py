"""The page of links across time, one goal at a time, and its file."""

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
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
from explorer.exports.views import attach_file, csv_response
from explorer.query import conditional_on_data, filter_errors_as_text, given_values
from statements.codes import goal_key
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import Link, Statement
from statements.requests import PortalRequest


def goal_filterset(request: PortalRequest) -> StatementFilter:
    """The one set of filters with no values but goals: links have no other filter."""
    query = QueryDict(mutable=True)
    query.setlist("goal", request.GET.getlist("goal"))
    return StatementFilter(query, Statement.objects.published(), request=request)


def chosen_goals(request: PortalRequest, filterset: StatementFilter) -> list[Statement]:
    """The goals that the query names; none where it is not valid."""
    keys = given_values(filterset, "goal")
    goals = vocabulary(request.data_version).goals
    return [goal for goal in goals if goal_key(goal.code) in keys]


@require_safe
def continuity_page(request: PortalRequest) -> HttpResponse:
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


def goal_section(goal: Statement) -> dict[str, object]:
    """The page's context for one goal."""
    links = links_of_goal(goal)
    return {
        "goal": goal,
        "links": links,
        "flow": lay_out_flow(links),
        "items": linked_statements_of_goal(goal, links),
    }


def continuity_overview(goals: list[Statement]) -> dict[str, object]:
    """The page's context where no goal is chosen: every goal, and what is of none."""
    links = list(links_without_goal())
    return {
        "reach": count_goal_reach(goals),
        "beside": links,
        "items": linked_statements([], links),
        "unlinked": unlinked_statements(),
    }


@require_safe
@conditional_on_data
def links_csv(request: PortalRequest) -> HttpResponseBase:
    filterset = goal_filterset(request)
    if not filterset.is_valid():
        return filter_errors_as_text(filterset)
    goals = chosen_goals(request, filterset)
    links = distinct_links(goals) if goals else public_links().iterator()
    answer = csv_response(link_rows(links, settings.SITE_URL), LINK_COLUMNS)
    return attach_file(answer, _("links between statements"), "csv", "continuity")


def distinct_links(goals: list[Statement]) -> list[Link]:
    """The links of these goals, each once: a task may be reached from two goals."""
    links = {link.pk: link for goal in goals for link in links_of_goal(goal)}
    return list(links.values())
