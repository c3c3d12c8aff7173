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
from django.db import connection
from django.test import Client, override_settings
from playwright.sync_api import expect, sync_playwright

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
#: Files with single tests of minutes; begun first, no worker waits for one at the end.
LONGEST = ("test_kills", "test_search", "test_api_examples", "test_load_corpus")


def pytest_addoption(parser):
    parser.addoption(
        "--pictures", action="store_true", help="renew the pictures of the manual"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem not in LONGEST)


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test starts from the two documents as they are loaded first."""
    with django_db_blocker.unblock():
        call_command("load_corpus")


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
