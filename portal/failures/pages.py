"""Pages of what went wrong: in both languages, with the name of the request.

None of them asks the database.
"""

import sys
from http import HTTPStatus
from typing import Any, cast

from django.http import (
    HttpRequest,
    HttpResponse,
    RawPostDataException,
    UnreadablePostError,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from desk.sessions.form_owners import TOKEN_FIELD
from desk.sessions.kept_post import fields_of
from desk.sessions.views import denied_at_desk
from explorer.api.responses import unavailable_problem
from portal.failures.outages import is_outage
from statements.requests import PortalRequest

#: Seconds after which a reader may try again.
PATIENCE_ASKED = 30
#: A page that loads nothing needs no more.
BARE_POLICY = "; ".join(
    f"{name} 'none'"
    for name in ("default-src", "base-uri", "form-action", "frame-ancestors")
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return denied_at_desk(request) or plain_page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return framed_page(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where the database is away or has no time, which passes."""
    if not is_outage(sys.exc_info()[1]):
        answer = plain_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    elif request.path_info.startswith(reverse("api:index")):
        answer = unavailable_problem(request)
    else:
        unsent = unsent_form(request)
        answer = framed_page(request, HTTPStatus.SERVICE_UNAVAILABLE, unsent)
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = str(PATIENCE_ASKED)
    add_never_cache_headers(answer)
    return answer


def unknown_host(request: HttpRequest) -> HttpResponse:
    """400 without anything of the portal, whose addresses do not work by that name."""
    answer = HttpResponse(
        render_to_string("site/unknown_host.html", id_of(request)), status=400
    )
    answer["Content-Security-Policy"] = BARE_POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(answer)
    return answer


def plain_page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """A page without the frame, which may be what failed."""
    text = render_to_string(f"{status}.html", id_of(request))
    return HttpResponse(text, status=status)


def framed_page(
    request: HttpRequest, status: HTTPStatus, more: dict[str, Any] | None = None
) -> HttpResponse:
    """A page in the frame of the site, without the day of the last change."""
    cast(PortalRequest, request).data_version = None
    context = id_of(request) | (more or {})
    return render(request, f"{status}.html", context, status=status)


def unsent_form(request: HttpRequest) -> dict[str, Any]:
    """The fields of a form of the desk that could not be taken, to be sent again: with
    the token that came with them, and without what is secret.
    """
    is_of_desk = request.path_info.startswith(reverse("admin:index"))
    if request.method != "POST" or not is_of_desk:
        return {}
    try:
        fields = fields_of(request)
    except (RawPostDataException, UnreadablePostError):
        return {}
    token = request.POST.get(TOKEN_FIELD, "")
    return {
        "unsent": [[TOKEN_FIELD, token], *fields] if fields else [],
        "file_fields": list(request.FILES),
    }


def id_of(request: HttpRequest) -> dict[str, str]:
    return {"request_id": getattr(request, "id", "")}
