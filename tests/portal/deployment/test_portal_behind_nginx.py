"""The portal itself behind nginx as deploy/nginx/ has it, restarted under load."""

import json
import os
import shutil
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Event

import pytest

from tests.support.deployment.web_server import (
    HOST,
    PORTAL,
    App,
    WebServer,
    app,
    wait_until,
    web_server,
)
from tests.support.serving import environment

pytestmark = pytest.mark.any_engine
PRODUCTION = {
    **{"HTTPS": "1", "PROXIES": "1", "ALLOWED_HOSTS": HOST, "LOG_LEVEL": "INFO"},
    "SITE_URL": f"https://{HOST}",
}
#: No session of anybody's; whoever has one always asks the app itself.
SESSION = f"__Host-sessionid={'s' * 32}"
#: Method, path and body of what is asked for, over and over.
ASKED = (
    *(("GET", "/en/about/", None), ("GET", "/ko/goals/", None)),
    *(("HEAD", "/en/", None), ("GET", "/robots.txt", None)),
    *(("GET", "/api/v1/statements/?page_size=1", None), ("GET", "/healthz", None)),
    ("POST", "/api/v1/quotes/", b"text=APEC"),
)
FORM = "application/x-www-form-urlencoded"
RESTARTS = 20
CLIENTS = 4


@pytest.fixture
def settings_of_app(furnished, tmp_path) -> dict[str, str]:
    database = shutil.copy(furnished / "portal.sqlite3", tmp_path)
    return environment(database) | PRODUCTION


def test_the_portal_behind_nginx(tmp_path, settings_of_app):
    """True whatever the app says to caches; that it is kept: test_web_server.py."""
    with web_server(tmp_path) as server:
        with app(tmp_path, *PORTAL, **settings_of_app):
            assert_answers(server)
            assert_staff_are_never_kept(server)
            # A form without its token: refused, with the address that it came from.
            refused = server.ask(
                "/admin/login/", "POST", b"a=b", X_Forwarded_For="10.1.2.3"
            )
            assert refused.status == 403
        log = (tmp_path / "app.log").read_text().splitlines()
        records = [json.loads(line) for line in log if line.startswith("{")]
        named = [record for record in records if "address" in record]
        assert {record["address"] for record in named} == {"127.0.0.1"}
        assert refused.headers["x-request-id"] in {
            record.get("request") for record in named
        }
        assert server.ask("/admin/login/").status == 503


def assert_answers(server: WebServer) -> None:
    page = server.ask("/en/about/", Accept_Encoding="gzip")
    assert (page.status, page.headers["content-encoding"]) == (200, "gzip")
    assert server.ask("/en/about/", "HEAD").status == 200
    assert server.ask("/healthz").body.startswith(b"ok")
    # The app is told that it was asked over HTTPS: it leads nowhere.
    assert server.ask("/").status == 302


def assert_staff_are_never_kept(server: WebServer) -> None:
    for _ in range(2):
        seen = server.ask("/en/goals/", Cookie=SESSION)
        assert (seen.status, seen.headers["x-cache-status"]) == (200, "BYPASS")


@pytest.mark.audit
def test_restarts_under_load_lose_no_request(tmp_path, settings_of_app):
    """As `systemctl reload` does it: the workers one after the other, 20 times."""
    over = Event()
    options = ("--workers", "2", "--respawn-interval", "0.5")
    with (
        web_server(tmp_path, **{"rate=50r/s": "rate=100000r/s"}) as server,
        app(tmp_path, *PORTAL, *options, **settings_of_app) as portal,
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        loads = [clients.submit(load, server, over) for _ in range(CLIENTS)]
        try:
            for _ in range(RESTARTS):
                restart(portal)
        finally:
            over.set()
    answers = sum((made.result() for made in loads), Counter())
    assert answers.total() > RESTARTS * CLIENTS
    assert set(answers) == {200}, answers


def load(server: WebServer, over: Event) -> Counter:
    """How many answers of each status there were; of what broke off, by its error."""
    answers: Counter = Counter()
    for method, path, body in cycle(ASKED):
        if over.is_set():
            return answers
        try:
            answer = server.ask(path, method, body, Cookie=SESSION, Content_Type=FORM)
            answers[answer.status] += 1
        except OSError as error:
            answers[repr(error)] += 1
    return answers


def restart(portal: App) -> None:
    """Has every worker replaced, and waits until the former ones are gone."""
    former = portal.workers()
    os.kill(portal.process.pid, signal.SIGHUP)
    wait_until(lambda: len(portal.workers()) == 2 and not former & portal.workers())
