"""The front: whole answers kept for everybody, also while the database is away."""

import gzip
import re
import sqlite3
from datetime import timedelta

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from portal.kept_answers.front import Front
from statements.models import DataVersion
from tests.support.deployment.logs import recorded

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_engine,
    pytest.mark.usefixtures("lasting_connection"),
]

PAGES = ("/ko/", "/en/statements/G1.C1/", "/en/statements/?region=europe", "/ko/tasks/")


class Asked:
    """An answer of a WSGI application, and whether Django was asked for it."""

    def __init__(self, front, django, path: str, method="GET", **headers: str) -> None:
        before = django.count
        environ = RequestFactory(headers=headers).generic(method, path).environ
        environ["HTTP_HOST"] = headers.get("host", "testserver")
        parts = front(environ, self.start)
        self.body = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
        self.is_kept = django.count == before

    def start(self, status, headers, *_error) -> None:
        self.status = int(status[:3])
        self.headers = {name.lower(): value for name, value in headers}
        assert len(self.headers) == len(headers) - len(self.cookies(headers)) + bool(
            self.cookies(headers)
        )

    @staticmethod
    def cookies(headers) -> list[str]:
        return [value for name, value in headers if name.lower() == "set-cookie"]

    @property
    def text(self) -> str:
        return self.body.decode()


class CountedDjango:
    def __init__(self) -> None:
        self.count = 0
        self.handler = WSGIHandler()

    def __call__(self, environ, start_response):
        self.count += 1
        return self.handler(environ, start_response)


@pytest.fixture
def ask(settings):
    settings.VERSION_CHECK_SECONDS = 0
    django = CountedDjango()
    front = Front(django)

    def ask(path: str, method: str = "GET", **headers: str) -> Asked:
        return Asked(front, django, path, method, **headers)

    ask.front = front
    return ask


@pytest.fixture
def no_database(monkeypatch):
    def away(*args):
        error = OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    def lose() -> None:
        monkeypatch.setattr(DataVersion, "current", away)
        monkeypatch.setattr(
            "django.db.models.sql.compiler.SQLCompiler.execute_sql", away
        )

    yield lose


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_made_once_and_kept_as_it_is(ask, client, path):
    first, second = ask(path), ask(path)
    assert (first.is_kept, second.is_kept) == (False, True)
    assert first.status == second.status == 200
    assert first.body == second.body == client.get(path).content
    own = ("x-request-id",)
    assert {n: v for n, v in first.headers.items() if n not in own} == {
        n: v for n, v in second.headers.items() if n not in own
    }
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    for name in ("content-security-policy", "x-frame-options", "content-language"):
        assert second.headers[name]
    assert "set-cookie" not in first.headers
    assert "stale-while-revalidate" in second.headers["cache-control"]
    assert second.headers["vary"] == "Accept-Encoding"


def test_a_page_is_sent_in_the_form_that_the_reader_takes(ask):
    plain = ask("/en/")
    for accepted, encoding, unpack in (
        ("gzip, deflate", "gzip", gzip.decompress),
        ("gzip, br;q=0.5", "br", brotli.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity, br;q=0.0", None, bytes),
    ):
        answer = ask("/en/", **{"accept-encoding": accepted})
        assert answer.is_kept
        assert answer.headers.get("content-encoding") == encoding
        assert unpack(answer.body) == plain.body
        assert int(answer.headers["content-length"]) == len(answer.body)
    etags = {
        ask("/en/", **{"accept-encoding": accepted}).headers["etag"]
        for accepted in ("", "gzip", "br")
    }
    assert len(etags) == 3
    assert all(re.fullmatch(r'"[\w-]+"', etag) for etag in etags)


def test_the_first_answer_is_compressed_too(ask):
    answer = ask("/en/goals/", **{"accept-encoding": "br"})
    assert not answer.is_kept
    assert b"</html>" in brotli.decompress(answer.body)


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_who_has_the_page_hears_so(ask, encoding):
    headers = {"accept-encoding": encoding}
    known = ask("/en/", **headers).headers["etag"]
    for told in (known, f"W/{known}", f'"other", {known}'):
        answer = ask("/en/", **headers, **{"if-none-match": told})
        assert (answer.status, answer.body, answer.is_kept) == (304, b"", True)
        assert answer.headers["etag"] == known
        assert "content-length" not in answer.headers
    DataVersion.move()
    answer = ask("/en/", **headers, **{"if-none-match": known})
    assert answer.status == 200
    assert answer.headers["etag"] != known


def test_head_is_the_page_without_its_body(ask):
    whole, head = ask("/en/"), ask("/en/", method="HEAD")
    assert (head.body, head.is_kept) == (b"", True)
    assert head.headers["content-length"] == str(len(whole.body))


def test_a_change_is_seen_at_once_where_each_request_asks(ask):
    assert not ask("/en/").is_kept
    DataVersion.move()
    assert not ask("/en/").is_kept
    assert ask("/en/").is_kept


def test_a_day_that_begins_in_korea_makes_pages_anew(ask, monkeypatch):
    ask("/ko/timeline/")
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("portal.kept_answers.store.today_in_korea", lambda: tomorrow)
    assert not ask("/ko/timeline/").is_kept


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/en/", {"cookie": "sessionid=abc"}),
        ("/en/", {"referer": "http://testserver/ko/"}),
        ("/admin/login/", {}),
        ("/en/statements.csv", {}),
        ("/api/v1/statements/", {}),
        ("/en/nowhere/", {}),
        ("/en/statements/G1.C1/report/", {}),
        ("/en/", {"host": "elsewhere.example"}),
    ],
)
def test_what_is_of_one_reader_is_never_kept(ask, path, headers):
    ask("/en/")
    assert not ask(path, **headers).is_kept
    assert not ask(path, **headers).is_kept


