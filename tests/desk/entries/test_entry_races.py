"""Two people decide on one entry at once, with a connection each."""

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

pytestmark = pytest.mark.any_engine
#: Of each pair; on SQLite the transaction is the lock, and the audit looks at it.
TRIES = 8


@contextmanager
def on_sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'raced.sqlite3'}"


@contextmanager
def on_postgresql(folder: Path) -> Iterator[str]:
    if not INSTALLED.exists():
        skip_or_fail("PostgreSQL is not installed")
    with server() as url:
        yield url


@pytest.mark.parametrize(
    "engine", [pytest.param(on_sqlite, marks=pytest.mark.audit), on_postgresql]
)
def test_two_decisions_at_once_come_out_as_one_after_the_other(engine, tmp_path):
    with engine(tmp_path) as url:
        run = subprocess.run(
            [sys.executable, "-m", "tests.support.desk.entry_races", str(TRIES)],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
        )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["faults"] == []
    assert found["races"] == 7
