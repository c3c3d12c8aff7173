"""Limits of one address in a minute, and of the searches that run at once.

Words searched for, files and the API cost more than pages. An answer that its reader
has already (304) costs nothing and is never counted.
"""

from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import override

from desk.accounts.client_ip import client_ip
from explorer.api.responses import CORS_HEADERS, accepted_language, problem_response
from explorer.query import data_etag
from explorer.rate_limits import RateLimit, client_of
from portal.failures.pages import id_of
from portal.middleware import GetResponse
from portal.monitoring.counts import REFUSED_REQUESTS
from statements.requests import PortalRequest

#: The parts of the portal that readers ask; the desk has its own.
PUBLIC_SPACES = ("explorer", "statements", "goals", "achievements", "api")
PUBLIC_FILES = ("download", "catalog", "sitemap", "sitemap_part")
#: Those of the API that say how it is used.
MANUALS = ("api:index", "api:docs", "api:openapi")
#: What is looked for in the body of a post; it changes nothing.
CHECKS = ("explorer:quotes", "api:quotes")
#: Seconds after which one of the searches that run will have ended.
SOON = 2


class RequestLimits:
    """Refuses with 429 what an address asks for too often, and with 503 a search while
    too many run: some threads are left for readers, whatever is searched for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.places = BoundedSemaphore(settings.SEARCHES_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_held = False
        try:
            answer = self.get_response(request)
            if answer.streaming and getattr(request, "has_search_place", False):
                # The search runs while the file is written, and is over with it.
                is_held = True
                cast("Any", answer)._resource_closers.append(self.places.release)
            return answer
        finally:
            if getattr(request, "has_search_place", False) and not is_held:
                self.places.release()

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        sorts = sorts_of(request)
        if not sorts or is_known(cast("PortalRequest", request), sorts):
            return None
        client = client_of(client_ip(request))
        waits = [limit(sort).take(client) for sort in sorts] if client else []
        if wait := max(waits, default=0):
            return refuse(request, HTTPStatus.TOO_MANY_REQUESTS, wait)
        if "search" in sorts:
            if not self.places.acquire(blocking=False):
                return refuse(request, HTTPStatus.SERVICE_UNAVAILABLE, SOON)
            cast("Any", request).has_search_place = True
        return None


def limit(sort: str) -> RateLimit:
    return RateLimit(sort, settings.RATE_LIMITS.get(sort, 0))


def sorts_of(request: HttpRequest) -> list[str]:
    """The limits that a request counts for."""
    match = request.resolver_match
    assert match, "views have an address"
    is_check = request.method == "POST" and match.view_name in CHECKS
    is_read = request.method in ("GET", "HEAD") or is_check
    is_public = match.namespace in PUBLIC_SPACES or match.view_name in PUBLIC_FILES
    if not (is_read and is_public) or match.view_name in MANUALS:
        return []
    has_words = any(words.strip() for words in request.GET.getlist("q"))
    sorts = ["search"] if has_words or is_check else []
    if match.namespace == "api":
        sorts.append("api")
    elif "." in request.path.rpartition("/")[2]:
        sorts.append("files")
    return sorts


def is_known(request: PortalRequest, sorts: list[str]) -> bool:
    """True where the reader has the answer already, and will be told just that."""
    known = request.headers.get("If-None-Match", "")
    if not known or sorts == ["search"] or request.method == "POST":
        return False
    language = accepted_language(request) if "api" in sorts else None
    if language is None:
        return is_one_of(data_etag(request), known)
    with override(language):
        return is_one_of(data_etag(request), known)


def is_one_of(etag: str | None, known: str) -> bool:
    return etag is not None and etag in parse_etags(known)


def refuse(request: HttpRequest, status: HTTPStatus, wait: int) -> HttpResponse:
    match = request.resolver_match
    is_busy = status == HTTPStatus.SERVICE_UNAVAILABLE
    REFUSED_REQUESTS.labels("searches" if is_busy else "rate").inc()
    if match and match.namespace == "api":
        answer: HttpResponse = problem(request, status, wait)
    else:
        # A page of its own frame: who is refused costs as little as can be.
        context = {"wait": wait, "status": status.value, "is_busy": is_busy}
        page = render_to_string("429.html", context | id_of(request))
        answer = HttpResponse(page, status=status)
    answer["Retry-After"] = str(wait)
    answer["Cache-Control"] = "no-store"
    return answer


def problem(request: HttpRequest, status: HTTPStatus, wait: int) -> HttpResponse:
    language = accepted_language(request)
    with override(language):
        title = _("Too many requests. Try again in %(wait)s seconds.") % {"wait": wait}
        answer = problem_response(request, status, "too-many-requests", title)
    answer["Content-Language"] = language
    for name, value in CORS_HEADERS.items():
        answer[name] = value
    return answer
