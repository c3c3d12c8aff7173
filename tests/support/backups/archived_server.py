"""A PostgreSQL server that archives its log, is destroyed, and comes back from it.

As docs/backup.md tells operators to set it up and to recover it.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import CalledProcessError
from urllib.parse import quote

from django.db import connection

from scripts.with_postgres import INSTALLED, program, run
from tests.support.kills.processes import child_processes, is_alive
from tests.support.serving import PATIENCE, skip_or_fail

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
wal_level = replica
archive_mode = on
archive_timeout = 300
archive_command = 'test ! -f {folder}/wal/%f && cp %p {folder}/wal/%f'
restore_command = 'cp {folder}/wal/%f %p'
"""


class ArchivedServer:
    """Its folders: `data`, the archive `wal`, the base backup `base`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.base = folder, folder / "data", folder / "base"
        self.url = f"postgres://portal@{quote(str(folder), safe='')}/postgres"

    def make(self) -> None:
        run("mkdir", str(self.folder / "wal"))
        run(
            program("initdb"),
            *("--username=portal", "--auth=trust", "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--no-sync", str(self.data)),
        )
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=self.folder))
        self.control("start")

    def control(self, *command: str) -> None:
        options = ("--silent", "--wait", f"--pgdata={self.data}")
        log = self.folder / "log"
        try:
            run(program("pg_ctl"), *options, f"--log={log}", *command)
        except CalledProcessError as error:
            raise RuntimeError(log.read_text()) from error

    def take_base(self) -> None:
        run(
            program("pg_basebackup"),
            *(f"--host={self.folder}", "--username=portal", "--checkpoint=fast"),
            f"--pgdata={self.base}",
        )

    def archive(self) -> None:
        """What `archive_timeout` does of itself: the log so far is in the archive."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_walfile_name(pg_switch_wal())")
            (name,) = cursor.fetchone()
        until((self.folder / "wal" / name).exists)

    def destroy(self) -> None:
        """As with its machine: every process is killed, and nothing of its data left.

        A process that lived on would hold the memory of a data folder that the new one
        may be taken for; and a killed one that nobody has waited for, the socket.
        """
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        pids = [pid, *child_processes(pid)]
        for one in pids:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        until(lambda: not any(map(is_alive, pids)))
        shutil.rmtree(self.data)
        for socket in self.folder.glob(".s.PGSQL.*"):
            socket.unlink()

    def recover(self) -> None:
        """From the base backup and the archive, as far as that goes."""
        run("cp", "--recursive", "--preserve", str(self.base), str(self.data))
        run("touch", str(self.data / "recovery.signal"))
        self.control("start")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.control("--mode=immediate", "stop")


def is_recovered() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone() == (False,)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


@contextmanager
def archived_server() -> Iterator[ArchivedServer]:
    if not INSTALLED.exists():
        skip_or_fail("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = ArchivedServer(Path(folder))
        try:
            server.make()
            yield server
        finally:
            server.stop()
