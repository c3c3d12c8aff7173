"""Readers' pages come from a streaming replica: one that lags, one that is away."""

import subprocess
import sys

import pytest
from django.test import RequestFactory

from portal.backends import replica
from portal.backends.replica import PRIMARY, READS_FROM, REPLICA, read_on, reads_from
from tests.support.deployment.replication import primary, replica_of
from tests.support.deployment.web_server import PORTAL, app, ask_socket, wait_until
from tests.support.serving import PROJECT, environment

pytestmark = pytest.mark.any_engine
STAFF = f"sessionid={'s' * 32}"
GOAL, FILE = "/en/goals/1/", "/en/statements.csv?kind=goal"
SEARCH = "/en/statements/?q=APEC"
WORDS = "A title that was changed"
DROP = """
from django.db import connection
connection.cursor().execute("DROP TABLE desk_proposal")
"""
CHANGE = (
    f"UPDATE statements_statement SET title_en = '{WORDS}' WHERE code = 'G1'",
    "UPDATE statements_dataversion SET token = gen_random_uuid()",
)


@pytest.mark.parametrize(
    ("method", "path", "cookie", "is_of_reader"),
    [
        *(("GET", GOAL, "", True), ("HEAD", GOAL, "mode=dark", True)),
        *(("GET", GOAL, STAFF, False), ("POST", GOAL, "", False)),
        *(("GET", "/admin/login/", "", False), ("GET", "/ko/preview/1/", "", False)),
        *(("GET", "/en/reports/abc/", "", False), ("GET", "/api/v1/", "", True)),
        ("GET", "/en/statements/G1/report/", "", False),
    ],
)
def test_only_pages_for_readers_are_of_the_replica(method, path, cookie, is_of_reader):
    request = RequestFactory().generic(method, path, headers={"cookie": cookie})
    assert replica.is_of_reader(request) == is_of_reader


def test_a_file_is_read_on_where_it_was_begun():
    def parts():
        yield READS_FROM.get()
        yield READS_FROM.get()

    with reads_from(PRIMARY):
        body = read_on(parts())
        seen = [(part, READS_FROM.get()) for part in body]
    assert seen == [(REPLICA, PRIMARY)] * 2


@pytest.mark.audit
def test_readers_have_the_replica_and_staff_the_primary(tmp_path):
    with primary() as first, replica_of(first) as second:
        settings = environment(tmp_path) | {
            "DATABASE_URL": first.url("portal_app"),
            "DATABASE_REPLICA_URL": second.url("portal_app"),
            "ALLOWED_HOSTS": "portal.example",
        }
        assert_role_is_enough(settings)
        with app(tmp_path, *PORTAL, **settings):

            def ask(path: str, **headers: str):
                return ask_socket(tmp_path / "portal.sock", path, **headers)

            def has_words(path: str, **headers: str) -> bool:
                answer = ask(path, **headers)
                assert answer.status == 200, (path, headers)
                return WORDS in answer.body.decode()

            etag = ask(FILE).headers["etag"]
            # A replica that lags: all of a page is of then, its version too.
            second.sql("SELECT pg_wal_replay_pause()")
            first.sql(*CHANGE)
            assert has_words(GOAL, Cookie=STAFF) and has_words(FILE, Cookie=STAFF)
            assert not has_words(GOAL) and not has_words(FILE)
            assert ask(FILE, If_None_Match=etag).status == 304
            second.sql("SELECT pg_wal_replay_resume()")
            wait_until(lambda: has_words(GOAL) and has_words(FILE))
            assert ask(FILE, If_None_Match=etag).status == 200
            # A replica that is away, and comes back.
            second.stop()
            for path in (GOAL, FILE, SEARCH):
                assert ask(path).status == 200, path
            log = (tmp_path / "app.log").read_text()
            assert log.count("The replica is away") == 1
            second.start()
            wait_until(lambda: ask(GOAL) and is_back(tmp_path))
            # A primary that is away: readers read on, staff are told so.
            first.stop()
            for path in (GOAL, FILE, SEARCH, "/ko/", "/en/timeline/"):
                assert ask(path).status == 200, path
            assert ask("/admin/login/", Cookie=STAFF).status == 503
            assert ask("/readyz").status == 503
            first.start()
            wait_until(lambda: ask("/readyz").status == 200)


def is_back(folder) -> bool:
    return "The replica is back" in (folder / "app.log").read_text()


def assert_role_is_enough(settings: dict[str, str]) -> None:
    """The app's role writes rows, and changes no table."""
    for command, code in (("publish_due", 0), ("purge_logins", 0), ("migrate", 0)):
        run = subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=PROJECT,
            env=settings,
            capture_output=True,
            text=True,
        )
        assert run.returncode == code, run.stderr
    run = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", DROP],
        cwd=PROJECT,
        env=settings,
        capture_output=True,
        text=True,
    )
    assert "must be owner" in run.stderr
