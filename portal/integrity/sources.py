"""The sources: their files, their paragraphs, and what was made of these."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import F

from desk.intake.models import Intake
from portal.backups.tables import plain_rows
from statements.models import Document, Paragraph, Statement
from statements.models.states import PUBLIC_STATES
from statements.pages.originals import originals_by_hash


def faults_of_files() -> Iterator[str]:
    """The file of a document is that of its SHA-256, also one that was uploaded."""
    uploads = plain_rows(Intake).order_by("pk").values_list("pk", "sha256", "original")
    for pk, sha256, original in uploads.iterator(chunk_size=1):
        if hashlib.sha256(original).hexdigest() != sha256:
            yield f"intake {pk}: its file is not that of its SHA-256"
    documents = plain_rows(Document).order_by("pk")
    taken_in = documents.filter(intake__isnull=False)
    for slug in taken_in.exclude(sha256=F("intake__sha256")).values_list(
        "slug", flat=True
    ):
        yield f"{slug}: its SHA-256 is not that of the file that was taken in"
    folder = settings.BASE_DIR / "fixtures" / "sources"
    others = documents.filter(intake=None).exclude(file="")
    for slug, name, sha256 in others.values_list("slug", "file", "sha256"):
        if sha256 not in originals_by_hash() and (folder / Path(name).name).is_file():
            yield f"{slug}: its SHA-256 is not that of the file {name}"


def faults_of_paragraphs() -> Iterator[str]:
    """Each is the text that its SHA-256 is of, and in the lines of its original."""
    rows = plain_rows(Paragraph).order_by("document", "ordinal")
    columns = (
        *("document__slug", "document__sha256", "ordinal", "raw", "sha256"),
        *("first_line", "last_line", "added_on"),
    )
    for slug, file, ordinal, raw, sha256, first, last, added in rows.values_list(
        *columns
    ).iterator(chunk_size=2000):
        name = f"{slug}:{ordinal}"
        if hashlib.sha256(raw.encode()).hexdigest() != sha256:
            yield f"{name}: the paragraph is not that of its SHA-256"
        if last - first < raw.count("\n"):
            yield f"{name}: the paragraph has more lines than its place"
        if file in originals_by_hash() and not added:
            lines = original_lines(file)[first - 1 : last]
            if not all(map(str.__contains__, lines, raw.split("\n"))):
                yield f"{name}: the paragraph is not in its lines of the original"
    apart = rows.exclude(statement=None).exclude(statement__document=F("document"))
    for slug, ordinal in apart.values_list("document__slug", "ordinal"):
        yield f"{slug}:{ordinal}: its statement is of another document"
    beside = rows.exclude(parent=None).exclude(parent__document=F("document"))
    for slug, ordinal in beside.values_list("document__slug", "ordinal"):
        yield f"{slug}:{ordinal}: its parent is of another document"


def original_lines(sha256: str) -> list[str]:
    return originals_by_hash()[sha256].read_text(encoding="utf-8-sig").split("\n")


def faults_of_tracing() -> Iterator[str]:
    """Everything public has a paragraph of a source."""
    public = plain_rows(Statement).filter(state__in=PUBLIC_STATES).order_by()
    for code in public.filter(paragraphs=None).values_list("code", flat=True):
        yield f"{code}: no paragraph of a source"
