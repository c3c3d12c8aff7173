"""No room on the disk: every file is whole, or there is an answer that says so."""

import errno
import io
import itertools
import tempfile
from collections.abc import Callable

import pytest
import xlsxwriter.packager
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from desk.intake.models import Intake
from explorer.exports import formats, statement_lines
from statements.models import Statement
from tests.support.crawling import Page

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
DOWNLOADS = [
    "/ko/statements.csv",
    "/ko/statements.xlsx",
    "/ko/statements.json",
    "/ko/timeline.ics",
    "/ko/timeline.csv",
    "/ko/figures.csv",
    "/data/statements.csv",
    "/data/statements.xlsx",
    "/data/statements.json",
    "/admin/bulk/sheets/statements.csv",
    "/admin/bulk/sheets/statements.xlsx",
]
ON_DISK = [path for path in DOWNLOADS if path.endswith("xlsx")]
SHEETS, INTAKE = "/admin/bulk/sheets/", "/admin/intake/"


class Full(io.BytesIO):
    """A file on a disk that has room for some bytes."""

    def __init__(self, room: int = 0) -> None:
        super().__init__()
        self.room = room

    def write(self, data):
        if self.tell() + len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def refuse(code: int) -> Callable:
    def raising(*_arguments, **_values):
        raise OSError(code, "of the system")

    return raising


def is_told(answer) -> None:
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer
    assert "Content-Disposition" not in answer
    page = answer.content.decode()
    assert "저장 공간이 부족" in page and "out of disk space" in page
    assert Page(page).headings


def test_a_file_says_its_length_and_is_whole(admin_client):
    for path in DOWNLOADS:
        answer = admin_client.get(path)
        assert answer.status_code == 200, path
        assert int(answer["Content-Length"]) == len(answer.getvalue()) > 0, path


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_disk_that_takes_nothing(admin_client, monkeypatch, code):
    """Where small files are in memory, they are as if too large for it."""
    monkeypatch.setattr(formats, "IN_MEMORY", 1)
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse(code))
    for path in DOWNLOADS:
        is_told(admin_client.get(path))
    monkeypatch.undo()
    assert admin_client.get(DOWNLOADS[0]).status_code == 200


@pytest.mark.parametrize("room", [0, 1000])
def test_a_disk_that_is_full_halfway(admin_client, monkeypatch, room):
    monkeypatch.setattr(formats, "IN_MEMORY", 1)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_a, **_v: Full(room))
    for path in DOWNLOADS:
        is_told(admin_client.get(path))


@pytest.mark.parametrize("place", ["mkdtemp", "mkstemp"])
def test_no_room_for_the_parts_of_a_workbook(admin_client, monkeypatch, place):
    monkeypatch.setattr(tempfile, place, refuse(errno.ENOSPC))
    for path in ON_DISK:
        is_told(admin_client.get(path))


# The library closes the zip that it began once more when it is forgotten.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_failed_leaves_no_file_behind(admin_client, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(
        xlsxwriter.packager.Packager, "_write_styles_file", refuse(errno.ENOSPC)
    )
    for path in ON_DISK:
        is_told(admin_client.get(path))
        assert list(tmp_path.iterdir()) == []


def test_no_folder_for_temporary_files(client, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/nowhere"])
    is_told(client.get("/ko/statements.xlsx"))


def test_rows_that_fail_halfway_are_no_half_file(client, monkeypatch):
    """Whatever it is that fails: the server ends an answer as if it were whole."""
    client.raise_request_exception = False
    rows = statement_lines.statement_json

    def failing(*arguments):
        yield from itertools.islice(rows(*arguments), 2)
        raise ConnectionResetError

    monkeypatch.setattr("explorer.exports.views.statement_json", failing)
    assert client.get("/ko/statements.json").status_code == 500


def test_the_checksum_of_a_file_that_failed_is_not_kept(client, monkeypatch):
    cache.clear()
    with monkeypatch.context() as full:
        full.setattr(tempfile, "TemporaryFile", refuse(errno.ENOSPC))
        is_told(client.get("/ko/data/"))
    assert client.get("/ko/data/").status_code == 200


@pytest.mark.parametrize(("path", "name"), [(SHEETS, "sheet"), (INTAKE, "file")])
@pytest.mark.parametrize("at", ["new_file", "receive_data_chunk"])
def test_an_upload_that_finds_no_room(admin_client, monkeypatch, at, path, name):
    handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler"
    monkeypatch.setattr(f"{handler}.{at}", refuse(errno.ENOSPC))
    before = Statement.objects.count()
    large = SimpleUploadedFile("x", b"a" * 100_000)
    is_told(admin_client.post(path, {name: large}))
    assert Statement.objects.count() == before
    assert not Intake.objects.exists()


def test_a_text_for_which_the_database_has_no_room(admin_client, monkeypatch):
    def raising(*_arguments, **_values):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("desk.intake.steps.Intake.objects.create", raising)
    is_told(admin_client.post(INTAKE, {"pasted": "□ 제목"}))
    assert not Intake.objects.exists()


def test_a_full_database_is_told_too(client, monkeypatch):
    def raising(*_arguments):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("portal.preferences.own_address", raising)
    is_told(client.post("/preferences/", {"mode": "dark"}))


def test_it_is_logged_once_with_its_place(client, monkeypatch, caplog):
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse(errno.ENOSPC))
    client.get("/ko/statements.xlsx")
    [record] = [one for one in caplog.records if one.name == "django.request"]
    assert record.status_code == 503
    assert record.exc_info


def test_other_errors_are_no_matter_of_the_disk(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse(errno.EMFILE))
    assert client.get("/ko/statements.xlsx").status_code == 500


def test_the_desk_has_its_pages_without_a_disk(admin_client, monkeypatch):
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse(errno.ENOSPC))
    assert admin_client.get(SHEETS).status_code == 200
    export = reverse("staff:translation_export")
    assert admin_client.get(export, {"whole": "goals"}).status_code == 200
