"""Processes killed at random moments: nothing partial, nothing acknowledged lost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.with_postgres import INSTALLED, server
from tests.support.serving import PROJECT, skip_or_fail

pytestmark = pytest.mark.audit
LOADS, KILLS = 8, 100


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'killed.sqlite3'}"


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    if not INSTALLED.exists():
        skip_or_fail("PostgreSQL is not installed")
    with server() as url:
        yield url


@pytest.mark.parametrize("engine", [sqlite, postgresql])
def test_a_killed_process_leaves_all_of_its_work_or_nothing(engine, tmp_path):
    with engine(tmp_path) as url:
        command = [
            sys.executable,
            "-m",
            "tests.support.kills.killed_rounds",
            str(LOADS),
            str(KILLS),
        ]
        environment = {**os.environ, "DATABASE_URL": url}
        run = subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True
        )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["faults"] == []
    assert found["kills"] == KILLS
    assert found["inside"] > KILLS / 4
    assert found["acknowledged"] > KILLS / 4
