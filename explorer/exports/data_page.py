"""Open data: the whole corpus to take away, and what it is."""

import json

from django.db.models import Count
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from explorer.api.responses import CORS
from explorer.exports.catalog import dcat_catalog, schema_dataset
from explorer.exports.downloads import FORMATS, measure_downloads, whole
from explorer.exports.formats import dictionary
from explorer.query import unless_known
from statements.models import Document, Kind, Revision

#: How many changes the page lists.
CHANGES_SHOWN = 20
#: As Django's json_script has it: what would end the element, or begin another.
IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    files = measure_downloads(request)
    counts = dict(whole().order_by().values_list("kind").annotate(Count("pk")))
    context = {
        "files": files,
        "columns": dictionary(),
        "documents": Document.objects.all(),
        "counts": [(kind.label, counts.get(kind.value, 0)) for kind in Kind],
        "total": sum(counts.values()),
        "changes": recent_changes()[:CHANGES_SHOWN],
        "dataset": inline_json(schema_dataset(request, files)),
    }
    return render(request, "explorer/exports/data.html", context)


def recent_changes():
    """When and why public statements changed, and how many; never by whom."""
    grouped = Revision.objects.public().values("at", "note")
    return grouped.annotate(count=Count("pk")).order_by("-at")


def changes_since_the_load():
    """Those that people made; the load was made by nobody."""
    return recent_changes().filter(by__isnull=False)


def inline_json(data: dict) -> SafeString:
    """For a <script> that holds data: no text in it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(IN_SCRIPT))


@require_safe
@unless_known
def download_corpus(request: HttpRequest, ending: str) -> HttpResponse:
    if ending not in FORMATS:
        raise Http404
    format_ = FORMATS[ending]
    return StreamingHttpResponse(
        format_.content(request),
        content_type=format_.media_type,
        headers={
            **CORS,
            "Content-Disposition": f'attachment; filename="statements.{ending}"',
        },
    )


@require_safe
@unless_known
def catalog(request: HttpRequest) -> HttpResponse:
    return JsonResponse(
        dcat_catalog(request, measure_downloads(request)),
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False},
        headers=CORS,
    )
