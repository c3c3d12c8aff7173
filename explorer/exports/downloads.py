"""The whole corpus as files: their bytes, and what these measure."""

import hashlib
from collections.abc import Callable
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from explorer.exports.formats import whole_file
from explorer.exports.statement_lines import statement_csv, statement_json
from explorer.exports.statement_sheet import statement_workbook
from explorer.exports.views import CSV, XLSX, data_moment
from explorer.query import OUTPUT_FORM
from statements.models import Statement, StatementQuerySet
from statements.requests import PortalRequest

BLOCK = 1 << 16


def whole() -> StatementQuerySet:
    """Every public statement of every kind, in the order of the documents."""
    return Statement.objects.published().in_outline_order()


def corpus_as_csv(request: PortalRequest) -> IO[bytes]:
    return whole_file(statement_csv(whole(), settings.SITE_URL))


def as_json(request: PortalRequest) -> IO[bytes]:
    return whole_file(statement_json(whole(), {}, settings.SITE_URL))


def as_xlsx(request: PortalRequest) -> IO[bytes]:
    return statement_workbook(whole(), settings.SITE_URL, data_moment(request))


class Format(NamedTuple):
    name: str
    media_type: str
    content: Callable[[PortalRequest], IO[bytes]]


FORMATS = {
    "csv": Format("CSV", CSV, corpus_as_csv),
    "xlsx": Format("XLSX", XLSX, as_xlsx),
    "json": Format("JSON", "application/json", as_json),
}


def measure_downloads(request: PortalRequest) -> list[dict[str, Any]]:
    """Each file with address, size and checksum of the very bytes that are served."""
    return [
        {
            "name": format_.name,
            "media_type": format_.media_type,
            "address": settings.SITE_URL + reverse("download", args=[ending]),
            **measure(request, ending),
        }
        for ending, format_ in FORMATS.items()
    ]


def measure(request: PortalRequest, ending: str) -> dict[str, Any]:
    """Kept until public content changes; the host is part of the bytes."""
    version = request.data_version
    token = version.token if version else "none"
    key = f"download:{token}:{OUTPUT_FORM}:{settings.SITE_URL}:{ending}"
    measures: dict[str, Any] | None = cache.get(key)
    if measures is None:
        measures = digest(FORMATS[ending].content(request))
        cache.set(key, measures, timeout=None)
    return measures


def digest(file: IO[bytes]) -> dict[str, Any]:
    sha256 = hashlib.sha256()
    with file:
        while block := file.read(BLOCK):
            sha256.update(block)
        return {"size": file.tell(), "sha256": sha256.hexdigest()}
