"""From SQLite to PostgreSQL and back; and what only PostgreSQL does."""

from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from portal.backups import backup as backup_module
from portal.backups.archive import BackupArchive, table_member
from portal.backups.backup import back_up
from portal.backups.faults import BackupFault
from portal.backups.restoration import restore_backup
from portal.integrity.findings import CHECKS, all_findings
from portal.settings import PASSWORD_HASHERS
from statements.models import Statement
from tests.portal.backups.test_backups import publishing_in_a_thread
from tests.support.backups.databases import (
    all_lines,
    copied,
    emptied,
    outputs_of,
    postgresql,
    using,
)
from tests.support.backups.oddities import odd_rows
from tests.support.integrity.corruptions import CORRUPTIONS, ON_POSTGRESQL
from tests.support.logins import entered

pytestmark = [pytest.mark.any_engine, pytest.mark.audit]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory, django_db_blocker):
    """A PostgreSQL database as `migrate` leaves it."""
    with postgresql(tmp_path_factory.mktemp("server")) as url:
        with django_db_blocker.unblock(), using(url):
            call_command("migrate", verbosity=0)
        yield url


@pytest.fixture
def on_postgresql(migrated, furnished_url, tmp_path):
    """The furnished database there, however the test before left it."""
    with using(furnished_url):
        path = back_up(tmp_path / "moved", 5).path
    with using(migrated):
        restore_backup(path, is_replacing=True)
    return migrated


def test_there_and_back_again(migrated, furnished, tmp_path):
    """Rows, outputs, passwords and second steps are what they were."""
    origin = copied(furnished, tmp_path / "origin.sqlite3")
    back = emptied(furnished, tmp_path / "back.sqlite3")
    with using(origin):
        odd_rows()
        lines, findings = all_lines(), list(all_findings())
    seen = outputs_of(origin)
    move(origin, migrated, tmp_path)
    assert outputs_of(migrated) == seen
    move(migrated, back, tmp_path)
    assert outputs_of(back) == seen
    for url in (migrated, back):
        with using(url):
            assert all_lines() == lines
            assert list(all_findings()) == findings
            enter()


def move(one: str, other: str, folder: Path) -> None:
    with using(one):
        path = back_up(folder / one.partition(":")[0], 5).path
    with using(other):
        restore_backup(path)


def enter() -> None:
    """By password and app, as people do."""
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        entered(User.objects.get(username="staff"))


def test_a_backup_there_is_of_one_moment(on_postgresql, tmp_path, monkeypatch):
    write = backup_module.ArchiveWriter.add
    publish = publishing_in_a_thread(on_postgresql)

    def add(self, member, lines):
        if member == table_member("statements_statement"):
            publish()
        return write(self, member, lines)

    monkeypatch.setattr(backup_module.ArchiveWriter, "add", add)
    with using(on_postgresql):
        path = back_up(tmp_path / "backups", 5).path
        assert Statement.objects.get(code="G1.C1").text_en == "Published meanwhile"
    held = b"".join(BackupArchive(path).lines(table_member("statements_statement")))
    assert b"Published meanwhile" not in held


def test_nothing_is_restored_there_beside_a_writer(on_postgresql, backup):
    """Be it one who takes no lock of ours."""
    with using(on_postgresql):
        before = all_lines()
        with psycopg.connect(address_of_server()) as other:
            other.execute("UPDATE auth_user SET last_login = now()")
            with pytest.raises(BackupFault, match="Others are writing"):
                restore_backup(backup, is_replacing=True)
            other.rollback()
        assert all_lines() == before


def address_of_server() -> str:
    values = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "host": "HOST"}
    return " ".join(f"{name}={values[key]}" for name, key in names.items())


def test_what_is_unchanged_there_is_not_written(on_postgresql, tmp_path):
    with using(on_postgresql):
        first = back_up(tmp_path / "backups", 5)
        assert first.is_new
        assert back_up(tmp_path / "backups", 5) == (first.path, False, 0)


def test_each_damage_is_found_there_too(on_postgresql):
    with using(on_postgresql):
        assert list(all_findings()) == []
        for corruption in (*CORRUPTIONS, *ON_POSTGRESQL):
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL session_replication_role = replica")
                    cursor.execute(corruption.sql)
                faults = CHECKS[corruption.check]()
                found = [f"{corruption.check}: {fault}" for fault in faults]
                transaction.set_rollback(True)
            assert any(one.startswith(corruption.finding) for one in found), (
                corruption.name,
                found,
            )
