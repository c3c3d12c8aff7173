"""A backup put back: all of it or nothing, and compared with the backup row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, OperationalError, connection, transaction

from portal.backups.archive import BackupArchive, original_member, table_member
from portal.backups.faults import BackupFault
from portal.backups.manifest import last_migrations, missing_migrations
from portal.backups.originals import (
    files_of_documents,
    put_back,
    require_names,
)
from portal.backups.sequences import go_on_after
from portal.backups.tables import MADE_BY_MIGRATE, KeptTable, all_tables, kept_tables
from statements.models import DataVersion
from statements.write_lock import Busy, is_busy

NAMED_AT_MOST = 5
NOT_EMPTY = (
    "The database is not empty: {n} tables have rows ({tables} …). Nothing was "
    "changed. With --replace all that it holds is deleted, and the backup takes its "
    "place."
)
OTHERS_WRITE = (
    "Others are writing to the database. Nothing was changed. Stop the portal and its "
    "timers, and try again."
)


def restore_backup(path: Path, is_replacing: bool = False) -> BackupArchive:
    """Fills the database from the file; raises BackupFault, and changes nothing, where
    the file is damaged or of another version, or the database not fit to be filled.
    """
    archive = BackupArchive(path)
    archive.verify()
    require_names(archive.manifest.names)
    require_same_version(archive)
    try:
        with alone():
            require_empty(is_replacing)
            refill(archive)
            # What is wrong is told now, by table and row, and not at the commit.
            connection.check_constraints()
            compare_rows(archive)
            put_originals_back(archive)
            go_on_after(kept_tables(), archive.manifest.numbers)
    except Busy as error:
        raise BackupFault(OTHERS_WRITE) from error
    except (DatabaseError, ValueError, TypeError) as error:
        raise BackupFault(f"Nothing was restored: {error}") from error
    ContentType.objects.clear_cache()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return archive


def require_same_version(archive: BackupArchive) -> None:
    if missing := missing_migrations():
        raise BackupFault(
            f"The database is not that of this version; migrate first: {missing}"
        )
    manifest, code = archive.manifest, last_migrations()
    if manifest.migrations != code:
        apps = sorted(manifest.migrations.keys() | code.keys())
        others = ", ".join(
            f"{app} {manifest.migrations.get(app)} (here {code.get(app)})"
            for app in apps
            if manifest.migrations.get(app) != code.get(app)
        )
        raise BackupFault(
            f"The backup is of version {manifest.portal} of the portal, whose tables "
            f"are other ones: {others}. Restore it with that version, then migrate."
        )
    columns = {table.name: table.columns for table in kept_tables()}
    if manifest.columns != columns or manifest.tables.keys() != columns.keys():
        raise BackupFault("The backup has other tables or columns than this version.")


@contextmanager
def alone() -> Iterator[None]:
    """A transaction beside which nobody writes; raises Busy at once, on SQLite after
    its time for locks, where somebody is writing.
    """
    try:
        with transaction.atomic():
            lock_out_writers()
            yield
    except OperationalError as error:
        if is_busy(error):
            raise Busy from error
        raise


def lock_out_writers() -> None:
    """Those who take the lock of writers, and all others: logins too write rows."""
    if connection.vendor == "sqlite":
        return  # the transaction itself is the lock
    names = ", ".join(connection.ops.quote_name(table.name) for table in all_tables())
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE NOWAIT")
    DataVersion.lock()


def require_empty(is_replacing: bool) -> None:
    if is_replacing:
        return
    filled = [
        table.name
        for table in kept_tables()
        if table.name not in MADE_BY_MIGRATE and table.rows().exists()
    ]
    if filled:
        named = ", ".join(filled[:NAMED_AT_MOST])
        raise BackupFault(NOT_EMPTY.format(n=len(filled), tables=named))


def refill(archive: BackupArchive) -> None:
    """In any order: keys of other tables are looked up at the end."""
    for table in all_tables():
        table.empty()
    for table in kept_tables():
        try:
            table.write(archive.lines(table_member(table.name)))
        except (DatabaseError, ValueError, TypeError, OverflowError) as error:
            raise BackupFault(f"Nothing was restored: {table.name}: {error}") from error


def compare_rows(archive: BackupArchive) -> None:
    """Reads everything back."""
    for table in kept_tables():
        require_same_rows(table, archive)


def require_same_rows(table: KeptTable, archive: BackupArchive) -> None:
    kept = archive.lines(table_member(table.name))
    for number, (line, read) in enumerate(zip_longest(kept, table.lines()), 1):
        if line != read:
            raise BackupFault(
                f"Nothing was restored: {table.name}: row {number} would not come back "
                "as the backup has it."
            )


def put_originals_back(archive: BackupArchive) -> None:
    present = files_of_documents()
    for sha256, name in archive.manifest.names.items():
        if sha256 not in present:
            put_back(name, b"".join(archive.lines(original_member(sha256))))
