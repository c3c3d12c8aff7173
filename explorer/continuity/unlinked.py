"""The page of statements that no link leads to or from, and its file."""

from itertools import groupby

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from pyroaring import BitMap

from explorer.continuity.queries import unlinked_places, unlinked_statements
from explorer.continuity.views import chosen_documents, link_filterset
from explorer.exports.views import attach_file, statement_csv_response
from explorer.query import conditional_on_data, filter_errors_as_text
from explorer.results.kept_index import facet_index
from statements.filters.filterset import StatementFilter
from statements.models import Kind, Statement, StatementQuerySet
from statements.pages.page_numbers import numbered
from statements.requests import PortalRequest

#: More stand on further pages.
STATEMENTS_PER_PAGE = 300

#: The kinds that a document is divided by.
CHAPTER_KINDS = (Kind.GOAL, Kind.CHAPTER, Kind.PART)


def unlinked_of(
    request: PortalRequest, filterset: StatementFilter
) -> StatementQuerySet:
    """In all documents, or in those that the query names."""
    statements = unlinked_statements()
    if not filterset.is_valid():
        return statements.none()
    if documents := chosen_documents(request, filterset, []):
        statements = statements.filter(document__in=documents)
    return statements


@require_safe
def unlinked_page(request: PortalRequest) -> HttpResponse:
    filterset = link_filterset(request)
    index = facet_index(request)
    places = BitMap()
    if filterset.is_valid():
        places = unlinked_places(index, chosen_documents(request, filterset, []))
    numbers = numbered(
        lambda: list(places), STATEMENTS_PER_PAGE, request.GET.get("page")
    )
    keys = [index.pks[place] for place in numbers["page_obj"]]
    statements = Statement.objects.filter(pk__in=keys).in_outline_order()
    rows = statements.select_related("document", "parent__parent__parent")
    of_documents = groupby(rows, key=lambda statement: statement.document)
    context = {
        "form": filterset.form,
        "count": len(places),
        "groups": [(d, by_chapter(list(group))) for d, group in of_documents],
        **numbers,
    }
    return render(request, "explorer/continuity/unlinked.html", context)


def by_chapter(
    statements: list[Statement],
) -> list[tuple[Statement | None, list[Statement]]]:
    groups = groupby(statements, key=chapter_above)
    return [(chapter, list(group)) for chapter, group in groups]


def chapter_above(statement: Statement) -> Statement | None:
    above = statement.parent
    while above and above.kind not in CHAPTER_KINDS:
        above = above.parent
    return above


@require_safe
@conditional_on_data
def unlinked_csv(request: PortalRequest) -> HttpResponseBase:
    filterset = link_filterset(request)
    if not filterset.is_valid():
        return filter_errors_as_text(filterset)
    answer = statement_csv_response(unlinked_of(request, filterset))
    return attach_file(answer, _("statements without a link"), "csv", "unlinked")
