"""Passwords are hashed one at a time in each worker process: hashing is slow by design,
and readers have to be served meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from django.contrib.auth.hashers import PBKDF2PasswordHasher

#: Threads of a worker that may be at a login: one hashes, one waits for it. A worker
#: has eight (scripts/serve.sh).
AT_LOGIN = 2
places = BoundedSemaphore(AT_LOGIN)
one_at_a_time = Lock()


class BusyError(Exception):
    """As many logins as may wait are waiting."""


@contextmanager
def place_in_the_queue() -> Iterator[None]:
    """Waits for no place: BusyError where none is free."""
    if not places.acquire(blocking=False):
        raise BusyError
    try:
        yield
    finally:
        places.release()


class QueuedHasher(PBKDF2PasswordHasher):
    """Django’s own hasher and format, behind one lock."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with one_at_a_time:
            return super().encode(password, salt, iterations)
