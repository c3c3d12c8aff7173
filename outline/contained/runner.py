"""The parent: has a child process read a file, and never reads thing itself."""

import gc
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from threading import BoundedSemaphore, Timer
from typing import IO, Any

from outline.contained.child import END, FAULT, REFUSED, VALUES, Reader
from outline.contained.limits import LIMITS, Limits
from outline.contained.refusal import BROKEN, BUSY, SLOW, Refused

PROJECT = Path(__file__).resolve().parent.parent.parent
reader_log = logging.getLogger(__name__)

#: Files read at once by this process, and those that may wait for their turn: beyond
#: these the threads of the server are for readers.
READ_AT_ONCE = BoundedSemaphore(1)
WAITING = BoundedSemaphore(3)
#: Seconds that a file waits for its turn.
TURN = 10
#: Bytes that are added to the output by its last line.
LAST_LINE = 4096
#: By these the limit of the processor’s time and our own patience end a process.
ENDED_BY_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


def read_contained(
    read: Reader, file: IO[bytes] | bytes, limits: Limits = LIMITS
) -> list[Any]:
    """Runs `read`, a function of a module, on the file; its finds, as JSON tells them.

    Raises Refused.
    """
    file = BytesIO(file) if isinstance(file, bytes) else file
    with turn(), started(read, limits) as child:
        # The error of a form holds the whole request of a former file until then.
        gc.collect()
        assert child.stdin and child.stdout
        # It may have ended before it took all: what it said is read all the same.
        with suppress(BrokenPipeError):
            copyfileobj(file, child.stdin)
        with suppress(BrokenPipeError):
            child.stdin.close()
        return list(found(child, limits))


@contextmanager
def turn() -> Iterator[None]:
    if not WAITING.acquire(blocking=False):
        raise Refused(BUSY)
    try:
        if not READ_AT_ONCE.acquire(timeout=TURN):
            raise Refused(BUSY)
        try:
            yield
        finally:
            READ_AT_ONCE.release()
    finally:
        WAITING.release()


@contextmanager
def started(read: Reader, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    """A process without our environment, input or files, ended with all that it
    started, at the latest when the patience is over.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", code_for(read, limits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    timer = Timer(limits.patience, end_all, [child])
    timer.start()
    try:
        yield child
    finally:
        timer.cancel()
        end_all(child)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(BrokenPipeError):
                pipe and pipe.close()


def code_for(read: Reader, limits: Limits) -> str:
    return (
        f"import sys; sys.path.append({str(PROJECT)!r}); "
        "from outline.contained.child import Limits, run_reader; "
        f"from {read.__module__} import {read.__name__} as read; "
        f"run_reader(read, Limits{tuple(limits)})"
    )


def end_all(child: subprocess.Popen[bytes]) -> None:
    """Ends the process and whatever it may have started, though it has ended itself."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def found(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[Any]:
    """Reads the lines; without a last one the process did not live to write it."""
    assert child.stdout
    left = limits.output + LAST_LINE
    while line := child.stdout.readline(left):
        left -= len(line)
        try:
            thing = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Refused(BROKEN) from error
        if not isinstance(thing, dict):
            yield thing
            continue
        if END in thing:
            return
        if FAULT in thing:
            reader_log.warning("A file from outside: %s", thing[FAULT])
        raise Refused(thing[REFUSED], **thing[VALUES])
    raise Refused(SLOW if child.wait() in ENDED_BY_TIME else BROKEN)
