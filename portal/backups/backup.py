"""A backup of everything, as it was at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from portal.backups.archive import (
    MANIFEST,
    PIECE,
    ArchiveWriter,
    BackupArchive,
    new_archive,
    original_member,
    table_member,
)
from portal.backups.faults import BackupFault
from portal.backups.manifest import Manifest, last_migrations, missing_migrations
from portal.backups.moments import change_mark, one_moment
from portal.backups.originals import files_of_documents
from portal.backups.retention import (
    UNFINISHED_ENDING,
    backups_in,
    drop_superfluous,
    file_for,
    make_whole,
    note_mark,
    noted_mark,
    writing_in,
)
from portal.backups.sequences import last_numbers
from portal.backups.tables import kept_tables
from portal.version import VERSION


class MadeBackup(NamedTuple):
    """The newest backup of what there is; `is_new` where it was not there before."""

    path: Path
    is_new: bool
    dropped: int


def back_up(folder: Path, keep: int) -> MadeBackup:
    """Writes a backup, unless the newest one holds the same; drops old ones.

    Raises BackupFault where it cannot; what is in the folder then is what there was.
    """
    if missing := missing_migrations():
        raise BackupFault(
            f"The database is not that of this version; migrate first: {missing}"
        )
    try:
        with writing_in(folder):
            path, is_new = newest_or_new(folder)
            return MadeBackup(path, is_new, drop_superfluous(folder, keep))
    except OSError as error:
        raise BackupFault(f"The backup could not be written: {error}") from error


def newest_or_new(folder: Path) -> tuple[Path, bool]:
    newest = newest_readable(folder)
    mark, moment = change_mark(), timezone.now().astimezone(UTC)
    if newest and mark in {newest.manifest.mark, noted_mark(newest.path)} - {""}:
        return newest.path, False
    path = file_for(folder, moment)
    unfinished = path.with_suffix(UNFINISHED_ENDING)
    try:
        manifest = write_backup(unfinished, mark, moment)
        if newest and newest.manifest.says_the_same(manifest):
            note_mark(newest.path, mark)
            return newest.path, False
        if path.exists():
            raise BackupFault(f"There is a backup of this second already: {path}")
        make_whole(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path, True


def newest_readable(folder: Path) -> BackupArchive | None:
    """None where there is none; a damaged one is nothing to compare with."""
    for path in backups_in(folder)[:1]:
        try:
            return BackupArchive(path)
        except BackupFault:
            continue
    return None


def write_backup(path: Path, mark: str, moment: datetime) -> Manifest:
    with new_archive(path) as archive, one_moment():
        manifest = write_contents(archive, mark, moment)
        archive.add(MANIFEST, [manifest.as_json()])
    return manifest


def write_contents(archive: ArchiveWriter, mark: str, moment: datetime) -> Manifest:
    tables = kept_tables()
    files = files_of_documents()
    return Manifest(
        portal=VERSION,
        engine=connection.vendor,
        made_at=moment.isoformat(),
        migrations=last_migrations(),
        columns={table.name: table.columns for table in tables},
        tables={
            table.name: archive.add(table_member(table.name), table.lines())
            for table in tables
        },
        originals={
            sha256: archive.add(original_member(sha256), pieces_of(file))
            for sha256, file in files.items()
        },
        names={sha256: file.name for sha256, file in files.items()},
        numbers=last_numbers(tables),
        mark=mark,
    )


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
