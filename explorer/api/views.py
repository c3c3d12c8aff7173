"""The read-only API: what the explorer finds, for programs, in both languages."""

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
    api,
    both_languages,
    invalid_parameters,
    not_found,
    withdrawn_problem,
)
from explorer.exports.columns import (
    STATEMENT_COLUMNS,
    complete_rows,
    origin_of,
    statement_rows,
    stored_values,
)
from explorer.query import selection
from statements.codes import CODE
from statements.models import PublicationState, Statement


@api
def api_index(request: HttpRequest) -> HttpResponse:
    return both_languages(
        {
            name: request.build_absolute_uri(reverse(f"api:{name}"))
            for name in ("statements", "openapi", "docs")
        }
    )


@api
def statement_list(request: HttpRequest) -> HttpResponse:
    filterset = selection(request)
    if errors := errors_in_list(request, filterset):
        return invalid_parameters(request, errors)
    size = filterset.given.get("page_size", DEFAULT_PAGE_SIZE)
    pages = Paginator(stored_values(filterset.qs), size)
    try:
        page = pages.page(page_number(request))
    except EmptyPage:
        return not_found(request, _("There are not that many pages."))
    origin, fields = origin_of(request), fields_of(request)
    return both_languages(
        {
            "count": pages.count,
            "next": page_link(request, page, +1),
            "previous": page_link(request, page, -1),
            "results": [
                {name: whole[name] for name in fields}
                for whole in complete_rows(list(page), origin)
            ],
        }
    )


def page_link(request: HttpRequest, page: Page, step: int) -> str | None:
    """The address of the next page or the one before, with all that was asked for."""
    number = page.number + step
    if not 1 <= number <= page.paginator.num_pages:
        return None
    query = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


@api
def statement_item(request: HttpRequest, code: str) -> HttpResponse:
    if errors := errors_in_detail(request):
        return invalid_parameters(request, errors)
    public = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
    named = Statement.objects.filter(code=code, state__in=public)
    found = named.first() if CODE.fullmatch(code) else None
    if found is None:
        return not_found(request, _("There is no statement with this code."))
    (whole,) = statement_rows(named, origin_of(request))
    answer = {name: whole[name] for name in fields_of(request)}
    if found.state == PublicationState.WITHDRAWN:
        return withdrawn_problem(request, answer)
    return both_languages(answer)


@api
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of this API, made from the filters and the columns."""
    return JsonResponse(document(request), json_dumps_params={"ensure_ascii": False})


@api
def nothing(request: HttpRequest, path: str) -> HttpResponse:
    return not_found(request, _("The API has nothing at this address."))


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    language = request.GET.get("language", "")
    if language not in ("ko", "en"):
        language = accepted_language(request)
    with override(language):
        context = {
            "parameters": parameters(selection(request)),
            "columns": STATEMENT_COLUMNS,
            "origin": origin_of(request),
        }
        answer = render(request, "explorer/api_docs.html", context)
    answer["Content-Language"] = language
    return answer
