"""The files of the source documents, as they came."""

import hashlib
from functools import cache
from pathlib import Path

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from statements.models import Document

#: What a browser makes of a file that it opens after all: nothing.
NOTHING_LOADED = {"default-src": [NONE], "sandbox": True}


@cache
def originals_by_hash() -> dict[str, Path]:
    """The files that the portal comes with, by what is in them: no path is ever made
    of what a document says of itself.
    """
    folder = settings.BASE_DIR / "fixtures" / "sources"
    return {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for path in sorted(folder.glob("*.txt"))
    }


def size_of_original(document: Document) -> int | None:
    """In bytes; None where there is no file to give out."""
    path = originals_by_hash().get(document.sha256)
    return path.stat().st_size if path else None


@require_safe
@csp(NOTHING_LOADED)  # type: ignore[arg-type]  # it names HttpRequest itself
def download_source(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Always saved, never shown: whatever is in it, it is no page of ours."""
    document = get_object_or_404(Document.objects.public(), slug=slug)
    path = originals_by_hash().get(document.sha256)
    if path is None:
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=path.name,
        content_type="application/octet-stream",
    )
