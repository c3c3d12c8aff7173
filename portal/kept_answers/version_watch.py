"""The version of the data as this process knows it, without asking for each request."""

import time
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from django.db import Error, close_old_connections

from portal.backends.replica import reads_from, server_of_readers
from statements.models import DataVersion


class KnownVersion(NamedTuple):
    """The last token that was read; whether the database is away since."""

    token: UUID | None
    is_away: bool


class VersionWatch:
    """Asks for the version once in so many seconds, one thread for all of them.

    So a reader sees a change at most that much later; who is signed in is not answered
    from memory, and sees it at once. With 0 seconds each request asks.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.known: KnownVersion | None = None
        self.until = 0.0
        self.lock = Lock()

    def look(self) -> KnownVersion:
        """The others go on with what is known while one asks, however long it takes."""
        if self.known is not None and time.monotonic() < self.until:
            return self.known
        waits = self.known is None or not self.seconds
        if self.lock.acquire(blocking=waits):
            try:
                self.known = self.ask()
                self.until = time.monotonic() + self.seconds
            finally:
                self.lock.release()
        assert self.known
        return self.known

    def learn(self, token: UUID | None) -> None:
        """Takes the first version from an answer that was made of it."""
        if self.known is None:
            self.known = KnownVersion(token, False)

    def ask(self) -> KnownVersion:
        try:
            # What Django does at the beginning of a request, which this is none of.
            close_old_connections()
            # From the server that readers' pages are read from, which may lag.
            with reads_from(server_of_readers()):
                version = DataVersion.current()
        except Error:
            return KnownVersion(self.known.token if self.known else None, True)
        return KnownVersion(version.token if version else None, False)
