"""Portals served for tests, as `make run` serves them; and the programs they need."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
#: Seconds that a busy machine may take for what it does in one.
PATIENCE = 60
#: A failing test shows what went wrong, not each page that a browser asked for.
QUIET = {"LOG_LEVEL": "ERROR"}


def skip_or_fail(reason: str) -> None:
    """A test that cannot run is skipped by name; in CI nothing may be."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(database: Path) -> dict[str, str]:
    """That of this process, but for what is named here, also where it is in a file."""
    outer = {k: v for k, v in os.environ.items() if not k.endswith("_FILE")}
    return {
        **outer,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "k" * 50,
        "DEBUG": "0",
        "RATE_LIMITS": "search=0,files=0,api=0",
        # Browsers of tests leave pages before these are there.
        "SEARCHES_AT_ONCE": "1000",
        # What a test publishes, its readers see at once.
        "VERSION_CHECK_SECONDS": "0",
    }


@contextmanager
def served(furnished: Path, folder: Path, **more: str) -> Iterator[str]:
    """The address of a portal of its own, served as `make run` serves it."""
    port = free_port()
    database = shutil.copy(furnished / "portal.sqlite3", folder)
    more = {"SITE_URL": "http://127.0.0.1:{port}", **more}
    values = {name: value.format(port=port) for name, value in more.items()}
    server = subprocess.Popen(
        [
            *("scripts/server.sh", "--port", str(port)),
            *("--blocking-threads", "4", "--backpressure", "32"),
        ],
        cwd=PROJECT,
        env=environment(database) | QUIET | values,
    )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz")
        assert server.poll() is None, "the server ended: another has its port"
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


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
