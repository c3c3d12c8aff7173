"""Security events: who was let in, locked out or refused, in a logger of their own."""

import logging

from django.http import HttpRequest

from portal.logs.trace import CURRENT
from portal.monitoring.counts import count_event

security_log = logging.getLogger("portal.security")

#: The answers that turn somebody away, by their status.
REFUSALS = {403: "refused", 413: "too large", 429: "too many requests"}


class OncePerRequest(logging.Filter):
    """Says where an event came from, and notes that the request has its event, so that
    its refusal makes no second one. Every event is counted.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if trace := CURRENT.get():
            trace.has_event = True
            record.address = trace.address
        # A second configuration of the logs leaves the filter of the first one.
        if not getattr(record, "is_counted", False):
            record.is_counted = True
            count_event(record)
        return True


class SuspiciousEvents(logging.Handler):
    """Turns what Django finds suspicious into security events of the portal.

    Django's own messages repeat what was sent, which may be anything; the name of the
    event and the address say enough.
    """

    def emit(self, record: logging.LogRecord) -> None:
        event = record.name.removeprefix("django.security.").removeprefix("django.")
        request = getattr(record, "request", None)
        host = request.META.get("HTTP_HOST", "")[:255] if request else None
        tell(event, request, host=host if event == "DisallowedHost" else None)


def tell(
    event: str,
    request: HttpRequest | None = None,
    level: int = logging.WARNING,
    **fields: str | int | None,
) -> None:
    """Records a security event; `fields` are some of `json_lines.FIELDS`."""
    place = {"method": request.method, "path": request.path} if request else {}
    extra = {"event": event, "request": request, **place, **fields}
    security_log.log(level, event, extra=extra)


def tell_of_refusal(request: HttpRequest, status: int) -> None:
    """Records an answer that turned somebody away, unless its reason was recorded."""
    trace = CURRENT.get()
    if status in REFUSALS and not (trace and trace.has_event):
        tell(REFUSALS[status], request, status=status)
