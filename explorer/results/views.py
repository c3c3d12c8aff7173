from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.charts.matrix import matrix_asked_for
from explorer.query import offered
from explorer.results.facets import facets, shown_pair_counts, ways_out
from explorer.results.filters import ExplorerFilter, View
from explorer.results.result_set import ResultSet
from explorer.results.rows import mark_words, results
from statements.filters.choices import vocabulary
from statements.search.entries import MOST_FOUND
from statements.search.query_plan import last_plan
from statements.search.suggest import suggest

PAGE_SIZE = 20


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """Every statement by every filter; of every kind with search words or `kind`."""
    asked = ExplorerFilter(request.GET, offered(request), request=request)
    context = {"filter": asked, "path": request.path, "view": View.LIST}
    if asked.is_valid():
        context |= found(request, asked)
    return render(request, "explorer/list.html", context)


def found(request: HttpRequest, asked: ExplorerFilter) -> dict:
    finding = ResultSet(request, asked)
    view = asked.asked.get("view", View.LIST)
    context = {
        "view": view,
        "count": len(finding.places),
        "facets": facets(asked, finding),
        "active": list(ways_out(asked, finding)),
        "changed": (),
        "is_cut": False,
    }
    if view == View.MATRIX:
        counts = shown_pair_counts(finding)
        return context | {"counts": counts} | matrix_asked_for(request, asked, counts)
    page = page_of(request, finding)
    rows = results(page, finding, vocabulary(request.data_version))
    words = asked.asked.get("q")
    if words:
        mark_words(rows, words)
        context |= {
            "words": words,
            "changed": last_plan(words).changed.items(),
            "is_cut": len(finding.ranked) >= MOST_FOUND,
            "suggestions": [] if rows else suggest(words, request.data_version),
        }
    numbers = page.paginator.get_elided_page_range(page.number)
    return context | {"page_obj": page, "numbers": numbers, "statements": rows}


def page_of(request: HttpRequest, finding: ResultSet):
    pages = Paginator(finding.in_order(), finding.asked.get("page_size", PAGE_SIZE))
    try:
        return pages.page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404(_("There is no such page of results.")) from error
