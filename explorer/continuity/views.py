"""The page of links across time, by goal and by document, and its file."""

from itertools import zip_longest
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.continuity.flow_layout import lay_out_flow
from explorer.continuity.link_pages import (
    BesideItem,
    LinkOverview,
    items_beside,
    link_overview,
    pages_of_items,
)
from explorer.continuity.link_rows import LINK_COLUMNS, link_rows
from explorer.continuity.queries import (
    LinkedStatement,
    count_goal_reach,
    is_link_of,
    linked_statements_of_goal,
    links_along,
    links_of_goal,
    public_links,
    unlinked_places,
)
from explorer.exports.views import attach_file, csv_response
from explorer.query import conditional_on_data, filter_errors_as_text, given_values
from explorer.results.kept_index import facet_index
from statements.codes import goal_key
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import Document, Link, Statement
from statements.models.links import LinkQuerySet
from statements.pages.chapters import Chapter, chapters_of
from statements.pages.lazy_values import lazy_parts, lazy_values
from statements.pages.page_numbers import numbered
from statements.pages.stages import CONTINUITY_KINDS, stage_of
from statements.requests import PortalRequest

#: The values of the page where no goal is chosen.
OVERVIEW_PARTS = ("reach", "beside", "items", "chapters", "n_beside", "n_unlinked")
#: Goals of a page; with links of no goal they fill as many pages as the longer list.
GOALS_PER_PAGE = 25


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


class GoalItems(NamedTuple):
    """A goal with all of its links, and the part of its statements on one page."""

    goal: Statement
    links: list[Link]
    items: list[LinkedStatement]


class OverviewPage(NamedTuple):
    goals: list[Statement]
    beside: list[BesideItem]


@require_safe
def continuity_page(request: PortalRequest) -> HttpResponse:
    filterset = link_filterset(request)
    goals = chosen_goals(request, filterset)
    documents = chosen_documents(request, filterset, goals)
    terms, number = vocabulary(request.data_version), request.GET.get("page")
    context = {
        "form": filterset.form,
        "every_document": terms.documents,
        "documents": documents,
        "asked": goals,
        "number": number,
    }
    if goals:
        links = public_links(documents)
        numbers = numbered(lambda: goal_pages(goals, links), 1, number)
        page = numbers["page_obj"]
        context |= numbers | {
            "listed_goals": terms.goals_of(*(goal.document for goal in goals)),
            **lazy_values(sections=lambda: [goal_section(*part) for part in page]),
        }
    else:
        overview = link_overview(request.data_version, documents)
        every_page = overview_pages(terms.goals, overview, documents)
        numbers = numbered(lambda: every_page, 1, number)
        [shown] = numbers["page_obj"]
        context |= numbers | {"listed_goals": shown.goals, "tally": overview.tally}
        context |= lazy_parts(
            lambda: continuity_overview(request, shown, overview.n_beside, documents),
            *OVERVIEW_PARTS,
        )
    return render(request, "explorer/continuity/page.html", context)


def goal_pages(goals: list[Statement], every_link: LinkQuerySet) -> list[GoalItems]:
    """The statements of these goals, with as many links on each page as it bears."""
    pages = []
    for goal in goals:
        links = links_of_goal(goal, every_link)
        for items in pages_of_items(linked_statements_of_goal(goal, links)):
            pages.append(GoalItems(goal, links, items))
    return pages


def goal_section(
    goal: Statement, links: list[Link], items: list[LinkedStatement]
) -> dict[str, object]:
    """The page's context for one goal."""
    n_direct = sum(is_link_of(goal, link) for link in links)
    shown = {link.pk for item in items for link in links_along(item.strands)}
    return {
        "goal": goal,
        "links": [link for link in links if link.pk in shown],
        "n_direct": n_direct,
        "n_further": len(links) - n_direct,
        "items": [(item, lay_out_flow(item.links, stage_of(goal))) for item in items],
        "chapters": chapters_of_items(items),
    }


def chapters_of_items(items: list[LinkedStatement]) -> list[Chapter]:
    return chapters_of((item.statement for item in items), CONTINUITY_KINDS, "from-")


def overview_pages(
    goals: list[Statement], overview: LinkOverview, documents: list[Document]
) -> list[OverviewPage]:
    if documents:
        goals = [goal for goal in goals if goal.document in documents]
    starts = range(0, len(goals), GOALS_PER_PAGE)
    of_goals = [goals[start : start + GOALS_PER_PAGE] for start in starts]
    both = zip_longest(of_goals, overview.pages, fillvalue=())
    return [OverviewPage(list(one), list(other)) for one, other in both]


def continuity_overview(
    request: PortalRequest,
    page: OverviewPage,
    n_beside: int,
    documents: list[Document],
) -> dict[str, object]:
    """The page's context where no goal is chosen: goals, and what is of none."""
    items = items_beside(page.beside)
    shown = {x.pk: x for item in items for x in links_along(item.strands)}
    return {
        "reach": count_goal_reach(page.goals, public_links(documents)),
        "beside": sorted(shown.values(), key=ends_order),
        "items": items,
        "chapters": chapters_of_items(items),
        "n_beside": n_beside,
        "n_unlinked": len(unlinked_places(facet_index(request), documents)),
    }


def ends_order(link: Link) -> tuple[str, str]:
    return link.later.sort_key, link.earlier.sort_key


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
