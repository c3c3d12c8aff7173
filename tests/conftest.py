import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client, override_settings
from django.urls import get_resolver
from django.utils import translation
from playwright.sync_api import expect, sync_playwright
from whitenoise.middleware import WhiteNoiseMiddleware

from explorer.results.rows import STATEMENTS
from portal.kept_answers import version_watch
from statements.templatetags.kept_parts import LASTING_PARTS, PARTS
from tests.scheduling import LongestFirst, sort_longest_first
from tests.support.clock import Clock
from tests.support.factories import LONG_AGO
from tests.support.serving import (
    CHROMIUM,
    PATIENCE,
    PROJECT,
    QUIET,
    environment,
    served,
    skip_or_fail,
)
from tests.support.staff import member, signed_in, take_second_step

#: The same engine without a window, in a third less time; where it is not packed, the
#: tests drive the whole browser.
WITHOUT_A_WINDOW = "/usr/bin/chromium-headless-shell"
#: The browser knows no host but this machine.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


#: A worker that has driven a browser has its event loop, which is no view's: Django may
#: be called all the same, in whatever order the tests come.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_addoption(parser):
    parser.addoption(
        "--pictures", action="store_true", help="renew the pictures of the manual"
    )


def pytest_xdist_make_scheduler(config: pytest.Config, log) -> LongestFirst:
    return LongestFirst(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if connection.vendor == "postgresql":
        config.hook.pytest_deselected(items=list(filter(is_of_no_database, items)))
        items[:] = [item for item in items if not is_of_no_database(item)]
    sort_longest_first(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Tests of hundreds of pages are not measured, which takes half as long again; nor
    those of a browser, whose portal is another process.
    """
    trace = sys.gettrace()
    if any(map(item.get_closest_marker, ("unmeasured", "browser"))):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(trace)


def is_of_no_database(item: pytest.Item) -> bool:
    """Whether its file says that any engine will do, and pytest-django keeps it from
    the database: it has been tried on SQLite already.
    """
    asks = item.get_closest_marker("django_db") or "db" in item.fixturenames
    return bool(item.get_closest_marker("any_engine")) and not asks


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords hashed at once: those of the portal take most of a second by design."""
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[hasher]):
        yield


@pytest.fixture(scope="session", autouse=True)
def site_of_tests() -> Iterator[None]:
    """Addresses begin with what Django's test client calls the portal."""
    with override_settings(SITE_URL="http://testserver"):
        yield


@pytest.fixture(scope="session", autouse=True)
def without_limits() -> Iterator[None]:
    """All tests ask from one address, more in a minute than any reader, and close few
    of the files that they do not read to the end.
    """
    with override_settings(RATE_LIMITS={}, SEARCHES_AT_ONCE=100_000):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> Iterator[None]:
    """Every client begins the portal anew, which reads its folder of static files:
    a twentieth of a second for each of thousands of clients.
    """
    found: dict[tuple, dict] = {}
    look = WhiteNoiseMiddleware.update_files_dictionary

    def look_once(self, root: str, prefix: str) -> None:
        key = root, prefix, self.max_age, self.allow_all_origins
        if key not in found:
            look(self, root, prefix)
            found[key] = dict(self.files)
        self.files.update(found[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "update_files_dictionary", look_once)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test starts from the two documents as they are loaded first."""
    with django_db_blocker.unblock():
        call_command("load_corpus")
        # Whatever is imported by an address is imported while it is measured.
        assert get_resolver().url_patterns


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A test that is rolled back leaves the version as it was, and no part of pages."""
    PARTS.clear()
    LASTING_PARTS.clear()
    STATEMENTS.clear()


@pytest.fixture(autouse=True)
def first_language() -> None:
    """No test speaks the language that the one before it happened to ask for."""
    translation.deactivate()


@pytest.fixture
def lasting_connection(monkeypatch) -> Iterator[None]:
    """Requests that a test makes as a server does leave it the connection of its
    transaction, as Django's own client does.
    """
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    monkeypatch.setattr(version_watch, "close_old_connections", lambda: None)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def in_english() -> Iterator[None]:
    """What is called without a request answers in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def admin_user(db) -> User:
    """A superuser without a password, whose hash would take most of a second."""
    return User.objects.create_superuser("admin", date_joined=LONG_AGO)


@pytest.fixture
def admin_client(admin_client, admin_user):
    """A superuser who took the second step of the login, as every superuser has to."""
    take_second_step(admin_client, admin_user)
    return admin_client


@pytest.fixture
def editor(db) -> Client:
    return signed_in(member("editor"))


@pytest.fixture
def translator(db) -> Client:
    return signed_in(member("translator"))


@pytest.fixture
def publisher(db) -> Client:
    return signed_in(member("publisher"))


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """Time stands still until the test moves it."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def is_postgresql():
    return connection.vendor == "postgresql"


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> Path:
    """A folder with the database that portals begin with, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (base / "furnished.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder, pages = base / "furnished", base / "furnished" / "pages.json"
        if not pages.exists():
            folder.mkdir(exist_ok=True)
            pages.write_text(furnish(folder / "portal.sqlite3"))
    return folder


def furnish(database: Path) -> str:
    """Makes the database; the pages of its staff as JSON."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.furnishing"],
        cwd=PROJECT,
        env=environment(database) | QUIET | {"ALLOWED_HOSTS": "testserver"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.fixture(scope="session")
def portal(furnished, tmp_path_factory) -> Iterator[str]:
    with served(furnished, tmp_path_factory.mktemp("portal")) as address:
        yield address


@pytest.fixture(scope="session")
def official_portal(furnished, tmp_path_factory) -> Iterator[str]:
    """The portal on the ministry's own host: no preview, open to search engines."""
    folder = tmp_path_factory.mktemp("official")
    with served(furnished, folder, OFFICIAL_HOST="127.0.0.1:{port}") as address:
        yield address


@pytest.fixture(scope="session")
def staff_pages(furnished) -> dict[str, str]:
    """The paths of the desk by the names of their addresses."""
    return json.loads((furnished / "pages.json").read_text())


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium that every browser test opens its own context of."""
    if not Path(CHROMIUM).exists():
        skip_or_fail("Chromium is not installed")
    has_no_window = Path(WITHOUT_A_WINDOW).exists()
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=WITHOUT_A_WINDOW if has_no_window else CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                OFFLINE,
            ],
        )
        yield browser
        browser.close()
