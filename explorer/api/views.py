"""The read-only API: the statements of the explorer for programs, in both languages."""

from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from explorer.api.openapi import DEFAULT_PAGE_SIZE, document, parameters
from explorer.api.parameters import (
    errors_in_detail,
    errors_in_list,
    fields_of,
    page_number,
)
from explorer.api.responses import (
    accepted_language,
    api_view,
    bilingual_response,
    not_found_problem,
    open_view,
    parameters_problem,
    withdrawn_problem,
)
from explorer.exports.columns import (
    STATEMENT_COLUMNS,
    complete_rows,
    statement_rows,
    stored_values,
)
from explorer.query import given_page_size, statement_filterset
from statements.codes import CODE
from statements.models import PublicationState, Statement
from statements.requests import PortalRequest


@api_view
def api_index(request: HttpRequest) -> HttpResponse:
    return bilingual_response(
        {
            name: settings.SITE_URL + reverse(f"api:{name}")
            for name in ("statements", "openapi", "docs")
        }
    )


@api_view
def statement_list(request: PortalRequest) -> HttpResponse:
    filterset = statement_filterset(request)
    if errors := errors_in_list(request, filterset):
        return slip_problem(request, errors)
    size = given_page_size(filterset, DEFAULT_PAGE_SIZE)
    pages = Paginator(stored_values(filterset.qs), size)
    try:
        page = pages.page(page_number(request))
    except EmptyPage:
        return not_found_problem(
            request, _("The page number is higher than the number of pages.")
        )
    fields = fields_of(request)
    return bilingual_response(
        {
            "count": pages.count,
            "next": page_link(request, page, +1),
            "previous": page_link(request, page, -1),
            "results": [
                {name: whole[name] for name in fields}
                for whole in complete_rows(list(page), settings.SITE_URL)
            ],
        }
    )


def slip_problem(request: HttpRequest, errors: list[dict[str, Any]]) -> HttpResponse:
    """404 if nothing is wrong but a number, as at the address of a statement."""
    if {error["parameter"] for error in errors} == {"code"}:
        return not_found_problem(request, errors[0]["detail"], errors=errors)
    return parameters_problem(request, errors)


def page_link(request: HttpRequest, page: Page[Any], step: int) -> str | None:
    """The address of the next page or the one before, with the same query."""
    number = page.number + step
    if not 1 <= number <= page.paginator.num_pages:
        return None
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


@api_view
def statement_item(request: PortalRequest, code: str) -> HttpResponse:
    if errors := errors_in_detail(request):
        return parameters_problem(request, errors)
    public = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
    statements = Statement.objects.filter(code=code, state__in=public)
    statement = statements.first() if CODE.fullmatch(code) else None
    if statement is None:
        return not_found_problem(request, _("There is no statement with this number."))
    (whole_row,) = statement_rows(statements, settings.SITE_URL)
    row = {name: whole_row[name] for name in fields_of(request)}
    if statement.state == PublicationState.WITHDRAWN:
        return withdrawn_problem(request, row)
    return bilingual_response(row)


@api_view
def openapi_document(request: PortalRequest) -> HttpResponse:
    """The description of this API, made from the filters and the columns."""
    return JsonResponse(document(request), json_dumps_params={"ensure_ascii": False})


@open_view
def unknown_address(request: HttpRequest, path: str) -> HttpResponse:
    return not_found_problem(request, _("There is nothing at this address of the API."))


@require_safe
def api_docs(request: PortalRequest) -> HttpResponse:
    language = request.GET.get("language", "")
    if language not in ("ko", "en"):
        language = accepted_language(request)
    with override(language):
        context = {
            "parameters": parameters(statement_filterset(request)),
            "columns": STATEMENT_COLUMNS,
            "origin": settings.SITE_URL,
        }
        answer = render(request, "explorer/api/docs.html", context)
    answer["Content-Language"] = language
    return answer
