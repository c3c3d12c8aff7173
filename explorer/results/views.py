from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.charts.matrix import matrix_context
from explorer.query import offered_statements
from explorer.results.facets import facets, shown_pair_counts, ways_out
from explorer.results.filters import ExplorerFilter, View
from explorer.results.result_set import ResultSet
from explorer.results.rows import mark_words, results
from explorer.results.set_citation import set_citation
from explorer.results.strip import document_strips
from explorer.topics.best_bets import best_bets
from statements.codes import code_in
from statements.filters.choices import vocabulary
from statements.filters.fields import SortOrder
from statements.filters.filterset import ARRANGEMENT
from statements.pages.lazy_values import lazy_parts, lazy_values
from statements.requests import PortalRequest
from statements.search.entries import MOST_FOUND
from statements.search.query_plan import Plan, plan
from statements.search.query_terms import MOST_GROUPS
from statements.search.ranking import Match
from statements.search.suggest import suggest

#: As many as a desk shows on four screens, in the longer of the languages.
PAGE_SIZE = 15


@require_safe
def explore(request: PortalRequest) -> HttpResponse:
    """Every statement by every filter; of every kind with search words or `kind`."""
    filterset = ExplorerFilter(
        request.GET, offered_statements(request), request=request
    )
    context: dict[str, Any] = {
        "filter": filterset,
        "path": request.path,
        "view": View.LIST,
    }
    if filterset.is_valid():
        context |= result_context(request, filterset)
    return render(request, "explorer/results/list.html", context)


def result_context(request: PortalRequest, filterset: ExplorerFilter) -> dict[str, Any]:
    """The context of a page that shows what a valid query finds."""
    result_set = ResultSet(request, filterset)
    view = filterset.given.get("view", View.LIST)
    context: dict[str, Any] = {
        "view": view,
        "count": len(result_set.places) - len(result_set.related),
        "facets": facets(filterset, result_set),
        "active": list(ways_out(filterset, result_set)),
        "related_count": len(result_set.related),
        "is_cut": False,
    } | head_context(request, filterset, result_set)
    if words := result_set.query:
        context["plan"] = (
            Plan() if code_in(words) else plan(words, request.data_version)
        )
        context["most_asked"] = MOST_GROUPS
    if view == View.MATRIX:
        counts = cache(lambda: shown_pair_counts(result_set))
        return (
            context
            | lazy_values(counts=counts)
            | lazy_parts(
                lambda: matrix_context(request, filterset, counts()),
                *("regions", "rows", "columns"),
            )
        )
    page = page_of(request, result_set)
    terms = vocabulary(request.data_version)
    rows = results(page, result_set, terms, request.data_version)
    if words:
        mark_words(rows, words, request.data_version)
        context |= {
            "words": words,
            "best_bets": best_bets(request, words),
            "is_cut": len(result_set.ranked or ()) >= MOST_FOUND,
            "suggestions": [] if rows else suggest(words, request.data_version),
        }
    numbers = page.paginator.get_elided_page_range(page.number)
    return context | {
        "page_obj": page,
        "numbers": numbers,
        "statements": rows,
        "row_groups": list(row_groups(rows, page.start_index())),
    }


def head_context(
    request: PortalRequest, filterset: ExplorerFilter, result_set: ResultSet
) -> dict[str, Any]:
    """The head of the results: their order, places and citation."""
    return {
        "arrangement": [
            (name, filterset.given[name])
            for name in ARRANGEMENT
            if name in filterset.given
        ],
        "sort": filterset.given.get("sort", result_set.default_sort),
        "strips": list(document_strips(result_set, vocabulary(request.data_version))),
        "sorts": SortOrder.CHOICES if result_set.query else SortOrder.CHOICES[1:],
        "citation": set_citation(request, result_set),
    }


def row_groups(rows: list[Any], start: int) -> Iterator[tuple[bool, int, list[Any]]]:
    """The rows themselves found, and apart from them what is only related, each with
    the number of its first.
    """
    for is_related, group in groupby(rows, lambda row: row.match == Match.RELATED):
        group_rows = list(group)
        yield is_related, start, group_rows
        start += len(group_rows)


def page_of(request: PortalRequest, result_set: ResultSet) -> Page[Any]:
    size = result_set.given.get("page_size", PAGE_SIZE)
    pages: Paginator[Any] = Paginator(result_set.in_order(), int(str(size)))
    return pages.get_page(request.GET.get("page"))
