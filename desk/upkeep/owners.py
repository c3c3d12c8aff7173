"""Owners and checks of statements: what changes them, and what is due."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from desk.audit_log import log_change
from desk.models import Upkeep
from statements.models import PublicationState, Statement, StatementQuerySet


def possible_owners(present: int | None = None) -> QuerySet[User]:
    """All who can enter the desk, and who is the owner now, whether they still can."""
    people = Q(is_active=True, is_staff=True) | Q(pk=present)
    return User.objects.filter(people).order_by("username")


@transaction.atomic
def assign(
    statements: Iterable[Statement], owner: User | None, by: AbstractBaseUser
) -> None:
    told = f"owner: {owner or 'nobody'}"
    set_owner(statements, by, told, owner=owner)


@transaction.atomic
def record_check(statements: Iterable[Statement], by: AbstractBaseUser) -> None:
    today = timezone.localdate()
    set_owner(statements, by, f"checked on {today}", checked_on=today, checked_by=by)


def set_owner(
    statements: Iterable[Statement], by: AbstractBaseUser, told: str, **values
) -> None:
    statements = list(statements)
    Upkeep.objects.bulk_create(
        [Upkeep(statement=statement, **values) for statement in statements],
        update_conflicts=True,
        unique_fields=["statement"],
        update_fields=list(values),
    )
    for statement in statements:
        log_change(by, statement, told)


def longest_unchecked_first() -> StatementQuerySet:
    """What readers may see or soon will; first what nobody ever checked."""
    return (
        Statement.objects.exclude(state=PublicationState.WITHDRAWN)
        .select_related("document", "upkeep__owner", "upkeep__checked_by")
        .order_by(F("upkeep__checked_on").asc(nulls_first=True), "sort_key")
    )


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
