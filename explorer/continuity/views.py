"""The page of links across time, by goal and by document, and its file."""

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.continuity.flow_layout import lay_out_flow
from explorer.continuity.link_rows import LINK_COLUMNS, link_rows
from explorer.continuity.queries import (
    LinkedStatement,
    count_goal_reach,
    count_links,
    is_link_of,
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
from statements.models import Document, Link, Statement
from statements.models.links import LinkQuerySet
from statements.pages.chapters import Chapter, chapters_of
from statements.pages.lazy_values import lazy_parts, lazy_values
from statements.pages.stages import CONTINUITY_KINDS, stage_of
from statements.requests import PortalRequest

#: The values of the page where no goal is chosen.
OVERVIEW_PARTS = ("reach", "beside", "items", "chapters", "n_unlinked")


def link_filterset(request: PortalRequest) -> StatementFilter:
    """The one set of filters with no values but those that links are chosen by."""
    query = QueryDict(mutable=True)
    for name in ("goal", "document"):
        query.setlist(name, request.GET.getlist(name))
    return StatementFilter(query, Statement.objects.published(), request=request)


def chosen_goals(request: PortalRequest, filterset: StatementFilter) -> list[Statement]:
    """The goals that the query names; none where it is not valid."""
    keys = given_values(filterset, "goal")
    goals = vocabulary(request.data_version).goals
    return [goal for goal in goals if goal_key(goal.code) in keys]


def chosen_documents(
    request: PortalRequest, filterset: StatementFilter, goals: list[Statement]
) -> list[Document]:
    """The documents that the query names, with those of the goals; none for all."""
    slugs = given_values(filterset, "document")
    own = {goal.document_id for goal in goals if slugs}
    documents = vocabulary(request.data_version).documents
    return [one for one in documents if one.slug in slugs or one.pk in own]


@require_safe
def continuity_page(request: PortalRequest) -> HttpResponse:
    filterset = link_filterset(request)
    goals = chosen_goals(request, filterset)
    documents = chosen_documents(request, filterset, goals)
    links, terms = public_links(documents), vocabulary(request.data_version)
    context = {
        "form": filterset.form,
        "every_goal": terms.goals,
        "every_document": terms.documents,
        "documents": documents,
        "asked": goals,
        **lazy_values(
            sections=lambda: [goal_section(goal, links) for goal in goals],
            tally=lambda: count_links(links),
        ),
    }
    if not goals:
        context |= lazy_parts(
            lambda: continuity_overview(terms.goals, links, documents), *OVERVIEW_PARTS
        )
    return render(request, "explorer/continuity/page.html", context)


def goal_section(goal: Statement, every_link: LinkQuerySet) -> dict[str, object]:
    """The page's context for one goal."""
    links = links_of_goal(goal, every_link)
    n_direct = sum(is_link_of(goal, link) for link in links)
    items = linked_statements_of_goal(goal, links)
    return {
        "goal": goal,
        "links": links,
        "n_direct": n_direct,
        "n_further": len(links) - n_direct,
        "items": [(item, lay_out_flow(item.links, stage_of(goal))) for item in items],
        "chapters": chapters_of_items(items),
    }


def chapters_of_items(items: list[LinkedStatement]) -> list[Chapter]:
    return chapters_of((item.statement for item in items), CONTINUITY_KINDS, "from-")


def continuity_overview(
    goals: list[Statement], every_link: LinkQuerySet, documents: list[Document]
) -> dict[str, object]:
    """The page's context where no goal is chosen: every goal, and what is of none."""
    links = list(links_without_goal(every_link))
    items = linked_statements(links)
    unlinked = unlinked_statements()
    if documents:
        goals = [goal for goal in goals if goal.document in documents]
        unlinked = unlinked.filter(document__in=documents)
    return {
        "reach": count_goal_reach(goals, every_link),
        "beside": links,
        "items": items,
        "chapters": chapters_of_items(items),
        "n_unlinked": unlinked.count(),
    }


@require_safe
@conditional_on_data
def links_csv(request: PortalRequest) -> HttpResponseBase:
    filterset = link_filterset(request)
    if not filterset.is_valid():
        return filter_errors_as_text(filterset)
    goals = chosen_goals(request, filterset)
    every_link = public_links(chosen_documents(request, filterset, goals))
    links = distinct_links(goals, every_link) if goals else every_link.iterator()
    answer = csv_response(link_rows(links, settings.SITE_URL), LINK_COLUMNS)
    return attach_file(answer, _("related statements"), "csv", "continuity")


def distinct_links(goals: list[Statement], every_link: LinkQuerySet) -> list[Link]:
    """The links of these goals, each once: a task may be reached from two goals."""
    links = {x.pk: x for goal in goals for x in links_of_goal(goal, every_link)}
    return list(links.values())
