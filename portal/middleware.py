from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from csp.constants import NONE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_from_path, get_language_from_request

from portal.kept_answers.switch import is_switch
from statements.models import DataVersion
from statements.requests import PortalRequest

#: The desk's addresses: Django's admin, whose scripts are not the portal's.
DESK = "/admin/"
TRUSTED_TYPES = {"require-trusted-types-for": ["'script'"], "trusted-types": [NONE]}
#: What tells of a reader or of a device; each is named in every answer, so no more.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        *("browsing-topics", "camera", "display-capture", "geolocation", "hid"),
        *("microphone", "midi", "payment", "serial", "usb"),
    )
)


class QuietSessionMiddleware(SessionMiddleware):
    """Keeps a session going for pages alone: whatever else did not look at it, and
    every failure, does without the database.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        is_page = response.status_code == 200 and is_html(response)
        looks = request.session.accessed and response.status_code < 500
        if not (is_page or looks):
            return response
        return super().process_response(request, response)


class TrustedTypesMiddleware(CSPMiddleware):
    """Sets the policy; on readers' pages no script may turn a text into markup either.

    The admin's own scripts do, so that its pages keep to the rest of the policy.
    """

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and not request.path_info.startswith(DESK):
            parts.update = {**TRUSTED_TYPES, **(parts.update or {})}
        return parts


def is_html(response: HttpResponseBase) -> bool:
    return str(response.get("Content-Type", "")).startswith("text/html")


def is_embedded(response: HttpResponseBase) -> bool:
    """True for what any site may frame."""
    return getattr(response, "xframe_options_exempt", False)


GetResponse = Callable[[HttpRequest], HttpResponse]


def add_data_version(get_response: GetResponse) -> GetResponse:
    """Gives the request its `data_version`, read once and only if something asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        lazy = SimpleLazyObject(DataVersion.current)
        cast(PortalRequest, request).data_version = cast(Any, lazy)
        return get_response(request)

    return middleware


def add_cross_origin_policies(get_response: GetResponse) -> GetResponse:
    """Says what pages may use of a device, and which sites may load an answer.

    What is open to every site says so itself: the API, open data, the widget.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_open = response.get("Access-Control-Allow-Origin") == "*"
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy",
            "cross-origin" if is_open else "same-origin",
        )
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def remember_language(get_response: GetResponse) -> GetResponse:
    """Keeps the language that someone switches to, where the browser would suggest
    another; a first visit sets no cookie.

    Of the readers' pages only `/` goes by it; every other one has its language in its
    address. The desk goes by it too: who is signed in reads both languages, and keeps
    that of the desk. Files, feeds and what other sites frame are no pages to read on
    from, and set no cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        language = get_language_from_path(request.path_info)
        is_reader = settings.SESSION_COOKIE_NAME not in request.COOKIES
        is_page = is_html(response) and not is_embedded(response)
        is_other = language != get_language_from_request(request)
        if language and is_reader and is_page and is_other and is_switch(request.META):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return middleware


def drop_empty_parameters(get_response: GetResponse) -> GetResponse:
    """Ignores parameters without a value, as forms send them; the address of a page
    loses them, so that it can be passed on as it is.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(DESK) or request.method not in ("GET", "HEAD"):
            return get_response(request)
        query = filled_parameters(request.GET)
        if query == request.GET:
            return get_response(request)
        if get_language_from_path(request.path_info) and request.path.endswith("/"):
            more = f"?{query.urlencode()}" if query else ""
            return HttpResponseRedirect(f"{request.path}{more}")
        request.GET = cast(Any, query)
        return get_response(request)

    return middleware


def filled_parameters(query: QueryDict) -> QueryDict:
    filled = QueryDict(mutable=True)
    for name, values in query.lists():
        if given := [value for value in values if value.strip()]:
            filled.setlist(name, given)
    return filled


def keep_not_modified_bare(get_response: GetResponse) -> GetResponse:
    """A 304 has no length of its own, and says what the answer it stands for depends on
    (RFC 9110, 15.4.5): compression comes to the whole answer alone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            del response["Content-Length"]
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return middleware


def keep_previews_out_of_search_engines(get_response: GetResponse) -> GetResponse:
    """Anywhere but on the ministry's own host the portal is a preview, and says so."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.get_host() != settings.OFFICIAL_HOST:
            response["X-Robots-Tag"] = "noindex"
        return response

    return middleware
