"""A host that is not ours is turned away, and none gets into what the portal says."""

import pytest
from django.test import Client

from portal.environment import site_url

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
FOREIGN = ("evil.example", "evil.example:80", "testserver.evil.example", "a b", "[::1")
#: A page, a file, a feed, the API, the desk, what is missing, what redirects, static.
ADDRESSES = (
    *("/", "/en/", "/ko/goals/1/", "/en/statements.csv", "/en/statements.atom"),
    *("/api/v1/statements/", "/api/v1/nowhere", "/admin/", "/admin/login/", "/nowhere"),
    *("/sitemap.xml", "/robots.txt", "/preferences/", "/i18n/setlang/", "/en/goals"),
    *("/static/css/error.css", "/data/catalog.jsonld", "/en/statements/embed/"),
)
#: What says addresses: pages, files, feeds, calendar, citations, sitemap, API.
SAYING = (
    *("/en/", "/ko/goals/1/", "/en/statements/G1.C1/", "/en/data/", "/sitemap.xml"),
    "/sitemap-pages-1.xml",
    *("/en/statements/embed/", "/en/statements.csv", "/en/statements.json"),
    *("/en/statements.atom", "/en/timeline.ics", "/en/timeline.csv", "/en/figures.csv"),
    *("/data/catalog.jsonld", "/data/statements.csv", "/api/v1/", "/robots.txt"),
    *("/api/v1/statements/", "/api/v1/openapi.json", "/api/v1/docs"),
    *("/en/statements/G1.C1/cite.bib", "/en/statements/G1.C1/cite.json"),
    *("/en/continuity.csv", "/api/v1/statements/none/", "/en/nowhere/"),
)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS", "BREW"])
@pytest.mark.parametrize("debug", [False, True])
def test_an_unknown_host_is_400_for_every_address(settings, debug, method):
    settings.DEBUG = debug
    settings.ALLOWED_HOSTS = ["testserver"]
    for host in FOREIGN:
        client = Client(headers={"host": host})
        for address in ADDRESSES:
            answer = client.generic(method, address)
            assert answer.status_code == 400, (host, address)
            text = answer.content.decode()
            if method != "HEAD":
                assert "알 수 없는 주소입니다" in text
                assert "This site does not answer by this name." in text
            assert "evil" not in text
            assert not answer.cookies


@pytest.mark.parametrize("https", [False, True])
def test_health_checks_answer_by_any_name(settings, https):
    settings.SECURE_SSL_REDIRECT = https
    for host in (*FOREIGN, "testserver"):
        for path in ("/healthz", "/readyz"):
            answer = Client(headers={"host": host}).get(path)
            assert answer.status_code == 200, (host, path)
            assert not answer.cookies


def test_addresses_come_from_the_setting_alone(settings):
    settings.ALLOWED_HOSTS = ["other.example"]
    settings.SITE_URL = "https://policy.example"
    client = Client(headers={"host": "other.example:8123"})
    said = set()
    for path in SAYING:
        answer = client.get(path)
        text = b"".join(answer).decode().replace("\r\n ", "")
        assert answer.status_code in (200, 404), path
        assert "other.example" not in text, path
        assert "testserver" not in text, path
        if "https://policy.example" in text:
            said.add(path)
    assert len(SAYING) - len(said) <= 3, set(SAYING) - said


def test_no_tag_of_a_version_depends_on_the_host(settings):
    settings.ALLOWED_HOSTS = ["*"]
    for path in ("/en/statements.csv", "/api/v1/statements/", "/data/catalog.jsonld"):
        tags = {
            Client(headers={"host": host}).get(path)["ETag"]
            for host in ("one.example", "two.example:8080")
        }
        assert len(tags) == 1


def test_the_other_language_is_on_the_host_that_the_reader_is_on(client):
    text = client.get("/en/goals/?q=APEC").content.decode()
    assert 'class="other-language" href="/ko/goals/?q=APEC"' in text
    assert 'hreflang="ko" href="http://testserver/ko/goals/?q=APEC"' in text


@pytest.mark.parametrize(
    ("values", "https", "official", "expected"),
    [
        ({}, False, "", "http://127.0.0.1:8000"),
        ({"SITE_URL": "https://a.example/"}, True, "b.example", "https://a.example"),
        ({}, True, "b.example", "https://b.example"),
        ({"ALLOWED_HOSTS": "*,.c.example,c.example"}, True, "", "https://c.example"),
        ({"ALLOWED_HOSTS": "*"}, False, "", "http://127.0.0.1:8000"),
    ],
)
def test_without_the_setting_the_address_is_what_else_is_known(
    monkeypatch, values, https, official, expected
):
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert site_url(https, official) == expected
