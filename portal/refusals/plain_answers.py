"""Refusals that need neither the database nor a language: pages in both, and problem
documents for the API.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from explorer.api.responses import (
    CORS_HEADERS,
    accepted_language,
    problem_response,
)
from portal.failures.pages import id_of

#: A while in which somebody may have made room again, in seconds.
WHILE = 300
#: The pages, by the status.
PAGES = {
    HTTPStatus.LENGTH_REQUIRED: "411.html",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "413.html",
    HTTPStatus.SERVICE_UNAVAILABLE: "no_room.html",
}
#: The name of the problem, by the status.
PROBLEMS = {
    HTTPStatus.LENGTH_REQUIRED: "length-required",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.SERVICE_UNAVAILABLE: "no-room",
}


def plain_answer(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    if request.path_info.startswith(reverse("api:index")):
        answer = problem_of_body(request, status)
    else:
        answer = HttpResponse(
            render_to_string(PAGES[status], id_of(request)), status=status
        )
    answer["Cache-Control"] = "no-store"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = str(WHILE)
    return answer


def problem_of_body(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    with override(accepted_language(request)):
        titles = {
            HTTPStatus.LENGTH_REQUIRED: _(
                "The request does not state its length (Content-Length)."
            ),
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("The request is too large."),
            HTTPStatus.SERVICE_UNAVAILABLE: _(
                "There is not enough storage for files right now."
            ),
        }
        answer = problem_response(request, status, PROBLEMS[status], titles[status])
    for name, value in CORS_HEADERS.items():
        answer[name] = value
    return answer
