"""The original files of documents, which the portal gives out beside its texts."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from portal.backups.faults import BackupFault
from portal.backups.tables import plain_rows
from statements.models import Document
from statements.pages.originals import originals_by_hash

#: What a file of an original may be called: never a path.
ORIGINAL_NAME = re.compile(r"\w[\w.-]*\.txt")


def files_of_documents() -> dict[str, Path]:
    """The files that there are, by SHA-256; those of uploads are in the database."""
    files = originals_by_hash()
    hashes = plain_rows(Document).order_by("sha256").values_list("sha256", flat=True)
    return {sha256: files[sha256] for sha256 in hashes.distinct() if sha256 in files}


def require_names(names: Mapping[str, str]) -> None:
    for name in names.values():
        if not ORIGINAL_NAME.fullmatch(name):
            raise BackupFault(f"An original file has a name that is none: {name!r}.")


def put_back(name: str, content: bytes) -> None:
    """Writes a file that the portal lacks; none that is there is written over."""
    path = settings.BASE_DIR / "fixtures" / "sources" / name
    try:
        with open(path, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise BackupFault(f"An original file was not written: {error}.") from error
    originals_by_hash.cache_clear()
