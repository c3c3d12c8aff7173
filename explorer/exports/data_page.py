"""The page of open data: the whole corpus as files, and a description of it."""

import json
from datetime import datetime
from operator import itemgetter
from typing import Any, TypedDict

from django.db.models import Count
from django.http import (
    Http404,
    HttpResponse,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from explorer.api.responses import CORS_HEADERS
from explorer.exports.catalog import dcat_catalog, schema_dataset
from explorer.exports.downloads import FORMATS, measure_downloads, whole
from explorer.exports.formats import dictionary
from explorer.exports.views import OutputFile
from explorer.query import conditional_on_data
from statements.filters.choices import vocabulary
from statements.history.public_view import public_entry_revisions
from statements.models import Kind, Revision
from statements.models.revision import RevisionQuerySet
from statements.requests import PortalRequest

#: How many changes the page lists.
CHANGES_SHOWN = 20
#: How many documents, the newest first; the page of the source documents has all.
DOCUMENTS_SHOWN = 20
#: Letters that would end a <script> or begin an element, as json_script escapes them.
SCRIPT_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class PublicChange(TypedDict):
    """The statements and entries changed at one moment, with one note."""

    at: datetime
    note: str
    extent: str


@require_safe
def data_page(request: PortalRequest) -> HttpResponse:
    files = measure_downloads(request)
    documents = vocabulary(request.data_version).documents
    counts = dict(whole().order_by().values_list("kind").annotate(Count("pk")))
    context = {
        "files": files,
        "columns": dictionary(),
        "documents": documents[:DOCUMENTS_SHOWN],
        "n_documents": len(documents),
        "counts": [(kind.label, counts.get(kind.value, 0)) for kind in Kind],
        "total": sum(counts.values()),
        "changes": recent_changes(CHANGES_SHOWN),
        "dataset": inline_json(schema_dataset(request, files, DOCUMENTS_SHOWN)),
    }
    return render(request, "explorer/exports/data.html", context)


def recent_changes(most: int) -> list[PublicChange]:
    """The last changes of what is public: when, why and of how many; never by whom."""
    return last_of_both(Revision.objects.shown(), most)


def changes_since_load(most: int) -> list[PublicChange]:
    """Changes that people made; the load was made by nobody."""
    return last_of_both(Revision.objects.shown().filter(by__isnull=False), most)


def last_of_both(statements: RevisionQuerySet, most: int) -> list[PublicChange]:
    """Those of statements and of entries; one may be of both. The last first."""
    extents: dict[tuple[datetime, str], list[str]] = {}
    for revisions, words in (
        (statements, words_for_statements),
        (public_entry_revisions().changes(), words_for_entries),
    ):
        rows = revisions.order_by().values_list("at", "note")
        for at, note, n in rows.annotate(n=Count("pk")).order_by("-at")[:most]:
            extents.setdefault((at, note), []).append(words(n) % {"n": n})
    newest = sorted(extents, key=itemgetter(0), reverse=True)[:most]
    return [
        {"at": at, "note": note, "extent": ", ".join(extents[at, note])}
        for at, note in newest
    ]


def words_for_statements(n: int) -> str:
    return ngettext("%(n)s statement", "%(n)s statements", n)


def words_for_entries(n: int) -> str:
    return ngettext("%(n)s other entry", "%(n)s other entries", n)


def inline_json(data: dict[str, Any]) -> SafeString:
    """The data as JSON for a <script>: no text in it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(SCRIPT_ESCAPES))


@require_safe
@conditional_on_data
def download_corpus(request: PortalRequest, ending: str) -> OutputFile:
    if ending not in FORMATS:
        raise Http404
    format_ = FORMATS[ending]
    return OutputFile(
        format_.content(request),
        content_type=format_.media_type,
        headers={
            **CORS_HEADERS,
            "Content-Disposition": f'attachment; filename="statements.{ending}"',
        },
    )


@require_safe
@conditional_on_data
def download_catalog(request: PortalRequest) -> HttpResponse:
    return JsonResponse(
        dcat_catalog(request, measure_downloads(request)),
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False},
        headers=CORS_HEADERS,
    )
