"""A PostgreSQL with the portal's roles and data, and a streaming replica of it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from scripts.with_postgres import program, run, server
from tests.support.deployment.web_server import wait_until
from tests.support.serving import PROJECT, environment

ROLES = PROJECT / "deploy" / "postgresql" / "roles.sql"


class Postgres(NamedTuple):
    """A server by the folder of its socket and that of its data."""

    socket: str
    data: str

    def url(self, role: str) -> str:
        return f"postgres://{role}@{quote(self.socket, safe='')}/portal"

    def sql(self, *statements: str, database: str = "portal") -> str:
        """What psql writes, without its frames."""
        commands = [part for sql in statements for part in ("-c", sql)]
        return self.psql(database, *commands)

    def psql(self, database: str, *options: str) -> str:
        where = ("-h", self.socket, "-U", "portal", "-d", database)
        run = subprocess.run(
            [program("psql"), "-X", "-A", "-t", "-q", *where, *options],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return run.stdout.strip()

    def control(self, *action: str) -> None:
        control = (program("pg_ctl"), "--silent", "--wait", f"--pgdata={self.data}")
        run(*control, f"--log={self.socket}/log", *action)

    def start(self) -> None:
        settings = ("listen_addresses=", f"unix_socket_directories={self.socket}")
        options = " ".join(f"-c {setting}" for setting in (*settings, "fsync=off"))
        self.control(f"--options={options}", "start")

    def stop(self) -> None:
        self.control("--mode=immediate", "stop")


@contextmanager
def primary() -> Iterator[Postgres]:
    """A server whose database `portal` has the roles, the tables and both documents."""
    with server() as url:
        socket = unquote(urlsplit(url).netloc.partition("@")[2])
        made = Postgres(socket, f"{socket}/data")
        words = ("-v", "owner_password=o", "-v", "app_password=a")
        for _ in range(2):
            made.psql("postgres", *words, "-f", str(ROLES))
        for command in (("migrate", "--verbosity=0"), ("load_corpus",)):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=PROJECT,
                env=environment(Path()) | {"DATABASE_URL": made.url("portal_owner")},
                check=True,
            )
        yield made


@contextmanager
def replica_of(origin: Postgres) -> Iterator[Postgres]:
    """A server that follows the other; it may be stopped and started."""
    with tempfile.TemporaryDirectory(prefix="replica") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        made = Postgres(folder, f"{folder}/data")
        copy = (program("pg_basebackup"), "-h", origin.socket, "-U", "portal")
        run(*copy, "-D", made.data, "-R", "--checkpoint=fast", "--no-sync")
        made.start()
        try:
            wait_until(lambda: made.sql("SELECT pg_is_in_recovery()") == "t")
            yield made
        finally:
            if (Path(made.data) / "postmaster.pid").exists():
                made.stop()
