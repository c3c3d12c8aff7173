"""What is no whole backup of this version is refused in words, and nothing changes."""

import json
import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from portal.backups.archive import MANIFEST, BackupArchive
from portal.backups.faults import BackupFault
from portal.backups.restoration import restore_backup
from tests.support.backups.databases import all_lines, using
from tests.support.backups.forgery import forged, retold

pytestmark = pytest.mark.any_engine
STATEMENTS = "tables/statements_statement.jsonl"
#: Places of which a byte is changed, all over the file.
PLACES = 60


def without_a_table(members, manifest):
    del members[STATEMENTS]


def without_a_table_that_is_told_of(members, manifest):
    del members[STATEMENTS]
    del manifest["tables"]["statements_statement"]


def with_a_path_that_leads_out(members, manifest):
    members["../../evil.py"] = b"import os\n"


def with_a_path_from_the_root(members, manifest):
    members["/etc/cron.d/evil"] = b"evil\n"


def with_an_endless_name(members, manifest):
    members["a/" * 20_000] = b""


def with_an_original_that_leads_out(members, manifest):
    sha256 = next(iter(manifest["names"]))
    manifest["names"][sha256] = "../../portal/settings.py"


def with_a_table_that_unpacks_to_more(members, manifest):
    members[STATEMENTS] += b"0" * 50_000_000


def with_another_row(members, manifest):
    members[STATEMENTS] = members[STATEMENTS].replace(b"G1.C1", b"G1.C9", 1)


def without_a_manifest(members, manifest):
    members[MANIFEST] = b""


def with_a_manifest_of_others(members, manifest):
    manifest.clear()
    manifest["format"] = 1


def with_another_format(members, manifest):
    manifest["format"] = 2


def with_other_migrations(members, manifest):
    manifest["migrations"]["statements"] = ["0999_later"]


def with_other_columns(members, manifest):
    manifest["columns"]["statements_statement"].reverse()


def with_a_row_twice(members, manifest):
    lines = members[STATEMENTS] + members[STATEMENTS].splitlines(keepends=True)[-1]
    members[STATEMENTS] = retold(manifest, "statements_statement", lines)


def with_an_orphan(members, manifest):
    lines = members[STATEMENTS].splitlines(keepends=True)[:-1]
    members[STATEMENTS] = retold(manifest, "statements_statement", b"".join(lines))


def with_a_value_of_no_date(members, manifest):
    name = "tables/statements_event.jsonl"
    place = manifest["columns"]["statements_event"].index("start")
    rows = [json.loads(line) for line in members[name].splitlines()]
    rows[0][place] = "yesterday"
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    members[name] = retold(manifest, "statements_event", lines)


def with_a_value_written_otherwise(members, manifest):
    """It is read, and would not come back as it stands."""
    name = "tables/statements_figure.jsonl"
    lines = members[name].replace(b'.00"', b'.000"', 1)
    members[name] = retold(manifest, "statements_figure", lines)


FORGERIES = {
    without_a_table: "damaged",
    without_a_table_that_is_told_of: "other tables or columns",
    with_a_path_that_leads_out: "evil.py",
    with_a_path_from_the_root: "damaged",
    with_an_endless_name: "damaged",
    with_an_original_that_leads_out: "a name that is none",
    with_a_table_that_unpacks_to_more: "is not what it was",
    with_another_row: "is not what it was",
    without_a_manifest: "no backup of the portal",
    with_a_manifest_of_others: "no backup of the portal",
    with_another_format: "does not read",
    with_other_migrations: "0999_later",
    with_other_columns: "other tables or columns",
    with_a_row_twice: "statements_statement: UNIQUE",
    with_an_orphan: "statements_",
    with_a_value_of_no_date: "statements_event: Invalid isoformat",
    with_a_value_written_otherwise: "statements_figure: row",
}


def refused(path: Path, url: str, words: str, is_replacing: bool = False) -> None:
    with using(url):
        before = all_lines()
        with pytest.raises(BackupFault, match=words):
            restore_backup(path, is_replacing)
        assert all_lines() == before


@pytest.mark.parametrize("change", FORGERIES, ids=lambda change: change.__name__)
def test_what_is_not_whole_changes_nothing(change, backup, furnished_url):
    """Not even a database whose rows were to be replaced."""
    path = forged(backup, change)
    refused(path, furnished_url, FORGERIES[change], is_replacing=True)


def test_a_byte_that_changed_anywhere_is_known(backup):
    whole = backup.read_bytes()
    damaged = backup.with_name("damaged.zip")
    for place in range(0, len(whole), len(whole) // PLACES):
        changed = bytes([whole[place] ^ 1])
        damaged.write_bytes(whole[:place] + changed + whole[place + 1 :])
        with pytest.raises(BackupFault, match="damaged"):
            BackupArchive(damaged).verify()


def test_a_file_that_was_not_written_to_its_end_is_known(backup, empty_url):
    whole = backup.read_bytes()
    cut = backup.with_name("cut.zip")
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:length])
        refused(cut, empty_url, "damaged")
    refused(backup.with_name("nothing.zip"), empty_url, "damaged")


def test_a_database_with_rows_is_only_replaced_when_told(backup, furnished_url):
    refused(backup, furnished_url, "not empty")
    with using(furnished_url):
        before = all_lines()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE statements_statement SET text_en = 'X'")
            cursor.execute("DELETE FROM statements_statement_regions")
        restore_backup(backup, is_replacing=True)
        assert all_lines() == before


def test_a_database_of_another_version_is_migrated_first(backup, empty_url):
    with using(empty_url), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'desk'")
    refused(backup, empty_url, "migrate first")


def test_nothing_is_restored_beside_a_writer(backup, empty_url):
    writer = sqlite3.connect(empty_url.removeprefix("sqlite:///"), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with using(empty_url):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 100")
        with pytest.raises(BackupFault, match="Others are writing"):
            restore_backup(backup)
        writer.execute("ROLLBACK")
        writer.close()
        restore_backup(backup)
