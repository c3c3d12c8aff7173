"""The nightly check: silent on what is sound, and each damage has its name."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.integrity.findings import CHECKS, all_findings
from tests.support.backups.databases import copied, its_key, using
from tests.support.integrity.corruptions import CORRUPTIONS, ON_SQLITE, Corruption

pytestmark = pytest.mark.any_engine


@pytest.fixture(scope="module")
def sound(furnished, tmp_path_factory, django_db_blocker):
    """A database that is damaged and mended again, for all tests here."""
    file = tmp_path_factory.mktemp("integrity") / "portal.sqlite3"
    url = copied(furnished, file)
    with django_db_blocker.unblock(), using(url), its_key():
        yield


@contextmanager
def damaged(corruption: Corruption):
    """Constraints and keys of others do not keep it from happening."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("BEGIN")
        cursor.execute(corruption.sql)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def test_what_is_sound_has_no_finding(sound, capsys):
    call_command("check_integrity")
    assert capsys.readouterr().out == "Everything is sound.\n"


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda one: one.name)
def test_each_damage_is_found_and_named(sound, corruption):
    with damaged(corruption):
        found = [f"{corruption.check}: {fault}" for fault in CHECKS[corruption.check]()]
    assert any(finding.startswith(corruption.finding) for finding in found), found
    assert all("\n" not in finding for finding in found)


@pytest.mark.parametrize("corruption", ON_SQLITE, ids=lambda one: one.name)
def test_damage_to_the_file_is_found(
    furnished, tmp_path, corruption, django_db_blocker
):
    url = copied(furnished, tmp_path / "portal.sqlite3")
    with django_db_blocker.unblock(), using(url), its_key():
        with connection.cursor() as cursor:
            cursor.execute(corruption.sql)
        found = list(all_findings())
    assert any(finding.startswith(corruption.finding) for finding in found), found


def test_the_command_fails_with_a_line_for_each(
    furnished, tmp_path, django_db_blocker, capsys
):
    url = copied(furnished, tmp_path / "portal.sqlite3")
    with django_db_blocker.unblock(), using(url), its_key():
        with connection.cursor() as cursor:
            for corruption in CORRUPTIONS[:2]:
                cursor.execute(corruption.sql)
        with pytest.raises(CommandError, match="Findings: 3") as failed:
            call_command("check_integrity")
    assert failed.value.returncode == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
