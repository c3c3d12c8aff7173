"""Backups on SQLite: what is in them, which are written, which stay."""

import stat
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from desk.models import Intake
from desk.sessions.models import StaffSession
from portal.backups import backup as backup_module
from portal.backups.archive import BackupArchive, table_member
from portal.backups.backup import back_up
from portal.backups.faults import BackupFault
from portal.backups.restoration import restore_backup
from portal.backups.retention import file_for, superfluous, writing_in
from portal.backups.sequences import last_numbers
from portal.backups.tables import LEFT_OUT_TABLES, all_tables, kept_tables
from statements.gate import Note, gate
from statements.models import Document, GlossaryTerm, Statement
from statements.pages.originals import originals_by_hash
from tests.support.backups.databases import all_lines, using
from tests.support.backups.oddities import odd_rows

pytestmark = pytest.mark.any_engine
OF_THE_INDEX = "statements_searchentry_fts"
NOTE = Note(ko="시험", en="Test")


def test_every_table_is_in_a_backup_or_left_out_by_name(furnished_url):
    with using(furnished_url):
        there = {
            name
            for name in connection.introspection.table_names()
            if not name.startswith(OF_THE_INDEX)
        }
    kept = {table.name for table in kept_tables()}
    assert kept | LEFT_OUT_TABLES == there == {table.name for table in all_tables()}


def test_everything_comes_back_as_it_was(backup, furnished_url, empty_url):
    with using(furnished_url):
        before, numbers = all_lines(), last_numbers(kept_tables())
        assert StaffSession.objects.exists()
    with using(empty_url):
        restore_backup(backup)
        assert all_lines() == before
        assert last_numbers(kept_tables()) == numbers
        assert not StaffSession.objects.exists()
        found = Statement.objects.search("동맹").values_list("code", flat=True)
        again = list(found)
    with using(furnished_url):
        assert again == list(found.all())
    assert again and len(before["statements_revision"]) > 180


def test_odd_values_come_back_exactly(furnished_url, empty_url, tmp_path):
    with using(furnished_url):
        odd_rows()
        path = back_up(tmp_path / "backups", 5).path
        before = all_lines()
    with using(empty_url):
        restore_backup(path)
        assert all_lines() == before
        assert bytes(Intake.objects.get(name="odd").original) == bytes(range(256))


def test_the_originals_of_documents_come_back(backup, empty_url, tmp_path, settings):
    """To a portal that lacks them."""
    sources = settings.BASE_DIR / "fixtures" / "sources"
    settings.BASE_DIR = tmp_path / "elsewhere"
    there = settings.BASE_DIR / "fixtures" / "sources"
    there.mkdir(parents=True)
    originals_by_hash.cache_clear()
    try:
        with using(empty_url):
            restore_backup(backup)
            assert {document.file for document in Document.objects.public()} == {
                path.name for path in originals_by_hash().values()
            }
    finally:
        originals_by_hash.cache_clear()
    for path in there.iterdir():
        assert path.read_bytes() == (sources / path.name).read_bytes()
    assert len(list(there.iterdir())) == 2


def test_no_number_is_given_twice(furnished_url, empty_url, tmp_path):
    """Not even that of a row which was deleted before the backup."""
    with using(furnished_url):
        last = new_term()
        with gate(None, NOTE):
            GlossaryTerm.objects.filter(pk=last).delete()
        path = back_up(tmp_path / "backups", 5).path
    with using(empty_url):
        restore_backup(path)
        assert new_term() == last + 1


def new_term() -> int:
    values = {"korean": "끝", "english": "End", "is_established": False}
    with gate(None, NOTE):
        return GlossaryTerm.objects.create(position=999, **values).pk


