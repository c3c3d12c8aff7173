"""One moment of the database: what is read in it, is of one piece."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction

#: The length of the header of SQLite's index of its log: it changes with every commit.
INDEX_HEADER = 48
MARK_ON_POSTGRESQL = """
SELECT concat_ws(' ', system_identifier, timeline_id, current_database(),
                 pg_current_snapshot())
FROM pg_control_system(), pg_control_checkpoint()
"""


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction that reads, sees no write of others and keeps nobody waiting."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # By hand: Django would begin it as a writer, whom all others wait for.
        cursor.execute("BEGIN")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def change_mark() -> str:
    """Nobody has written anything since it was the same; when it differs, somebody may
    have. It is asked for before what it stands for is read.

    On PostgreSQL it is the number of the next transaction that writes; on SQLite what
    the files were last changed by.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(MARK_ON_POSTGRESQL)
            return str(cursor.fetchone()[0])
        cursor.execute("SELECT COUNT(*) FROM django_migrations")
    file = str(connection.settings_dict["NAME"])
    if not os.path.isfile(file):
        return ""
    parts = [last_change_of(Path(file))]
    log = Path(f"{file}-wal")
    # A log that is empty is made anew by whoever opens the database.
    if log.exists() and log.stat().st_size:
        with open(f"{file}-shm", "rb") as index:
            header = sha256(index.read(INDEX_HEADER)).hexdigest()
        parts += [last_change_of(log), header]
    return " ".join(parts)


def last_change_of(file: Path) -> str:
    status = file.stat()
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
