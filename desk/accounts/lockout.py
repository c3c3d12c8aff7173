"""Names that too many wrong passwords have locked, and their release."""

from collections.abc import Callable

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone


def present_locks() -> Callable[[User], bool]:
    """The locks of this moment, read once: says of any user whether they are locked."""
    attempts = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME,
    )
    names = set(attempts.values_list("username", flat=True))
    return lambda user: user.username in names


def is_locked(user: User) -> bool:
    return present_locks()(user)


def unlock(user: User) -> None:
    """Lets the user try again at once, from every address."""
    reset(username=user.username)
