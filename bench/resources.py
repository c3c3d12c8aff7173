"""The processor time and the memory that something takes."""

import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, the database's included."""
    before = time.process_time() + database_time()
    work()
    return 1000 * (time.process_time() + database_time() - before)


def database_time() -> float:
    """Seconds that the process behind the connection has run; SQLite runs in ours."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def in_one_process() -> None:
    """Keeps PostgreSQL from sharing a query among processes that are not measured."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def resident() -> float:
    """MB that this process holds now."""
    return memory("VmRSS")


def most_resident() -> float:
    """MB: the most since `forget_most_resident`."""
    return memory("VmHWM")


def forget_most_resident() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def memory(name: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{name}:")[1].split()[0]) / 1024
