"""The portal itself behind nginx as deploy/nginx/ has it, restarted under load."""

import json
import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event

import pytest

from tests.support.deployment.web_server import (
    HOST,
    PORTAL,
    STAND_IN,
    App,
    WebServer,
    app,
    wait_until,
    web_server,
)
from tests.support.serving import PROJECT, environment

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
)
FORM = "application/x-www-form-urlencoded"
#: More than nginx lets one address ask.
WITHOUT_LIMIT = {"rate=50r/s": "rate=100000r/s"}
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
            record.get("request_id") for record in named
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
    over, made = Event(), []
    options = ("--workers", "2", "--respawn-interval", "0.5")
    # As in the unit: a worker that does not end by itself is ended.
    options = (*options, "--workers-kill-timeout", "10")
    with (
        web_server(tmp_path, **WITHOUT_LIMIT) as server,
        app(tmp_path, *PORTAL, *options, **settings_of_app) as portal,
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        loads = [clients.submit(load, server, over, made) for _ in range(CLIENTS)]
        try:
            for _ in range(RESTARTS):
                restart(portal)
        finally:
            over.set()
    answers = sum((made.result() for made in loads), Counter())
    assert answers.total() > RESTARTS * CLIENTS
    assert set(answers) == {200}, answers


@pytest.mark.audit
def test_handing_over_to_another_release_loses_no_request(tmp_path):
    """As deploy/upgrade.sh does it: the other slot starts and gets the name; the former
    one ends once clients have had answers since.
    """
    over, made = Event(), []
    socket = {"/run/portal/portal.sock": f"{tmp_path}/portal/portal.sock"}
    for folder in ("portal", "portal-a", "portal-b"):
        (tmp_path / folder).mkdir()
    with (
        web_server(tmp_path, **socket, **WITHOUT_LIMIT) as server,
        ThreadPoolExecutor(CLIENTS) as clients,
        ExitStack() as former,
    ):
        former.enter_context(slot(tmp_path, "a"))
        loads = [clients.submit(load, server, over, made) for _ in range(CLIENTS)]
        try:
            for name in "baba":
                with ExitStack() as later:
                    later.enter_context(slot(tmp_path, name))
                    enough = len(made) + 3 * CLIENTS
                    wait_until(lambda enough=enough: len(made) >= enough)
                    former.close()
                    former.push(later.pop_all())
        finally:
            over.set()
        answers = sum((done.result() for done in loads), Counter())
    assert set(answers) == {200}, answers


@contextmanager
def slot(folder: Path, name: str) -> Iterator[None]:
    """An app at the socket of a slot, which the web server asks from here on."""
    with app(folder / f"portal-{name}", *STAND_IN):
        run = {"PORTAL_RUN": str(folder), "PATH": os.environ["PATH"]}
        subprocess.run(
            ["sh", "deploy/switch.sh", name], cwd=PROJECT, env=run, check=True
        )
        yield


def load(server: WebServer, over: Event, made: list[int]) -> Counter:
    """How many answers of each status there were; of what broke off, by its error.
    `made` counts meanwhile, for all clients together.
    """
    answers: Counter = Counter()
    for method, path, body in cycle(ASKED):
        if over.is_set():
            return answers
        try:
            answer = server.ask(path, method, body, Cookie=SESSION, Content_Type=FORM)
            answers[answer.status] += 1
        except OSError as error:
            answers[repr(error)] += 1
        made.append(1)
    return answers


def restart(portal: App) -> None:
    """Has every worker replaced, and waits until the former ones are gone."""
    former = portal.workers()
    os.kill(portal.process.pid, signal.SIGHUP)
    wait_until(lambda: len(portal.workers()) == 2 and not former & portal.workers())
