"""The log of the acts of staff: Django’s own, which nobody can change in the admin."""

from collections.abc import Sequence

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model


def log_made(by: AbstractBaseUser, rows: Sequence[Model]) -> None:
    """Logs that `by` made the rows, each in a line of its own."""
    for row in rows:
        LogEntry.objects.log_actions(by.pk, [row], ADDITION, single_object=True)


def log_change(by: AbstractBaseUser, row: Model, message: str) -> None:
    """Logs that `by` changed the row, and how."""
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, message, single_object=True)
