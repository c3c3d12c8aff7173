"""nginx as deploy/nginx/ has it, before an app that says what the portal says."""

import ssl
import subprocess
from http.client import HTTPConnection, RemoteDisconnected

import pytest

from tests.support.deployment.web_server import (
    SHEET,
    STAND_IN,
    Reply,
    WebServer,
    app,
    furnish_folder,
    render,
    require_nginx,
    web_server,
)

pytestmark = pytest.mark.any_engine
#: What a client may write of itself.
WRITTEN = {"X_Forwarded_For": "10.1.2.3", "X_Request_ID": "forged"}
STAFF = "mode=dark; __Host-sessionid=abcdef"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    with web_server(folder) as server, app(folder, *STAND_IN):
        yield server


def test_nginx_finds_nothing_wrong_with_the_configuration(tmp_path):
    furnish_folder(tmp_path)
    run = subprocess.run(
        [require_nginx(), "-t", "-e", tmp_path / "error.log", "-c", render(tmp_path)],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "warn" not in run.stderr


def test_a_page_is_kept_for_everybody_but_staff(nginx):
    first = nginx.ask("/en/kept/")
    assert nginx.ask("/en/kept/").body == first.body
    # What readers chose, cookies of others and empty names are no session.
    assert nginx.ask("/en/kept/", Cookie="mode=dark; xsessionid=1").body == first.body
    for cookie in (STAFF, "sessionid=abcdef", "a=b;sessionid=c"):
        seen = nginx.ask("/en/kept/", Cookie=cookie)
        assert seen.body != first.body
        assert seen.headers["x-cache-status"] == "BYPASS"
    assert nginx.ask("/en/kept/").body == first.body


def test_what_staff_see_is_kept_for_nobody(nginx):
    seen = nginx.ask("/en/of-staff/", Cookie=STAFF)
    assert nginx.ask("/en/of-staff/").body != seen.body


@pytest.mark.parametrize("path", ["/admin/", "/look.css", "/varies/"])
def test_what_depends_on_who_asks_is_never_kept(nginx, path):
    assert nginx.ask(path).body != nginx.ask(path).body


def test_a_post_is_neither_kept_nor_answered_from_what_is(nginx):
    kept = nginx.ask("/en/posted/")
    assert nginx.ask("/en/posted/", "POST", b"x").body != kept.body
    assert nginx.ask("/en/posted/").body == kept.body


def test_there_is_one_spelling_of_each_compression(nginx):
    spellings = {
        "br, gzip": ("gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8"),
        "gzip": ("gzip", "gzip, br;q=0", "GZIP, deflate"),
        "": ("identity", "gzip;q=0", "zstd"),
    }
    for told, variants in spellings.items():
        answers = [nginx.ask("/en/c/", Accept_Encoding=given) for given in variants]
        assert {told_of(answer)[2] for answer in answers} == {told}
        assert len({answer.body for answer in answers}) == 1


def test_the_app_hears_the_readers_address_and_none_that_they_wrote(nginx):
    answer = nginx.ask("/en/address/", **WRITTEN)
    assert told_of(answer)[:2] == ["127.0.0.1", "https"]
    again = nginx.ask("/en/address/")
    names = {answer.headers["x-request-id"], again.headers["x-request-id"]}
    assert len(names) == 2 and "forged" not in names
    assert all(len(name) == 32 for name in names)


def told_of(answer: Reply) -> list[str]:
    """The address, scheme and compressions that the app was told."""
    return [part.strip() for part in answer.headers["x-told"].split("|")]


def test_whoever_has_a_page_already_is_told_so(nginx):
    page = nginx.ask("/en/had/")
    again = nginx.ask("/en/had/", If_None_Match=page.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    head = nginx.ask("/en/had/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == page.headers["etag"]


def test_bodies_have_the_limits_of_the_app(nginx):
    kb = 1024
    assert nginx.ask("/en/report/", "POST", b"x" * 64 * kb).status == 200
    refused = nginx.ask("/en/report/", "POST", b"x" * (64 * kb + 1))
    assert refused.status == 413
    assert "너무 큽니다" in refused.body.decode() and b"too large" in refused.body
    assert nginx.ask("/admin/import/", "POST", b"x" * 6 * kb * kb).status == 200
    assert nginx.ask("/admin/import/", "POST", b"x" * (6 * kb * kb + 1)).status == 413


def test_static_files_come_from_the_web_server_as_they_were_packed(nginx):
    packed = nginx.ask(SHEET, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == (nginx.folder / f"public{SHEET}.gz").read_bytes()
    assert "immutable" in packed.headers["cache-control"]
    assert packed.headers["x-content-type-options"] == "nosniff"
    whole = nginx.ask(SHEET)
    assert "content-encoding" not in whole.headers
    again = nginx.ask(SHEET, If_None_Match=whole.headers["etag"])
    assert again.status == 304
    assert nginx.ask("/static/plain.txt").headers["cache-control"] == "no-cache"
    assert nginx.ask("/static/nowhere.css").status == 404
    assert nginx.ask("/static/css/").status == 404
    assert nginx.ask("/portal-pages/503.html").status == 404


def test_unknown_hosts_are_not_answered(nginx):
    with pytest.raises(ssl.SSLError):
        nginx.connect("elsewhere.example")
    for host, status in (("elsewhere.example", None), ("portal.example", 301)):
        assert status_of_plain(nginx, host) == status


def status_of_plain(nginx: WebServer, host: str) -> int | None:
    """The status without TLS; None where nothing comes back."""
    connection = HTTPConnection("127.0.0.1", nginx.plain_port, timeout=60)
    connection.request("GET", "/en/", headers={"Host": host})
    try:
        return connection.getresponse().status
    except RemoteDisconnected:
        return None
    finally:
        connection.close()


def test_readers_have_pages_while_the_app_is_dead(tmp_path):
    """First what was kept, then the copy of the site, then a page that says so."""
    with web_server(tmp_path) as server:
        with app(tmp_path, *STAND_IN) as portal:
            kept = server.ask("/en/kept/")
            server.ask("/en/of-staff/", Cookie=STAFF)
            portal.kill()
        stale = server.ask("/en/kept/")
        assert (stale.status, stale.body) == (200, kept.body)
        copied = server.ask("/en/copied/")
        assert (copied.status, copied.body) == (200, b"<p>the copy</p>")
        assert "default-src 'none'" in copied.headers["content-security-policy"]
        assert server.ask("/en/copied/", "HEAD").status == 200
        assert server.ask("/look.css").body == b""
        assert server.ask(SHEET).status == 200
        for path, method in (
            *(("/en/nowhere/", "GET"), ("/en/copied/?q=apec", "GET")),
            *(("/en/copied/", "POST"), ("/admin/", "GET"), ("/en/of-staff/", "GET")),
        ):
            away = server.ask(path, method)
            assert away.status == 503, path
            assert away.headers["retry-after"] == "30"
            assert away.headers["cache-control"] == "no-store"
            text = away.body.decode()
            assert "다시 시도해 주세요" in text and "Try again" in text
