"""Runs a command with DATABASE_URL naming a PostgreSQL server of its own.

    python scripts/with_postgres.py pytest -q

The server listens on a unix socket in a temporary folder only. PostgreSQL refuses to
run as root, so then it runs as the user postgres, which the system package makes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

INSTALLED = Path("/usr/lib/postgresql")


def program(name: str) -> str:
    """The path of a server program; the newest version of those installed."""
    versions = sorted(INSTALLED.glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    path = str(versions[-1]) if versions else shutil.which(name)
    if not path:
        sys.exit(f"PostgreSQL is not installed: {name} was not found.")
    return path


def run(*command: str) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*as_postgres, *command], check=True, cwd="/", stdout=subprocess.DEVNULL
    )


@contextmanager
def server() -> Iterator[str]:
    """The DATABASE_URL of a new, empty database."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = f"{folder}/data"
        run(
            program("initdb"),
            *("--username=portal", "--auth=trust", "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--no-sync", data),
        )
        settings = (
            *("listen_addresses=", f"unix_socket_directories={folder}"),
            # Nothing outlives this server, so nothing need reach the disk.
            *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
            "shared_buffers=256MB",
        )
        options = " ".join(f"-c {setting}" for setting in settings)
        control = (program("pg_ctl"), "--silent", "--wait", f"--pgdata={data}")
        run(*control, f"--options={options}", f"--log={folder}/log", "start")
        try:
            yield f"postgres://portal@{quote(folder, safe='')}/postgres"
        finally:
            run(*control, "--mode=immediate", "stop")


if __name__ == "__main__":
    with server() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        sys.exit(subprocess.run(sys.argv[1:], env=environment).returncode)
