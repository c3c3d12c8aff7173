"""The person at the desk, of a request that the admin has let in."""

from django.contrib.auth.models import User
from django.http import HttpRequest


def staff_user(request: HttpRequest) -> User:
    """The user of the request, who is known: the admin turns away everybody else."""
    assert isinstance(request.user, User)
    return request.user
