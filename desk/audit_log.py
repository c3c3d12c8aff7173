"""Who did what: Django’s log of the admin, which nobody can change there."""

from collections.abc import Sequence

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model


def log_made(by: AbstractBaseUser, made: Sequence[Model]) -> None:
    for one in made:
        LogEntry.objects.log_actions(by.pk, [one], ADDITION, single_object=True)


def log_change(by: AbstractBaseUser, changed: Model, what: str) -> None:
    LogEntry.objects.log_actions(by.pk, [changed], CHANGE, what, single_object=True)
