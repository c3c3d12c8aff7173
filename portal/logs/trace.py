"""The trace: all that is known of a request, for the records made meanwhile."""

import re
import time
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from portal.monitoring.slow_queries import record_if_slow

WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


@dataclass
class Trace:
    """The name of a request, and what it has taken so far."""

    id: str
    #: Where it came from; said with security events alone.
    address: str = ""
    start: float = field(default_factory=time.monotonic)
    queries: int = 0
    #: Whether a security event was recorded for it: one refusal leaves one record.
    has_event: bool = False
    is_recorded: bool = False

    def milliseconds(self) -> float:
        return round((time.monotonic() - self.start) * 1000, 1)


CURRENT: ContextVar[Trace | None] = ContextVar("trace", default=None)


def request_id(meta: Mapping[str, Any]) -> str:
    """The name that our own proxy gave the request; a new one where none did."""
    given: str = meta.get("HTTP_X_REQUEST_ID", "")
    if settings.PROXIES and WELL_FORMED.fullmatch(given):
        return given
    return uuid.uuid4().hex


def count_query(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    """Counts a query for the request at hand; Django's `execute_wrapper` calls it."""
    trace = CURRENT.get()
    if not trace:
        return execute(sql, params, many, context)
    trace.queries += 1
    start = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        record_if_slow(sql, (time.perf_counter() - start) * 1000)
