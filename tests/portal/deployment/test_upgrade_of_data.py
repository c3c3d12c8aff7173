"""The data of the last release, with people, drafts and proposals, in this one."""

import lzma
import sqlite3
import subprocess
import sys

import pytest
from django.db.backends.sqlite3._functions import register

from tests.support.deployment.web_server import PORTAL, app, ask_socket
from tests.support.serving import PROJECT, environment

pytestmark = [pytest.mark.any_engine, pytest.mark.audit]
#: Its database as its tests furnished it, without passwords and sessions.
RELEASE = PROJECT / "tests" / "support" / "deployment" / "release_0_11_0.sqlite3.xz"
KEPT = ("auth_user", "desk_proposal", "statements_revision", "statements_statement")
PAGES = (
    *("/en/", "/ko/goals/1/", "/en/statements/?q=APEC", "/en/statements.csv"),
    *("/en/timeline/", "/api/v1/statements/", "/en/statements/2025.T3.3/history/"),
)


def rows(database) -> list[list[int]]:
    """The keys of all rows of the tables that people wrote."""
    with sqlite3.connect(database) as opened:
        register(opened)
        assert not opened.execute("PRAGMA foreign_key_check").fetchall()
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [
            [key for (key,) in opened.execute(f"SELECT id FROM {table} ORDER BY id")]
            for table in KEPT
        ]


def test_the_data_of_the_last_release_is_taken_over(tmp_path):
    database = tmp_path / "portal.sqlite3"
    database.write_bytes(lzma.decompress(RELEASE.read_bytes()))
    before = rows(database)
    assert all(before)
    settings = environment(database) | {"ALLOWED_HOSTS": "portal.example"}
    for command in (("migrate", "--verbosity=0"), ("load_corpus", "--if-empty")):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=PROJECT,
            env=settings,
            check=True,
        )
    assert rows(database) == before
    with app(tmp_path, *PORTAL, **settings):
        for page in PAGES:
            answer = ask_socket(tmp_path / "portal.sock", page)
            assert answer.status == 200 and answer.body, page
        assert b"APEC" in ask_socket(tmp_path / "portal.sock", PAGES[2]).body
