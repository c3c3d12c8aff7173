"""Databases of a test's own, for processes that need real connections to one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from scripts.with_postgres import INSTALLED, server
from tests.support.serving import PROJECT, skip_or_fail

#: Gives the DATABASE_URL of a new, empty database.
Engine = Callable[[Path], AbstractContextManager[str]]


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'own.sqlite3'}"


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    if not INSTALLED.exists():
        skip_or_fail("PostgreSQL is not installed")
    with server() as url:
        yield url


def found_by(module: str, *arguments: object, engine: Engine, folder: Path) -> Any:
    """What the module prints as JSON, run as a process on a database of its own."""
    with engine(folder) as url:
        run = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
        )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
