"""The counts of what the portal answers, for Prometheus.

Every label has few values, all of them known beforehand: names of views, classes of
status, names of events; never an address, a path or a person.
"""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram

#: Of this process; the server's workers share theirs by files (scripts/server.sh).
COUNTED = CollectorRegistry()
COUNTED_METHODS = ("GET", "HEAD", "POST", "OPTIONS")

REQUESTS = Counter(
    "portal_requests",
    "Requests answered, but for static files.",
    ("view", "method", "status"),
    registry=COUNTED,
)
SECONDS = Histogram(
    "portal_request_seconds",
    "Seconds from a request to the end of its answer.",
    ("view",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=COUNTED,
)
QUERIES = Histogram(
    "portal_request_queries",
    "Queries of the database that a request took.",
    ("view",),
    buckets=(0, 1, 2, 5, 10, 20, 50, 100),
    registry=COUNTED,
)
SPARED = Counter(
    "portal_answers_spared",
    "Answers that no view made: not modified (304), or kept from an earlier request.",
    ("how",),
    registry=COUNTED,
)
REFUSED_REQUESTS = Counter(
    "portal_requests_refused",
    "Requests refused: too many from one address, or too many searches at once.",
    ("reason",),
    registry=COUNTED,
)
SECURITY_EVENTS = Counter(
    "portal_security_events",
    "Events of the security log: logins that failed, locks, refusals, role changes.",
    ("event",),
    registry=COUNTED,
)
SLOW_QUERIES = Counter(
    "portal_slow_queries",
    "Queries of requests that took SLOW_QUERY_MS or longer.",
    registry=COUNTED,
)


def count_request(
    request: HttpRequest, response: HttpResponseBase, seconds: float, queries: int
) -> None:
    """Counts a request once it is answered."""
    match = request.resolver_match
    view = match.view_name if match else "none"
    method = request.method if request.method in COUNTED_METHODS else "other"
    REQUESTS.labels(view, method, f"{response.status_code // 100}xx").inc()
    SECONDS.labels(view).observe(seconds)
    QUERIES.labels(view).observe(queries)
    if response.status_code == 304:
        SPARED.labels("not modified").inc()


def count_kept(method: str, status: int, seconds: float) -> None:
    """Counts a request that was answered from what is kept, before any view."""
    REQUESTS.labels("kept", method, f"{status // 100}xx").inc()
    SECONDS.labels("kept").observe(seconds)
    SPARED.labels("not modified" if status == 304 else "kept").inc()


def count_event(record: Any) -> None:
    """Counts a record of the security log."""
    SECURITY_EVENTS.labels(getattr(record, "event", "other")).inc()
