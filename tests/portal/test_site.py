"""What machines, operators and a reader's first request get."""

import xml.etree.ElementTree as ElementTree
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, connection

from portal import sitemaps
from portal.version import VERSION
from statements.models import Kind, Statement
from tests.support.counting_queries import queries
from tests.support.crawling import pages_listed, sitemap_parts

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("ko", "/ko/"), ("en-GB,en;q=0.9", "/en/"), ("fr", "/ko/"), ("", "/ko/")],
)
def test_the_root_leads_to_the_browsers_language(client, accepted, expected):
    answer = client.get("/", headers={"accept-language": accepted})
    assert (answer.status_code, answer.url) == (302, expected)
    assert "Accept-Language" in answer["Vary"]


def test_the_language_last_read_in_is_remembered(client):
    def read_on(path: str, come_from: str) -> None:
        referer = f"http://testserver{come_from}"
        client.get(path, headers={"accept-language": "ko", "referer": referer})

    read_on("/en/about/", "/ko/about/?a=b")
    assert client.get("/", headers={"accept-language": "ko"}).url == "/en/"
    read_on("/ko/about/", "/en/about/")
    assert client.get("/", headers={"accept-language": "ko"}).url == "/ko/"


@pytest.mark.parametrize(
    "came_from",
    [
        "",
        "http://testserver/en/goals/",
        "https://example.org/ko/",
        "http://testserver/admin/",
    ],
)
def test_a_first_visit_sets_no_cookie(client, came_from):
    headers = {"accept-language": "ko", "referer": came_from}
    assert not client.get("/en/about/", headers=headers).cookies


def test_reading_the_other_language_leaves_the_desk_in_its_own(editor):
    editor.cookies["django_language"] = "ko"
    editor.get("/en/about/", headers={"referer": "http://testserver/ko/about/"})
    assert '<html lang="ko"' in editor.get("/admin/").content.decode()


def test_reading_in_the_browsers_own_language_sets_no_cookie(client):
    headers = {"accept-language": "en", "referer": "http://testserver/ko/about/"}
    answer = client.get("/en/about/", headers=headers)
    assert not answer.cookies


def sitemap_entries(client) -> list[ElementTree.Element]:
    trees = map(ElementTree.fromstring, sitemap_parts(client).values())
    return [entry for tree in trees for entry in tree.findall("s:url", SITEMAP)]


def test_the_sitemap_lists_every_statement_in_both_languages_with_alternates(client):
    entries = sitemap_entries(client)
    paths = {urlsplit(e.findtext("s:loc", None, SITEMAP)).path for e in entries}
    for statement in Statement.objects.exclude(kind=Kind.GOAL):
        for language in ("ko", "en"):
            assert f"/{language}/statements/{statement.code}/" in paths
    assert {"/ko/goals/3/", "/en/goals/3/compare/"} <= paths
    assert "/ko/sources/report-2025/compare/" in paths
    assert "/ko/statements/G3/" not in paths
    for entry in entries:
        languages = [link.get("hreflang") for link in entry.findall("x:link", SITEMAP)]
        assert sorted(languages) == ["en", "ko", "x-default"]


def test_parts_of_the_sitemap_are_short_and_hold_every_page_once(client, monkeypatch):
    before = pages_listed(sitemap_parts(client))
    monkeypatch.setattr(sitemaps, "PAGES_PER_PART", 20)
    parts = sitemap_parts(client)
    assert max(text.count("<url>") for text in parts.values()) == 40
    assert len(parts) > 10
    assert sorted(pages_listed(parts)) == sorted(before)
    # The index counts the pages of each section, and reads none.
    assert queries(client, "/sitemap.xml") <= len(sitemaps.SITEMAPS) + 4


def test_a_part_of_the_sitemap_is_answered_once_to_who_has_it(client):
    for path in ("/sitemap.xml", *sitemap_parts(client)):
        answer = client.get(path)
        assert answer["Content-Type"] == "application/xml", path
        known = client.get(path, headers={"if-none-match": answer["ETag"]})
        assert known.status_code == 304, path


@pytest.mark.parametrize("part", ["statements-0", "statements-2", "atlantis-1"])
def test_a_part_of_the_sitemap_that_there_is_not_is_404(client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_may_read_everything_public(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in answer.content.decode()
    assert "Disallow: /admin/" in answer.content.decode()


def test_health_is_of_the_process_and_readiness_of_the_database_too(
    client, monkeypatch
):
    assert client.get("/healthz").content == f"ok {VERSION}\n".encode()
    assert client.get("/readyz").status_code == 200

    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "ensure_connection", broken)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_every_page_carries_a_strict_policy(client):
    for path in ("/ko/", "/en/goals/1/", "/admin/login/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_an_unknown_page_is_404_in_the_readers_language(client):
    korean, english = client.get("/ko/nowhere/"), client.get("/en/nowhere/")
    assert (korean.status_code, english.status_code) == (404, 404)
    assert '<html lang="ko"' in korean.content.decode()
    assert '<html lang="en"' in english.content.decode()


def test_a_failure_is_told_in_both_languages(client, monkeypatch):
    def fails():
        raise RuntimeError("broken on purpose")

    client.raise_request_exception = False
    monkeypatch.setattr("goals.views.goal_list.__code__", fails.__code__, raising=False)
    answer = client.get("/ko/goals/")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert 'lang="ko"' in text
    assert 'lang="en"' in text
