"""A database that is away or has no time: 503 with a hint when to come back, and
whatever needs no database goes on.
"""

import json
import re
import sqlite3
import subprocess
import sys

import pytest
from django.contrib.auth.models import User
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils.html import escape

from portal import urls
from portal.failures.outages import is_outage
from statements.models import StatementQuerySet
from tests.support.deployment.logs import recorded
from tests.support.serving import PROJECT, environment

pytestmark = pytest.mark.django_db
TEXT = "초안의 hunter2"


def takes_long(request) -> HttpResponse:
    """Sleeps for an hour where the database lets it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
        cursor.execute("SELECT pg_sleep(3600)")
    return HttpResponse()


def waits(request) -> HttpResponse:
    """Wants a table that another connection has."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20ms'")
        cursor.execute("SELECT count(*) FROM desk_proposal")
    return HttpResponse()


def violates(request) -> HttpResponse:
    """Breaks a constraint, which PostgreSQL tells with the text that was sent."""
    with transaction.atomic():
        User.objects.bulk_create([User(username=TEXT), User(username=TEXT)])
    return HttpResponse()


urlpatterns = [
    path("takes-long/", takes_long),
    path("waits/", waits),
    path("violates/", violates),
    path("api/v1/takes-long/", takes_long),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def failing(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def assert_is_unavailable(answer) -> None:
    text = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "no-store" in answer["Cache-Control"]
    assert "데이터베이스가 지금 응답하지 않습니다" in text
    assert "The database is not responding. Try again in about 30 seconds." in text
    assert answer["X-Request-ID"] in text
    assert '<header class="masthead">' in text


def test_a_statement_that_takes_too_long_is_503(failing, is_postgresql):
    if not is_postgresql:
        pytest.skip("SQLite has no limit of a statement")
    with recorded() as lines:
        assert_is_unavailable(failing.get("/takes-long/"))
    [record] = lines.without_access()
    assert record["level"] == "ERROR"
    assert "57014" in record["exception"]


def test_the_api_says_it_as_a_problem(failing, is_postgresql):
    if not is_postgresql:
        pytest.skip("SQLite has no limit of a statement")
    headers = {"accept-language": "en"}
    answer = failing.get("/api/v1/takes-long/", headers=headers)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "The database is not responding right now."
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_lock_that_is_not_given_in_time_is_503(failing, is_postgresql):
    if not is_postgresql:
        pytest.skip("locks of tables are PostgreSQL's")
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE desk_proposal IN ACCESS EXCLUSIVE MODE")
        with recorded() as lines:
            assert_is_unavailable(failing.get("/waits/"))
    finally:
        other.close()
    assert "55P03" in lines.without_access()[0]["exception"]


def test_a_mistake_of_the_program_is_500_and_its_record_repeats_no_value(failing):
    with recorded() as lines:
        answer = failing.get("/violates/")
    assert answer.status_code == 500
    [record] = lines.without_access()
    assert "IntegrityError" in record["exception"]
    assert "hunter2" not in record["exception"]
    assert "DETAIL" not in record["exception"]


def wrapped(error: Exception, **attributes: object) -> Exception:
    """An exception of Django's, as it wraps the driver's."""
    cause = type("Cause", (Exception,), attributes)()
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        *((wrapped(OperationalError(), sqlstate=s), True) for s in ("57014", "57P01")),
        *((wrapped(OperationalError(), sqlstate=s), True) for s in ("40P01", "53300")),
        (wrapped(IntegrityError(), sqlstate="23505"), False),
        (wrapped(DataError(), sqlstate="22P02"), False),
        (wrapped(OperationalError(), sqlstate="54001"), False),
        *(
            (wrapped(OperationalError(), sqlite_errorcode=c), True)
            for c in (5, 262, 14)
        ),
        # "no such table", "too many SQL variables": of the program.
        (wrapped(OperationalError(), sqlite_errorcode=1), False),
        (InterfaceError("connection already closed"), True),
        (RuntimeError(), False),
        (None, False),
    ],
)
def test_what_passes_is_told_from_what_does_not(error, expected):
    assert is_outage(error) is expected


#: With the cookie of a session, which must not be looked up for these.
WITHOUT_DATABASE = (
    *("/healthz", "/robots.txt", "/en/nowhere/", "/ko/nowhere/", "/nowhere", "/x.php"),
    *("/api/v1/nowhere/", "/static/nothing.css", "/favicon.ico", "/wp-admin/setup.php"),
    *("/en/goals/99999999999999999999/x", "/data/nothing/x"),
)


@pytest.mark.any_engine
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS"])
def test_what_needs_no_database_does_not_ask_it(method):
    client = Client()
    for address in WITHOUT_DATABASE:
        client.cookies["sessionid"] = "s" * 32
        with CaptureQueriesContext(connection) as queries:
            answer = client.generic(method, address)
        assert answer.status_code in (200, 204, 302, 403, 404, 405), address
        assert len(queries) == 0, (address, queries.captured_queries)


@pytest.mark.any_engine
def test_a_host_that_is_unknown_does_not_ask_it_either(client):
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/en/goals/", headers={"host": "evil"}).status_code == 400
    assert len(queries) == 0


NEEDING = ("/en/", "/ko/goals/", "/api/v1/statements/", "/en/statements.csv", "/readyz")


def test_with_the_database_gone_the_rest_goes_on(tmp_path, is_postgresql):
    """In a process of its own, whose database is stopped or no database at all."""
    engine = "postgresql" if is_postgresql else "sqlite"
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.deployment.outage", engine],
        cwd=PROJECT,
        env=environment(tmp_path / "portal.sqlite3"),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    statuses = json.loads(run.stdout)
    assert {statuses.pop(address) for address in NEEDING} == {503}
    assert statuses.pop("/healthz") == statuses.pop("/robots.txt") == 200
    assert set(statuses.values()) == {404}
    records = [json.loads(line) for line in run.stderr.splitlines()]
    access = [r["status"] for r in records if r["logger"] == "portal.access"]
    failures = [r for r in records if r["level"] == "ERROR"]
    # On PostgreSQL the first was before: without tables it is not ready either.
    assert access.count(503) == len(failures) == len(NEEDING) + is_postgresql


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/goals/", "/ko/goals/", "/api/v1/statements/"])
def test_a_database_that_is_away_is_503_in_words(monkeypatch, path):
    def gone(_statements):
        lost = sqlite3.OperationalError("unable to open database file")
        lost.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise OperationalError from lost

    monkeypatch.setattr(StatementQuerySet, "published", gone)
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "no-store" in answer["Cache-Control"]
    if path.startswith("/api/"):
        assert answer.json()["type"].endswith("#unavailable")
    else:
        assert "데이터베이스가 지금 응답하지 않습니다" in answer.content.decode()


def test_the_desk_loses_nothing_that_was_typed(editor, monkeypatch):
    """The page has the form once more, for when the database is back."""
    typed = {"note": 'Typed "long"\nago <b>', "password": "hunter2", "kind": ["a", "b"]}

    def away(*args, **kwargs):
        error = OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    editor.raise_request_exception = False
    with monkeypatch.context() as lost:
        lost.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", away)
        answer = editor.post("/admin/translations/", typed)
    assert_is_unavailable(answer)
    text = answer.content.decode()
    assert "입력하신 내용은 이 페이지에 그대로 남아 있습니다" in text
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text)
    assert ("note", escape(typed["note"])) in fields
    assert [value for name, value in fields if name == "kind"] == ["a", "b"]
    assert "hunter2" not in text
