import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from tests.support.staff import member, signed_in, take_second_step

PROJECT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
#: The same engine without a window, in a third less time; where it is not packed, the
#: tests drive the whole browser.
WITHOUT_A_WINDOW = "/usr/bin/chromium-headless-shell"
#: The browser knows no host but this machine.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
#: Seconds that a busy machine may take for what it does in one.
PATIENCE = 60


def pytest_addoption(parser):
    parser.addoption(
        "--pictures", action="store_true", help="renew the pictures of the manual"
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test starts from the two documents as they are loaded first."""
    with django_db_blocker.unblock():
        call_command("load_corpus")


@pytest.fixture
def admin_user(db) -> User:
    """A superuser without a password, whose hash would take most of a second."""
    return User.objects.create_superuser("admin")


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


def skip_or_fail(reason: str) -> None:
    """A test that cannot run is skipped by name; in CI nothing may be."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
        env=environment(database) | {"ALLOWED_HOSTS": "testserver"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return run.stdout


def environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "k" * 50,
        "DEBUG": "0",
    }


@contextmanager
def served(furnished: Path, folder: Path, **more: str) -> Iterator[str]:
    """The address of a portal of its own, served as `make run` serves it."""
    port = free_port()
    database = shutil.copy(furnished / "portal.sqlite3", folder)
    values = {name: value.format(port=port) for name, value in more.items()}
    server = subprocess.Popen(
        [
            *("granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
            *("--blocking-threads", "4", "--backpressure", "32"),
            *("--host", "127.0.0.1", "--port", str(port), "portal.wsgi:application"),
        ],
        cwd=PROJECT,
        env=environment(database) | values,
    )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz")
        assert server.poll() is None, "the server ended: another has its port"
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


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


def wait_until_ready(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(address) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


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
