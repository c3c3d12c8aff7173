"""The time for which records of logins are kept."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings

from desk.accounts.lockout import FailedTries
from desk.sessions.store import SessionStore


def purge(now: datetime) -> int:
    """Deletes expired sessions, and records of logins whose time is over; how many of
    these. The log of what staff did stays.
    """
    SessionStore.clear_expired()
    limit = now - timedelta(days=settings.LOGIN_RETENTION_DAYS)
    deleted = 0
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        number, _by_model = model.objects.filter(attempt_time__lt=limit).delete()
        deleted += number
    # Failures that are long forgiven.
    forgiven = FailedTries.objects.filter(counted_at__lt=now - timedelta(days=1))
    forgiven.exclude(blocked_until__gt=now).delete()
    return deleted
