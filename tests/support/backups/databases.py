"""Databases beside that of the tests, which Django works with for a while."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import dj_database_url
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.utils import ConnectionHandler
from django.test import override_settings

from portal.backups.tables import MADE_BY_MIGRATE, all_tables, kept_tables
from portal.environment import database_options
from tests.support.kills.engines import postgresql
from tests.support.serving import PROJECT, QUIET, environment

__all__ = [
    "all_lines",
    "copied",
    "emptied",
    "its_key",
    "outputs_of",
    "postgresql",
    "using",
]


@contextmanager
def using(url: str) -> Iterator[None]:
    """This thread works with that database; the tests' own is untouched."""
    values = dj_database_url.parse(url)
    values["OPTIONS"] = database_options(values["ENGINE"])
    before = connections["default"]
    connections["default"] = ConnectionHandler({"default": values})["default"]
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before
        ContentType.objects.clear_cache()


def its_key() -> AbstractContextManager[None]:
    """The key that the furnished database was made with."""
    return override_settings(SECRET_KEY=environment(Path())["SECRET_KEY"])


def url_of(file: Path) -> str:
    return f"sqlite:///{file}"


def copied(furnished: Path, file: Path) -> str:
    """The URL of a copy of the furnished database."""
    shutil.copy(furnished / "portal.sqlite3", file)
    return url_of(file)


def emptied(furnished: Path, file: Path) -> str:
    """As `migrate` leaves a new database."""
    url = copied(furnished, file)
    with using(url), connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        for table in all_tables():
            if table.name not in MADE_BY_MIGRATE:
                table.empty()
        cursor.execute("DELETE FROM sqlite_sequence")
    return url


def all_lines() -> dict[str, list[bytes]]:
    """Every row of every table that backups keep."""
    return {table.name: list(table.lines()) for table in kept_tables()}


def outputs_of(url: str) -> dict[str, str]:
    """What readers get of the portal there: tests.support.backups.outputs."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.backups.outputs"],
        cwd=PROJECT,
        env=environment(PROJECT) | QUIET | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        check=True,
    )
    answers: dict[str, str] = json.loads(run.stdout)
    return answers
