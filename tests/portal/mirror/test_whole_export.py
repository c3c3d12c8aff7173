"""The whole site, exported by a process of its own as cron has it done."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.mirror.copies import current_copy
from tests.support.mirror.reading_copies import broken_links, pages_of
from tests.support.serving import PATIENCE, PROJECT, QUIET, environment

pytestmark = [pytest.mark.audit, pytest.mark.unmeasured]


def begin_export(database: Path, folder: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "export_site", str(folder)],
        cwd=PROJECT,
        env=environment(database) | QUIET | {"SITE_URL": "http://127.0.0.1:80"},
    )


def wait_for_pages(folder: Path, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while not list(folder.glob("*.partial/*/*/index.html")):
        assert process.poll() is None, "the export ended early"
        assert time.monotonic() < until, "the export writes nothing"
        time.sleep(0.05)


def test_the_whole_site_is_copied_and_an_export_that_is_killed_changes_nothing(
    furnished, tmp_path
):
    database = Path(shutil.copy(furnished / "portal.sqlite3", tmp_path))
    folder = tmp_path / "mirror"
    assert begin_export(database, folder).wait() == 0
    current = folder / "current"
    before = current.resolve()

    killed = begin_export(database, folder)
    wait_for_pages(folder, killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait(timeout=PATIENCE)
    assert current.resolve() == before
    assert current_copy(folder).pages == len(pages_of(current))

    pages = pages_of(current)
    assert len(pages) > 700
    assert {p[3:] for p in pages if p[:4] == "/ko/"} == {
        p[3:] for p in pages if p[:4] == "/en/"
    }
    for path, text in pages.items():
        assert "Search is not available." in text, path
        assert "검색은 할 수 없습니다." in text, path
        assert "<form" not in text, path
    assert broken_links(current) == []
