"""Searches, files and the API are limited by address; nothing else is."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.test import Client

from explorer.rate_limits import RateLimit, client_of
from explorer.results import views as results

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
MOST = 3
SEARCH = "/en/statements/?q=APEC"
FILE = "/en/goals.csv"
API = "/api/v1/statements/G1.C1/"
#: Far from the end of a minute of the counter.
NOON = 1_800_000_000.0


@pytest.fixture(autouse=True)
def limited(settings, monkeypatch):
    settings.RATE_LIMITS = {"search": MOST, "files": MOST, "api": MOST}
    caches["limits"].clear()
    monkeypatch.setattr("explorer.rate_limits.time.time", lambda: NOON)
    yield
    caches["limits"].clear()


def spend(client, path: str, **headers) -> None:
    for _ in range(MOST):
        assert client.get(path, **headers).status_code == 200


@pytest.mark.parametrize(
    "path", [SEARCH, FILE, API, "/en/glossary/?q=ODA", "/data/statements.csv"]
)
def test_what_is_asked_too_often_is_429_and_says_when_to_come_back(client, path):
    spend(client, path)
    answer = client.get(path)
    assert answer.status_code == 429
    assert answer["Retry-After"] == str(60 - int(NOON) % 60)
    assert answer["Cache-Control"] == "no-store"
    assert client.head(path).status_code == 429


@pytest.mark.parametrize("path", [SEARCH, FILE, API])
def test_the_next_minute_is_a_new_one(client, path, monkeypatch):
    spend(client, path)
    assert client.get(path).status_code == 429
    monkeypatch.setattr("explorer.rate_limits.time.time", lambda: NOON + 60)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_speaks_both_languages_and_asks_no_database(
    client, language, django_assert_num_queries
):
    path = f"/{language}/statements/?q=APEC"
    spend(client, path)
    with django_assert_num_queries(0):
        markup = client.get(path).content.decode()
    assert "<p>이 인터넷 주소에서" in markup
    assert '<p lang="en">Too many searches or files were requested' in markup


@pytest.mark.parametrize(
    ("language", "told"),
    [("ko", "뒤에 다시"), ("en", "Too many requests. Try again in")],
)
def test_the_api_answers_with_a_problem_that_every_site_can_read(
    client, language, told
):
    headers = {"HTTP_ACCEPT_LANGUAGE": language}
    spend(client, API, **headers)
    answer = client.get(API, **headers)
    problem = json.loads(answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["status"] == 429
    assert problem["type"].endswith("/api/v1/docs#too-many-requests")
    assert told in problem["title"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Language"] == language
    docs = client.get("/api/v1/docs").content.decode()
    assert 'id="too-many-requests"' in docs


def test_pages_are_never_limited(client):
    for path in (SEARCH, FILE, API):
        spend(client, path)
    for path in ("/en/", "/en/statements/?region=africa", "/ko/statements/G1.C1/"):
        for _ in range(MOST + 2):
            assert client.get(path).status_code == 200
    for path in ("/api/v1/", "/api/v1/docs", "/api/v1/openapi.json", "/robots.txt"):
        assert client.get(path).status_code == 200
    assert client.options(API).status_code == 204


@pytest.mark.parametrize("path", [FILE, API, "/en/statements.atom"])
def test_who_has_an_answer_already_is_never_refused(client, path):
    language = {"HTTP_ACCEPT_LANGUAGE": "en"}
    etag = client.get(path, **language)["ETag"]
    for known in (etag, f'"other", {etag}'):
        for _ in range(MOST):
            answer = client.get(path, HTTP_IF_NONE_MATCH=known, **language)
            assert answer.status_code == 304


@pytest.mark.parametrize("path", [FILE, API])
def test_who_has_another_answer_counts(client, path):
    language = {"HTTP_ACCEPT_LANGUAGE": "en"}
    other = client.get(path, **language)["ETag"].replace("-en", "-ko")
    for _ in range(MOST):
        client.get(path, HTTP_IF_NONE_MATCH=other, **language)
    answer = client.get(path, HTTP_IF_NONE_MATCH=other, **language)
    assert answer.status_code == 429


def test_a_known_version_is_no_way_around_the_limit_of_searches(client):
    etag = client.get(FILE)["ETag"]
    for _ in range(MOST):
        client.get(SEARCH, HTTP_IF_NONE_MATCH=etag)
    assert client.get(SEARCH, HTTP_IF_NONE_MATCH=etag).status_code == 429


def test_each_address_and_each_sort_counts_by_itself(client):
    spend(client, SEARCH)
    assert client.get(FILE).status_code == 200
    assert client.get(SEARCH, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get(SEARCH).status_code == 429


def test_words_in_a_file_count_for_both(client):
    spend(client, SEARCH)
    assert client.get("/en/statements.csv?q=APEC").status_code == 429
    assert client.get("/api/v1/statements/?q=APEC").status_code == 429
    assert client.get("/en/statements.csv").status_code == 200


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        (None, ""),
        ("nonsense", ""),
        ("1" * 5000, ""),
    ],
)
def test_a_client_is_an_address_or_the_network_of_a_line(address, client):
    assert client_of(address) == client


def test_an_ipv6_line_is_one_client(client):
    for number in range(MOST):
        address = f"2001:db8:0:1::{number:x}"
        assert client.get(SEARCH, REMOTE_ADDR=address).status_code == 200
    assert client.get(SEARCH, REMOTE_ADDR="2001:db8:0:1:9::").status_code == 429
    assert client.get(SEARCH, REMOTE_ADDR="2001:db8:0:2::").status_code == 200


def test_many_at_the_same_moment_are_all_counted():
    limit, start = RateLimit("search", 50), threading.Barrier(8)

    def take(_number) -> int:
        start.wait()
        return sum(limit.take("192.0.2.1") > 0 for _ in range(25))

    with ThreadPoolExecutor(8) as threads:
        refused = sum(threads.map(take, range(8)))
    assert refused == 8 * 25 - 50


def test_no_limit_is_set_by_nought(client, settings):
    settings.RATE_LIMITS = {"search": 0}
    for _ in range(MOST + 2):
        assert client.get(SEARCH).status_code == 200


def test_a_search_beyond_those_that_run_is_503_and_pages_are_not(settings, monkeypatch):
    """The first search asks, while it runs, as another reader would."""
    settings.SEARCHES_AT_ONCE = 1
    client, told = Client(), []

    def run(*args):
        for path in (SEARCH, "/api/v1/statements/?q=APEC", "/en/statements/G1.C1/"):
            told.append(client.get(path))
        return real(*args)

    real = results.result_context
    monkeypatch.setattr(results, "result_context", run)
    assert client.get(SEARCH).status_code == 200
    monkeypatch.undo()
    assert [answer.status_code for answer in told] == [503, 503, 200]
    assert [answer.get("Retry-After") for answer in told] == ["2", "2", None]
    assert re.search("검색하는 사람이 많습니다", told[0].content.decode())
    settings.RATE_LIMITS = {}
    assert client.get(SEARCH).status_code == 200


def test_a_place_is_given_back_when_a_file_was_sent_or_a_search_failed(
    settings, monkeypatch
):
    settings.SEARCHES_AT_ONCE, settings.RATE_LIMITS = 1, {}
    client = Client(raise_request_exception=False)
    for _ in range(3):
        answer = client.get("/en/statements.csv?q=APEC")
        # To the end, at which the client closes it as a server does.
        assert b"".join(answer.streaming_content)
        answer = client.head("/en/statements.csv?q=APEC")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == b""
    with monkeypatch.context() as broken:
        broken.setattr(results, "result_context", lambda *args: 1 / 0)
        assert client.get(SEARCH).status_code == 500
    assert client.get(SEARCH).status_code == 200
