"""A disk without room: said in an answer, never a file that is empty or half."""

import errno
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from portal.middleware import GetResponse
from portal.refusals.plain_answers import plain_answer

#: Full, beyond a quota, or not to be written to at all.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
#: What a database says of a full disk, and Python of a folder for temporary files.
SAID = ("disk is full", "No space left", "No usable temporary directory")


class FullDiskMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        return full_disk_answer(request, error)


def full_disk_answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """None for an error of another kind."""
    is_of_disk = isinstance(error, OSError | DatabaseError)
    is_said = any(words in str(error) for words in SAID)
    if not is_of_disk or not (is_said or getattr(error, "errno", None) in NO_ROOM):
        return None
    answer = plain_answer(request, HTTPStatus.SERVICE_UNAVAILABLE)
    log_response(
        "No room on the disk: %s",
        request.path,
        response=answer,
        request=request,
        exception=error,
    )
    return answer
