"""One record for each request: what was asked, what it took, how it ended."""

import logging
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import LazyObject, empty

from desk.accounts.client_ip import client_ip
from portal.logs.security import tell_of_refusal
from portal.logs.trace import CURRENT, Trace, count_query, request_id
from statements.requests import PortalRequest

access_log = logging.getLogger("portal.access")
#: Where Django records what fails in a view; a body that breaks off is recorded there.
failures = logging.getLogger("django.request")

PARAMETER_NAME = re.compile(r"[a-z_]{1,30}")
MOST_PARAMETERS = 20
LONGEST_PATH = 500


def record_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Names each request, and records it once it is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        trace = follow(Trace(request_id(request), client_ip(request) or ""))
        cast(PortalRequest, request).id = trace.id
        response = get_response(request)
        response["X-Request-ID"] = trace.id
        tell_of_refusal(request, response.status_code)
        is_file_of_ours = request.path.startswith(settings.STATIC_URL)
        if is_file_of_ours and response.status_code < 400:
            return response
        finish = partial(record, request, response, trace)
        if isinstance(response, StreamingHttpResponse):
            body = cast(Iterator[bytes], response.streaming_content)
            response.streaming_content = watch(body, request, trace, finish)
            # Of a body that nobody reads, the end is when the answer is closed.
            response._resource_closers.append(finish)
        else:
            finish()
        return response

    return middleware


def follow(trace: Trace) -> Trace:
    """Has the queries of this thread counted for the request from now on."""
    CURRENT.set(trace)
    for connection in connections.all():
        if count_query not in connection.execute_wrappers:
            # Before those of others, which take the last one away when they are done.
            connection.execute_wrappers.insert(0, count_query)
    return trace


def watch(
    body: Iterator[bytes],
    request: HttpRequest,
    trace: Trace,
    finish: Callable[[], None],
) -> Iterator[bytes]:
    """The body as it is; where it breaks off, that is recorded and the answer ends."""
    follow(trace)
    try:
        yield from body
    except Exception:
        failures.exception(
            "Body broke off: %s", request.path, extra={"request": request}
        )
        raise
    finally:
        finish()


def record(request: HttpRequest, response: HttpResponseBase, trace: Trace) -> None:
    """Writes the record of a request, the first time that it is told to."""
    if trace.is_recorded:
        return
    trace.is_recorded = True
    CURRENT.set(None)
    path = request.path[:LONGEST_PATH]
    access_log.info(
        "%s %s %s",
        (request.method or "")[:16],
        path,
        response.status_code,
        extra={
            "request": request,
            "method": (request.method or "")[:16],
            "path": path,
            "parameters": parameter_names(request),
            "status": response.status_code,
            "user_id": user_id(request),
            "duration_ms": trace.milliseconds(),
            "queries": trace.queries,
        },
    )


def parameter_names(request: HttpRequest) -> list[str]:
    """The names of the parameters: a value, or an odd name, may be somebody's text."""
    pairs = request.META.get("QUERY_STRING", "").split("&")[:MOST_PARAMETERS]
    names = (pair.partition("=")[0] for pair in pairs if "=" in pair)
    known = (name if PARAMETER_NAME.fullmatch(name) else "…" for name in names)
    return list(dict.fromkeys(known))


def user_id(request: HttpRequest) -> int | None:
    """The user who is signed in, where the page asked; the record asks no database."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject) and user._wrapped is empty:
        return None
    return user.pk if user else None
