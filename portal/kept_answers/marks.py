"""Marks the answers that everybody gets alike, for this process and for caches."""

import hashlib
import re
from collections.abc import Callable
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, has_vary_header
from django.utils.translation import get_language_from_path

from portal.version import VERSION
from statements.requests import PortalRequest

#: Under these names of the environment the front says that it is there, and a mark
#: tells it that the answer may be kept.
FRONT, MARK = "portal.front", "portal.mark"
#: Browsers ask each time, and mostly hear that nothing changed; a cache of ours asks
#: every few seconds, answers meanwhile, and for a week while the portal does not.
FOR_EVERYBODY = (
    "public, max-age=0, s-maxage=10, stale-while-revalidate=60, stale-if-error=604800"
)
#: The public pages without a language in their addresses.
SITEMAP = re.compile(r"/sitemap(-[a-z-]+-[0-9]+)?\.xml")


class Mark(NamedTuple):
    """The version of the data that an answer was made of; none for what is of none."""

    token: UUID | None


class AnswerMarks:
    """Gives the pages that everybody gets alike a strong ETag and a rule for caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not (is_of_nobody(request) and is_lasting(answer)):
            return answer
        version = cast(PortalRequest, request).data_version
        token = version.token if version else None
        answer.headers.setdefault("ETag", etag_of(answer.content, token))
        answer["Cache-Control"] = FOR_EVERYBODY
        if FRONT in request.META:
            if token:
                leave_to_front(request, Mark(token))
            return answer
        conditional = get_conditional_response(
            request, etag=answer["ETag"], response=answer
        )
        return cast(HttpResponse, conditional)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> None:
        """Reads the version before the data: an answer is never older than its mark."""
        if is_of_nobody(request):
            bool(cast(PortalRequest, request).data_version)


def mark_timeless(request: HttpRequest) -> None:
    """Marks what no data changes."""
    if FRONT in request.META:
        leave_to_front(request, Mark(None))


def leave_to_front(request: HttpRequest, mark: Mark) -> None:
    """The front compresses what it keeps, so that nothing before it has to."""
    request.META[MARK] = mark
    request.META.pop("HTTP_ACCEPT_ENCODING", None)


def is_of_nobody(request: HttpRequest) -> bool:
    """True of a page that somebody asks for who is not signed in, nor at a form."""
    own = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    is_read = request.method in ("GET", "HEAD") and not own & request.COOKIES.keys()
    path = request.path_info
    return is_read and bool(SITEMAP.fullmatch(path) or get_language_from_path(path))


def is_lasting(answer: HttpResponse) -> bool:
    """True of a page that says nothing else about caches, and sets no cookie."""
    is_page = answer.status_code == 200 and not answer.streaming and not answer.cookies
    is_bound = "Cache-Control" in answer or has_vary_header(answer, "Cookie")
    return is_page and not is_bound


def etag_of(content: bytes, token: UUID | None = None) -> str:
    """A strong one, over content, release and version of the data."""
    said = f"{VERSION} {token} ".encode()
    return f'"{hashlib.sha256(said + content).hexdigest()[:32]}"'
