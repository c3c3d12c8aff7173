"""The drills: the database is destroyed, and the portal comes back as it was.

They tell how many seconds that took, and hold to none: docs/backup.md has the bar.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from portal.backups.backup import back_up
from portal.backups.restoration import restore_backup
from portal.integrity.findings import all_findings
from statements.gate import Note, gate
from statements.models import Statement
from tests.support.backups.archived_server import (
    archived_server,
    is_recovered,
    until,
)
from tests.support.backups.databases import all_lines, outputs_of, url_of, using

pytestmark = [pytest.mark.any_engine, pytest.mark.audit]


def publish(words: str) -> None:
    somebody = User.objects.order_by("pk")[0]
    with gate(somebody, Note(ko=words, en=words)):
        for statement in Statement.objects.filter(code__startswith="G1.C1"):
            statement.text_en = words
            statement.save()


@contextmanager
def timed(record_property, name: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    seconds = round(time.monotonic() - start, 1)
    record_property(name, seconds)
    print(f"{name}: {seconds} seconds")  # noqa: T201


def test_postgresql_comes_back_from_its_base_and_its_log(backup, record_property):
    """With what was published after the base backup."""
    with archived_server() as server:
        with using(server.url):
            call_command("migrate", verbosity=0)
            restore_backup(backup)
        server.take_base()
        with using(server.url):
            publish("Published after the base backup")
            lines = all_lines()
            server.archive()
        before = outputs_of(server.url)
        with timed(record_property, "recovery on PostgreSQL"):
            server.destroy()
            server.recover()
            with using(server.url):
                until(is_recovered)
        assert outputs_of(server.url) == before
        with using(server.url):
            assert all_lines() == lines
            publish("Published after the recovery")


def test_sqlite_comes_back_from_its_last_backup(
    furnished_url, backup, tmp_path, record_property
):
    file = Path(furnished_url.removeprefix("sqlite:///"))
    with using(furnished_url):
        publish("Published after the first backup")
        lines = all_lines()
        last = back_up(tmp_path / "later", 5)
    assert last.path.parent != backup.parent
    before = outputs_of(furnished_url)
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()
    with timed(record_property, "recovery on SQLite"), using(url_of(file)):
        call_command("migrate", verbosity=0)
        restore_backup(last.path)
    assert outputs_of(furnished_url) == before
    with using(furnished_url):
        assert all_lines() == lines
        assert list(all_findings()) == []
