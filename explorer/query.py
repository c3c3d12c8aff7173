"""What a query string asks for: one selection behind the page and every output."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from statements.filters.filterset import StatementFilter
from statements.models import BROWSED_KINDS, Statement, StatementQuerySet

#: Raised when the form of an output changes, so that no reader keeps the old one.
OUTPUT_FORM = 1


class FactFilter(StatementFilter):
    """Events and figures keep their own order, all on one page."""

    sort = page_size = None


def offered_statements(request: HttpRequest) -> StatementQuerySet:
    return offered_statements_for(request.GET)


def offered_statements_for(query: QueryDict) -> StatementQuerySet:
    """What people browse; with words or `kind`, statements of every kind."""
    statements = Statement.objects.published()
    if query.get("q", "").strip() or "kind" in query:
        return statements
    return statements.of_kinds(*BROWSED_KINDS)


def statement_filterset(request: HttpRequest) -> StatementFilter:
    return statement_filterset_for(request.GET, request)


def statement_filterset_for(query: QueryDict, request: HttpRequest) -> StatementFilter:
    """What the explorer would find for a query that is not the request's own."""
    return StatementFilter(query, offered_statements_for(query), request=request)


def fact_filterset(request: HttpRequest) -> FactFilter:
    return fact_filterset_for(request.GET, request)


def fact_filterset_for(query: QueryDict, request: HttpRequest) -> FactFilter:
    """Over every kind: details, points and notes have dates and figures too."""
    return FactFilter(query, Statement.objects.published(), request=request)


def filter_errors(filterset: StatementFilter) -> list[dict[str, str]]:
    """Why the parameters are refused: one entry a reason, in the active language."""
    return [
        {"parameter": name, "detail": str(message)}
        for name, messages in filterset.errors.items()
        for message in messages
    ]


def data_etag(request: HttpRequest, *args, **kwargs) -> str | None:
    version = request.data_version
    return f'W/"{version.token}-{OUTPUT_FORM}-{get_language()}"' if version else None


#: What a reader has already is answered with 304, before any work.
conditional_on_data = condition(etag_func=data_etag)


def output_view(
    as_json: bool = False, select: Callable = statement_filterset
) -> Callable:
    """A view of what is asked for; a wrong filter is told, never an empty file."""

    def decorate(view: Callable) -> Callable:
        @require_safe
        @conditional_on_data
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            filterset = select(request)
            if filterset.is_valid():
                return view(request, filterset)
            return (
                filter_errors_as_json(filterset)
                if as_json
                else filter_errors_as_text(filterset)
            )

        return answer

    return decorate


def filter_errors_as_json(filterset: StatementFilter) -> HttpResponse:
    return JsonResponse(
        {"errors": filter_errors(filterset)},
        status=400,
        json_dumps_params={"ensure_ascii": False},
    )


def filter_errors_as_text(filterset: StatementFilter) -> HttpResponse:
    lines = [
        f"{one['parameter']}: {one['detail']}\n" for one in filter_errors(filterset)
    ]
    return HttpResponse(
        "".join(lines), status=400, content_type="text/plain; charset=utf-8"
    )
