"""Bodies of requests: refused by their length, before anything of them is read."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse

from desk.uploads.largest_body import LARGEST_OF_DESK, LARGEST_OF_READERS
from portal.middleware import GetResponse
from portal.refusals.disk_space import full_disk_answer
from portal.refusals.plain_answers import plain_answer

security_log = logging.getLogger("django.security.RequestDataTooBig")


class BodyLimitMiddleware:
    """Takes in the body of a post here, for whatever view it is, so that none has to
    think of what may go wrong.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Django reads as many bytes as the length says: without one, none.
        if "HTTP_TRANSFER_ENCODING" in request.META:
            return plain_answer(request, HTTPStatus.LENGTH_REQUIRED)
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        if length_of(request) > largest_for(request, view):
            security_log.warning("%s bytes for %s", length_of(request), request.path)
            return plain_answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if request.method != "POST":
            return None
        try:
            request.POST  # noqa: B018, whoever asks first has it read
        except RequestDataTooBig:
            return plain_answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except UnreadablePostError:
            # Whoever sent it is gone.
            return HttpResponse(status=HTTPStatus.BAD_REQUEST)
        except OSError as error:
            if answer := full_disk_answer(request, error):
                return answer
            raise
        return None


def length_of(request: HttpRequest) -> int:
    """As Django understands it, which stumbles on what is no number."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise BadRequest("The length of the body is no number.") from error


def largest_for(request: HttpRequest, view: Callable[..., Any]) -> int:
    """More than a form is for those alone who are signed in."""
    if not request.path_info.startswith(reverse("admin:index")):
        return LARGEST_OF_READERS
    largest: int = getattr(view, "largest_body", LARGEST_OF_DESK)
    if length_of(request) > LARGEST_OF_DESK and not request.user.is_authenticated:
        return LARGEST_OF_DESK
    return largest