def test_a_backup_is_its_owners_alone_and_nothing_else_is_left(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700
    assert {path.name for path in backup.parent.iterdir()} == {backup.name, ".lock"}


def test_what_is_the_same_is_not_written_again(backup, furnished_url, monkeypatch):
    later = iter(datetime.now(UTC) + timedelta(minutes=n) for n in range(5, 99, 5))
    monkeypatch.setattr("django.utils.timezone.now", lambda: next(later))
    written = []
    write = backup_module.write_backup
    monkeypatch.setattr(
        backup_module, "write_backup", lambda *a: written.append(a) or write(*a)
    )
    with using(furnished_url):
        assert back_up(backup.parent, 5) == (backup, False, 0)
        assert not written, "it has read everything, and nobody had written"
        StaffSession.objects.update(address="192.0.2.7")
        assert back_up(backup.parent, 5) == (backup, False, 0)
        assert back_up(backup.parent, 5) == (backup, False, 0)
        assert len(written) == 1, "it did not keep that sessions are no change"
        with gate(None, NOTE):
            Statement.objects.filter(code="G1.C1").update(text_en="Other words")
        path, is_new, _ = back_up(backup.parent, 5)
    assert is_new and path != backup
    assert not list(backup.parent.glob("*.unfinished"))


def test_the_newest_stay_and_the_last_of_each_day(tmp_path):
    start = datetime(2031, 1, 1, tzinfo=UTC)
    every_hour = [file_for(tmp_path, start + timedelta(hours=n)) for n in range(960)]
    dropped = superfluous([*every_hour, tmp_path / "other.zip"], keep=48)
    kept = [path for path in every_hour if path not in dropped]
    assert kept[-48:] == every_hour[-48:]
    assert len(kept) == 48 + 28
    assert all("T230000Z" in path.name for path in kept[:-48])


def test_two_do_not_write_at_once(backup, furnished_url):
    refused = pytest.raises(BackupFault, match="Another backup is being written")
    with using(furnished_url), writing_in(backup.parent), refused:
        back_up(backup.parent, 5)


def test_a_folder_that_takes_nothing_is_told_and_left(furnished_url, tmp_path):
    (tmp_path / "file").write_text("")
    with using(furnished_url), pytest.raises(BackupFault, match="could not be written"):
        back_up(tmp_path / "file" / "backups", 5)


def test_a_backup_is_of_one_moment(furnished_url, tmp_path, monkeypatch):
    """Others publish while it is written: it has row and history, or neither."""
    write = backup_module.ArchiveWriter.add
    publish = publishing_in_a_thread(furnished_url)

    def add(self, member, lines):
        if member == table_member("statements_statement"):
            publish()
        return write(self, member, lines)

    monkeypatch.setattr(backup_module.ArchiveWriter, "add", add)
    with using(furnished_url):
        path = back_up(tmp_path / "backups", 5).path
        assert Statement.objects.get(code="G1.C1").text_en == "Published meanwhile"
    held = b"".join(BackupArchive(path).lines(table_member("statements_statement")))
    assert b"Published meanwhile" not in held


def publishing_in_a_thread(url):
    def publish():
        with using(url), gate(None, NOTE):
            statement = Statement.objects.get(code="G1.C1")
            statement.text_en = "Published meanwhile"
            statement.save()

    def run():
        thread = threading.Thread(target=publish)
        thread.start()
        thread.join()

    return run


def test_the_commands_say_what_they_did(
    furnished_url, empty_url, tmp_path, settings, capsys
):
    settings.BACKUP_DIR = tmp_path / "backups"
    with using(furnished_url):
        call_command("backup", keep=3)
        call_command("backup")
        with pytest.raises(CommandError, match="from 1"):
            call_command("backup", keep=0)
    written, same = capsys.readouterr().out.splitlines()
    path = written.removeprefix("Written: ")
    assert same == f"Nothing has changed since {path}"
    with using(empty_url):
        call_command("restore", path)
        assert "rows of 48 tables" in capsys.readouterr().out
        with pytest.raises(CommandError, match="not empty"):
            call_command("restore", path)
        call_command("restore", path, replace=True)
