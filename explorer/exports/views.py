"""The outputs of the explorer: they take its query string and hold all it finds."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from explorer.exports.calendar import calendar
from explorer.exports.columns import STATEMENT_COLUMN_NAMES, origin_of, statement_rows
from explorer.exports.fact_columns import (
    EVENT_NAMES,
    FIGURE_NAMES,
    event_rows,
    figure_rows,
)
from explorer.exports.facts import events_of, figures_of
from explorer.exports.feed import feed_of
from explorer.exports.formats import csv_lines, in_blocks, json_lines, workbook
from explorer.query import (
    FactFilter,
    output,
    refused_as_text,
    selection,
    selection_for_facts,
)
from statements.filters.filterset import StatementFilter
from statements.pages.withdrawn import withdrawn_statement

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How many statements the widget shows unless it is asked for more.
EMBEDDED = 10
#: Any site may frame the widget, which loads its style sheet and nothing else.
EMBEDDED_POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}


def as_file(
    answer: HttpResponse, name: str, ending: str, plain: str = "statements"
) -> HttpResponse:
    """To be saved, under a name in the reader's language where that can be told."""
    answer["Content-Disposition"] = (
        f'attachment; filename="{plain}.{ending}"; '
        f"filename*=UTF-8''{quote(f'{name}.{ending}')}"
    )
    return answer


def as_of(request: HttpRequest):
    version = request.data_version
    return version.moved_at if version else timezone.now()


def csv_response(found: Iterable[dict], names: Sequence[str]) -> HttpResponse:
    return StreamingHttpResponse(
        in_blocks(csv_lines(found, names)), content_type="text/csv; charset=utf-8"
    )


@output()
def statements_csv(request: HttpRequest, filterset: StatementFilter) -> HttpResponse:
    found = statement_rows(filterset.qs, origin_of(request))
    return as_file(
        csv_response(found, STATEMENT_COLUMN_NAMES), _("policy statements"), "csv"
    )


@output()
def statements_xlsx(request: HttpRequest, filterset: StatementFilter) -> HttpResponse:
    file = workbook(statement_rows(filterset.qs, origin_of(request)), as_of(request))
    answer = FileResponse(file, content_type=XLSX)
    return as_file(answer, _("policy statements"), "xlsx")


@output(as_json=True)
def statements_json(request: HttpRequest, filterset: StatementFilter) -> HttpResponse:
    found = statement_rows(filterset.qs, origin_of(request))
    lines = json_lines(filterset.qs.count(), filterset.given, found)
    return StreamingHttpResponse(in_blocks(lines), content_type="application/json")


@output()
def statements_atom(request: HttpRequest, filterset: StatementFilter) -> HttpResponse:
    query = request.META["QUERY_STRING"]
    page = reverse("explorer:list") + (f"?{query}" if query else "")
    chosen = ", ".join(str(chip["label"]) for chip in filterset.active)
    title = f"{settings.SITE_NAME}: {chosen}" if chosen else str(settings.SITE_NAME)
    feed = feed_of(
        filterset.qs,
        address=request.build_absolute_uri(),
        page=request.build_absolute_uri(page),
        title=title,
        as_of=as_of(request),
    )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


@require_safe
@xframe_options_exempt
@csp(EMBEDDED_POLICY)
def embed(request: HttpRequest) -> HttpResponse:
    """A widget for other sites' pages: their visitors load it from here alone."""
    filterset = selection(request)
    if not filterset.is_valid():
        return refused_as_text(filterset)
    query = request.GET.copy()
    for name in ("page", "page_size"):
        query.pop(name, None)
    shown = filterset.given.get("page_size", EMBEDDED)
    context = {
        "statements": filterset.qs.select_related("document")[:shown],
        "count": filterset.qs.count(),
        "query": query.urlencode(),
    }
    # The markup that a statement's page offers for other sites names it by its code.
    withdrawn = withdrawn_statement(str(filterset.given.get("q", "")))
    if withdrawn:
        context |= {"withdrawn": withdrawn, "statements": [], "count": 0}
    status = 410 if withdrawn else 200
    return render(request, "explorer/embed.html", context, status=status)


@output(select=selection_for_facts)
def timeline_ics(request: HttpRequest, filterset: FactFilter) -> HttpResponse:
    pieces = calendar(
        events_of(filterset).select_related("statement").iterator(),
        origin_of(request),
        name=str(settings.SITE_NAME),
        as_of=as_of(request),
        language=get_language(),
    )
    answer = StreamingHttpResponse(pieces, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="timeline.ics"'
    return answer


@output(select=selection_for_facts)
def timeline_csv(request: HttpRequest, filterset: FactFilter) -> HttpResponse:
    found = event_rows(events_of(filterset), origin_of(request))
    answer = csv_response(found, EVENT_NAMES)
    return as_file(answer, _("events of policy statements"), "csv", "timeline")


@output(select=selection_for_facts)
def figures_csv(request: HttpRequest, filterset: FactFilter) -> HttpResponse:
    found = figure_rows(figures_of(filterset), origin_of(request))
    answer = csv_response(found, FIGURE_NAMES)
    return as_file(answer, _("figures of policy statements"), "csv", "figures")
