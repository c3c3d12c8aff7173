"""Real processes that do real work and are killed in the midst of it.

The parent forks while it holds no connection; the child does one piece of work after
the other, tells of each that is done, and is killed with SIGKILL.
"""

import mmap
import os
import re
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.db import connection, connections

#: Work that is told of, and the tables that tell it from mere reading.
WRITING = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) \"(statements|desk)_")
PATIENCE = 20


class Left(NamedTuple):
    """What a killed process had done; what it was at, and whether it had written of it
    something that was not committed.
    """

    done: int
    was_writing: bool


def killed(work: Sequence[Callable[[], None]], after: float) -> Left:
    """Forks a child, kills it `after` that many seconds, waits until all is quiet."""
    connections.close_all()
    told, tell = os.pipe()
    writing = mmap.mmap(-1, 1)
    child = os.fork()
    if child == 0:
        do(work, tell, writing)
    os.close(tell)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(told, "rb") as reader:
        done = len(reader.read())
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("A piece of work failed by itself.")
    wait_for_the_server()
    return Left(done, writing[0] == 1)


def do(work: Iterable[Callable[[], None]], tell: int, writing: mmap.mmap) -> None:
    """In the child: never returns."""

    def note(execute, sql, params, many, context):
        """Written inside a transaction, and nothing since outside of one."""
        if not connection.in_atomic_block:
            writing[0] = 0
        elif WRITING.match(sql):
            writing[0] = 1
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(note):
            for piece in work:
                piece()
                writing[0] = 0
                os.write(tell, b".")
        signal.pause()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def wait_for_the_server() -> None:
    """PostgreSQL goes on for a moment for a client that is no more."""
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND datname = current_database() AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.01)
    raise TimeoutError("The server goes on for a client that was killed.")
