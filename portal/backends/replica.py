"""Reads of readers' pages from a streaming replica (DATABASE_REPLICA_URL).

Whoever has a session, every write, the desk and all commands use the primary, so that
people at work see what they wrote. A whole page is read from one server, its version of
the data with it: a replica that lags shows what was, and nothing half of it.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from portal.backends.away import Outage

replica_log = logging.getLogger("portal.replica")
PRIMARY, REPLICA = "default", "replica"
#: Of the replica, as this process knows it.
OUTAGE = Outage()
#: Where this context reads from; commands and everything but readers' pages: PRIMARY.
READS_FROM: ContextVar[str] = ContextVar("reads_from", default=PRIMARY)
#: The desk, previews, and reports, whose sender is led to what was just written.
OF_PRIMARY = re.compile(r"^/(admin/|(ko|en)/(preview|reports)/|.*/report/$)")


class ReplicaRouter:
    """Leads reads to where the request reads from, and all else to the primary."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        alias = READS_FROM.get()
        # What is read inside a transaction is what it wrote.
        is_writing = connections[PRIMARY].in_atomic_block
        return PRIMARY if is_writing else alias

    def db_for_write(self, model: type, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both servers have the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


@contextmanager
def reads_from(alias: str) -> Iterator[None]:
    """Has this context read from the server of that name."""
    former = READS_FROM.set(alias)
    try:
        yield
    finally:
        READS_FROM.reset(former)


def choose_database(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Has readers' pages read from the replica while it answers."""
    if REPLICA not in connections:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if not (is_of_reader(request) and answers_now()):
            return get_response(request)
        with reads_from(REPLICA):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse):
            # It is written once this has returned, from the same server.
            body = cast(Iterator[bytes], response.streaming_content)
            response.streaming_content = read_on(body)
        return response

    return middleware


def is_of_reader(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not OF_PRIMARY.match(request.path_info)
    )


def server_of_readers() -> str:
    """The name of the server that a reader's page would be read from now."""
    return REPLICA if REPLICA in connections and answers_now() else PRIMARY


def answers_now() -> bool:
    """Says whether the replica answers; connects to it, and once in a request looks
    whether the connection is alive (CONN_HEALTH_CHECKS).
    """
    if not OUTAGE.may_ask():
        return False
    try:
        connections[REPLICA].cursor().close()
    except Error as error:
        connections[REPLICA].close()
        if OUTAGE.note(is_away=True):
            reason = type(error).__name__
            replica_log.warning("The replica is away: %s", reason)
        return False
    if OUTAGE.note(is_away=False):
        replica_log.warning("The replica is back")
    return True


def read_on(body: Iterator[bytes]) -> Iterator[bytes]:
    """The body, each part of it read from the replica.

    A generator’s parts may be asked for in other contexts, so each sets its own.
    """
    parts = iter(body)
    while True:
        with reads_from(REPLICA):
            try:
                part = next(parts)
            except StopIteration:
                return
        yield part
