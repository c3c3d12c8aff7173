"""The outputs of the explorer: each takes its query string and holds all it finds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from explorer.exports.calendar import calendar_parts
from explorer.exports.fact_columns import (
    EVENT_COLUMNS,
    FIGURE_COLUMNS,
    event_rows,
    figure_rows,
)
from explorer.exports.facts import filtered_events, filtered_figures
from explorer.exports.feed import statement_feed
from explorer.exports.formats import csv_lines, whole_file
from explorer.exports.statement_lines import statement_csv, statement_json
from explorer.exports.statement_sheet import statement_workbook
from explorer.query import (
    FactFilter,
    fact_filterset,
    filter_errors_as_json,
    filter_errors_as_text,
    given_page_size,
    output_view,
    statement_filterset,
)
from statements.filters.filterset import StatementFilter
from statements.models import StatementQuerySet
from statements.pages.withdrawn import withdrawn_statement
from statements.requests import PortalRequest

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How many statements the widget shows unless its query gives a page size.
EMBEDDED_STATEMENTS = 10
#: Any site may frame the widget, which loads its style sheet and nothing else.
EMBEDDED_POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}

FileAnswer = TypeVar("FileAnswer", bound=HttpResponseBase)


class OutputFile(FileResponse):
    """Sent in pieces of 64 kB: Django's own are sixteen times as many."""

    block_size = 1 << 16


def attach_file(
    answer: FileAnswer, name: str, ending: str, plain: str = "statements"
) -> FileAnswer:
    """Has the answer saved, under a name in the reader's language where that works."""
    answer["Content-Disposition"] = (
        f'attachment; filename="{plain}.{ending}"; '
        f"filename*=UTF-8''{quote(f'{name}.{ending}')}"
    )
    return answer


def data_moment(request: PortalRequest) -> datetime:
    """The moment of the last change of the data; of an empty database, now."""
    version = request.data_version
    return version.moved_at if version else timezone.now()


def csv_response(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> OutputFile:
    return OutputFile(whole_file(csv_lines(rows, columns)), content_type=CSV)


def statement_csv_response(statements: StatementQuerySet) -> OutputFile:
    file = whole_file(statement_csv(statements, settings.SITE_URL))
    return OutputFile(file, content_type=CSV)


@output_view(statement_filterset)
def statements_csv(
    request: PortalRequest, filterset: StatementFilter
) -> HttpResponseBase:
    answer = statement_csv_response(filterset.qs)
    return attach_file(answer, _("policy statements"), "csv")


@output_view(statement_filterset)
def statements_xlsx(
    request: PortalRequest, filterset: StatementFilter
) -> HttpResponseBase:
    moment = data_moment(request)
    file = statement_workbook(filterset.qs, settings.SITE_URL, moment)
    answer = OutputFile(file, content_type=XLSX)
    return attach_file(answer, _("policy statements"), "xlsx")


@output_view(statement_filterset, refuse=filter_errors_as_json)
def statements_json(
    request: PortalRequest, filterset: StatementFilter
) -> HttpResponseBase:
    lines = statement_json(filterset.qs, filterset.given, settings.SITE_URL)
    return OutputFile(whole_file(lines), content_type="application/json")


@output_view(statement_filterset)
def statements_atom(request: PortalRequest, filterset: StatementFilter) -> HttpResponse:
    query = request.META["QUERY_STRING"]
    page = reverse("explorer:list") + (f"?{query}" if query else "")
    labels = ", ".join(str(chip["label"]) for chip in filterset.active)
    title = f"{settings.SITE_NAME}: {labels}" if labels else str(settings.SITE_NAME)
    feed = statement_feed(
        filterset.qs.without_related(),
        address=settings.SITE_URL + request.get_full_path(),
        page=settings.SITE_URL + page,
        title=title,
        as_of=data_moment(request),
    )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


@require_safe
@xframe_options_exempt
@csp(EMBEDDED_POLICY)  # type: ignore[arg-type]  # it names HttpRequest itself
def embed(request: PortalRequest) -> HttpResponse:
    """A widget for other sites' pages: their visitors load it from here alone.

    410 where it names a statement by its code that was withdrawn.
    """
    filterset = statement_filterset(request)
    if not filterset.is_valid():
        return filter_errors_as_text(filterset)
    query = request.GET.copy()
    for name in ("page", "page_size"):
        query.pop(name, None)
    shown = given_page_size(filterset, EMBEDDED_STATEMENTS)
    statements = filterset.qs.without_related()
    context = {
        "statements": statements.select_related("document")[:shown],
        "count": statements.count(),
        "query": query.urlencode(),
    }
    if withdrawn := withdrawn_statement(str(filterset.given.get("q", ""))):
        context |= {"withdrawn": withdrawn, "statements": [], "count": 0}
    status = HTTPStatus.GONE if withdrawn else HTTPStatus.OK
    answer = render(request, "explorer/exports/embed.html", context, status=status)
    # Sites that isolate themselves frame only what says that it may be.
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@output_view(fact_filterset)
def timeline_ics(request: PortalRequest, filterset: FactFilter) -> HttpResponseBase:
    parts = calendar_parts(
        filtered_events(filterset).select_related("statement").iterator(),
        settings.SITE_URL,
        name=str(settings.SITE_NAME),
        as_of=data_moment(request),
        language=get_language(),
    )
    file = whole_file(parts)
    answer = OutputFile(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="timeline.ics"'
    return answer


@output_view(fact_filterset)
def timeline_csv(request: PortalRequest, filterset: FactFilter) -> HttpResponseBase:
    rows = event_rows(filtered_events(filterset), settings.SITE_URL)
    answer = csv_response(rows, EVENT_COLUMNS)
    return attach_file(answer, _("events in policy statements"), "csv", "timeline")


@output_view(fact_filterset)
def figures_csv(request: PortalRequest, filterset: FactFilter) -> HttpResponseBase:
    rows = figure_rows(filtered_figures(filterset), settings.SITE_URL)
    answer = csv_response(rows, FIGURE_COLUMNS)
    return attach_file(answer, _("figures in policy statements"), "csv", "figures")
