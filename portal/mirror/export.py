"""An export: a new copy of the portal, whole and checked, in the place of the old."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from django.utils import timezone

from portal.mirror.checks import faults
from portal.mirror.copies import (
    CopyFacts,
    begin_copy,
    finish_copy,
    held_folder,
    size_of_folder,
)
from portal.mirror.crawl import Crawl
from portal.mirror.portal_answers import without_access_records
from statements.models import DataVersion

#: How often an export begins again because the data changed while it ran.
TRIES = 3


class FaultyCopyError(Exception):
    """A copy is not for readers; `faults` say why, a line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults)
        self.faults = faults


def export_site(folder: Path) -> tuple[Path, CopyFacts]:
    """Makes a new copy in the folder and its `current` lead to it.

    ExportRunningError where another export runs, FaultyCopyError where the new copy is
    not whole: the old one stays what it was.
    """
    with open_to_servers(), held_folder(folder), without_access_records():
        for _try in range(TRIES):
            version = data_token()
            new = begin_copy(folder, timezone.now())
            try:
                facts = make_copy(new, version)
                if facts.data_version == data_token():
                    return finish_copy(new, facts), facts
            finally:
                shutil.rmtree(new, ignore_errors=True)
    raise FaultyCopyError([f"The data changed during each of {TRIES} tries."])


def make_copy(new: Path, version: str) -> CopyFacts:
    made_at = timezone.now().astimezone(UTC).replace(microsecond=0)
    crawl = Crawl(new, made_at)
    crawl.run()
    if found := faults(crawl, new):
        raise FaultyCopyError(found)
    files, size = size_of_folder(new)
    return CopyFacts(made_at.isoformat(), version, len(crawl.pages), files, size)


def data_token() -> str:
    return str(DataVersion.current() or "")


@contextmanager
def open_to_servers() -> Iterator[None]:
    """Lets every server of files on the machine read what everybody may read on the
    web; all else that the portal writes is its own user's alone.
    """
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)
