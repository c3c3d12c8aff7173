"""The query of a request: one FilterSet of statements for the page and every output."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from statements.filters.filterset import StatementFilter
from statements.models import COUNTED_KINDS, Statement, StatementQuerySet
from statements.requests import PortalRequest

#: Raised when the form of an output changes, so that no reader keeps the old one.
OUTPUT_FORM = 3

#: The filters that ask for the place of a fact, where facts are filtered.
PLACES = ("region", "country")

OutputFilter = TypeVar("OutputFilter", bound=StatementFilter)


class FactFilter(StatementFilter):
    """Events and figures keep their own order, all on one page, and have places of
    their own: those are asked of them, not of their statements.
    """

    sort = page_size = None
    finds_related = False

    def filter_queryset(self, queryset: StatementQuerySet) -> StatementQuerySet:
        given = self.form.cleaned_data
        of_statements = {name: v for name, v in given.items() if name not in PLACES}
        for name, value in of_statements.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset


def offered_statements(request: PortalRequest) -> StatementQuerySet:
    return offered_statements_for(request.GET)


def offered_statements_for(query: QueryDict) -> StatementQuerySet:
    """The statements that are counted; with words, codes or `kind`, titles too."""
    statements = Statement.objects.published()
    is_picked = any(text.strip(" ,") for text in query.getlist("code"))
    if query.get("q", "").strip() or "kind" in query or is_picked:
        return statements
    return statements.of_kinds(*COUNTED_KINDS)


def statement_filterset(request: PortalRequest) -> StatementFilter:
    return statement_filterset_for(request.GET, request)


def statement_filterset_for(
    query: QueryDict, request: PortalRequest
) -> StatementFilter:
    """The explorer's FilterSet for a query that need not be the request's own."""
    return StatementFilter(query, offered_statements_for(query), request=request)


def fact_filterset(request: PortalRequest) -> FactFilter:
    return fact_filterset_for(request.GET, request)


def fact_filterset_for(query: QueryDict, request: PortalRequest) -> FactFilter:
    """A FilterSet over every kind: details, points and notes have facts too."""
    return FactFilter(query, Statement.objects.published(), request=request)


def given_values(filterset: StatementFilter, name: str) -> list[str]:
    """The values of a parameter that takes several; of a wrong query, none."""
    values = filterset.given.get(name, []) if filterset.is_valid() else []
    return values if isinstance(values, list) else []


def given_page_size(filterset: StatementFilter, default: int) -> int:
    size = filterset.given.get("page_size", default)
    return size if isinstance(size, int) else default


def filter_errors(filterset: StatementFilter) -> list[dict[str, str]]:
    """The parameters that are refused: one entry a reason, in the active language."""
    return [
        {"parameter": name, "detail": str(message)}
        for name, messages in filterset.errors.items()
        for message in messages
    ]


def filter_errors_as_json(filterset: StatementFilter) -> HttpResponse:
    return JsonResponse(
        {"errors": filter_errors(filterset)},
        status=400,
        json_dumps_params={"ensure_ascii": False},
    )


def filter_errors_as_text(filterset: StatementFilter) -> HttpResponse:
    lines = [
        f"{error['parameter']}: {error['detail']}\n"
        for error in filter_errors(filterset)
    ]
    return HttpResponse(
        "".join(lines), status=400, content_type="text/plain; charset=utf-8"
    )


def data_etag(request: PortalRequest, *args: object, **kwargs: object) -> str | None:
    version = request.data_version
    if not version:
        return None
    return f'W/"{version.token}-{OUTPUT_FORM}-{get_language()}"'


#: Answers 304 before any work where the reader has this version of the data already.
conditional_on_data = condition(etag_func=data_etag)


def output_view(
    make_filterset: Callable[[PortalRequest], OutputFilter],
    refuse: Callable[[StatementFilter], HttpResponse] = filter_errors_as_text,
) -> Callable[
    [Callable[[PortalRequest, OutputFilter], HttpResponseBase]],
    Callable[[PortalRequest], HttpResponseBase],
]:
    """Makes a view of a valid FilterSet; a wrong query gets its errors, not a file."""

    def decorate(
        view: Callable[[PortalRequest, OutputFilter], HttpResponseBase],
    ) -> Callable[[PortalRequest], HttpResponseBase]:
        @require_safe
        @conditional_on_data
        @wraps(view)
        def respond(request: PortalRequest) -> HttpResponseBase:
            filterset = make_filterset(request)
            if not filterset.is_valid():
                return refuse(filterset)
            return view(request, filterset)

        return respond

    return decorate
