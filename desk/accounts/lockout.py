"""Names that too many wrong passwords have locked, and their release."""

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone


def locked_usernames() -> set[str]:
    """The names that are locked now, at whatever address."""
    attempts = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME,
    )
    return set(attempts.values_list("username", flat=True))


def is_locked(user: User) -> bool:
    return user.username in locked_usernames()


def unlock(user: User) -> None:
    """Lets the user try again at once, from every address."""
    reset(username=user.username)