def test_a_page_of_a_reader_with_cookies_is_that_of_all_others(ask):
    cookies = "scale=150; mode=dark; django_language=ko; csrftoken=" + "a" * 32
    assert ask("/en/").body == ask("/en/", cookie=cookies).body
    assert ask("/en/", cookie=cookies).is_kept


@pytest.mark.parametrize("path", ["/en/", "/ko/statements/?region=europe"])
def test_nobody_can_put_anything_into_the_page_of_others(ask, client, path):
    """The first reader's headers decide what is kept for all: none of them shows."""
    strange = dict.fromkeys(
        (
            *("x-forwarded-host", "x-host", "forwarded", "x-original-url", "origin"),
            *("x-rewrite-url", "accept-language", "user-agent", "referer", "via"),
            *("x-forwarded-for", "x-request-id", "x-forwarded-prefix", "authorization"),
        ),
        "https://intruder.example/",
    )
    first = ask(path, cookie="scale=intruder; django_language=intruder", **strange)
    kept = ask(path)
    assert (first.is_kept, kept.is_kept) == (False, True)
    assert kept.body == client.get(path).content
    assert not any("intruder" in value for value in kept.headers.values())


def test_the_sheet_of_choices_is_kept_for_each_pair_of_them(ask):
    for cookie in ("", "scale=150", "scale=150; mode=contrast"):
        assert not ask("/look.css", cookie=cookie).is_kept
        assert ask("/look.css", cookie=cookie).is_kept
    assert ask("/look.css", cookie="scale=99").is_kept
    DataVersion.move()
    assert ask("/look.css").is_kept
    assert "Cookie" in ask("/look.css").headers["vary"]
    assert ask("/look.css").headers["cache-control"] == "private, no-cache"


def test_addresses_that_anybody_makes_up_take_the_place_of_no_page(ask):
    ask("/en/about/")
    ask.front.queries.most_bytes = 50_000
    for number in range(8):
        ask(f"/en/about/?made-up={number}")
    assert ask.front.queries.bytes <= 50_000
    assert not ask("/en/about/?made-up=0").is_kept
    assert ask("/en/about/").is_kept
    assert len(ask.front.queries.answers) < 8


def test_kept_answers_are_recorded_as_others(ask):
    ask("/en/statements/?region=europe")
    with recorded() as lines:
        answer = ask("/en/statements/?region=europe")
    [record] = lines.access()
    assert record["request_id"] == answer.headers["x-request-id"]
    assert (record["method"], record["status"], record["queries"]) == ("GET", 200, 0)
    assert record["path"] == "/en/statements/"
    assert record["parameters"] == ["region"]


def test_published_pages_are_read_without_the_database(ask, no_database):
    before = ask("/en/goals/1/")
    no_database()
    answer = ask("/en/goals/1/")
    assert (answer.status, answer.is_kept) == (200, True)
    assert "The database is not responding right now. This page was saved on" in (
        answer.text
    )
    assert re.sub(r'<aside class="kept-notice".*?</aside>\s*', "", answer.text) == (
        before.text
    )
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    missing = ask("/en/goals/2/")
    assert missing.status == 503
    assert int(missing.headers["retry-after"]) > 0


def test_the_notice_is_in_the_language_of_the_page(ask, no_database):
    ask("/ko/goals/1/")
    no_database()
    assert (
        "지금 데이터베이스가 응답하지 않습니다. 이 페이지는" in ask("/ko/goals/1/").text
    )


def test_yesterdays_page_is_better_than_none(ask, no_database, monkeypatch):
    ask("/ko/timeline/")
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("portal.kept_answers.store.today_in_korea", lambda: tomorrow)
    no_database()
    assert ask("/ko/timeline/").status == 200


def test_a_database_that_is_back_is_used_without_a_restart(ask, monkeypatch):
    ask("/en/")
    with monkeypatch.context() as lost:
        lost.setattr(
            DataVersion, "current", lambda: (_ for _ in ()).throw(OperationalError)
        )
        assert "kept-notice" in ask("/en/").text
    assert "kept-notice" not in ask("/en/").text
    assert ask("/en/").headers["etag"]
