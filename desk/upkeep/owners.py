"""Owners and checks of statements are recorded here, and the next ones listed."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from desk.audit_log import log_change
from desk.models import Upkeep
from statements.models import (
    DataVersion,
    PublicationState,
    Statement,
    StatementQuerySet,
)
from statements.models.revision import DataChange
from statements.write_lock import write_lock

#: The fields by the words that the log of a statement has for them.
LABELS = {
    "owner": "owner",
    "checked_on": "last checked on",
    "checked_by": "last checked by",
}


def possible_owners(present: int | None = None) -> QuerySet[User]:
    """All who can enter the desk, and the present owner, who perhaps no longer can."""
    people = Q(is_active=True, is_staff=True) | Q(pk=present)
    return User.objects.filter(people).order_by("username")


@write_lock()
def assign_owner(statements: Iterable[Statement], owner: User | None, by: User) -> None:
    save_upkeep(statements, by, gettext_noop("owner assigned"), owner=owner)


@write_lock()
def record_check(statements: Iterable[Statement], by: User) -> None:
    today = timezone.localdate()
    act = gettext_noop("check recorded")
    save_upkeep(statements, by, act, checked_on=today, checked_by=by)
    # Readers see the day, and their browsers keep pages until then.
    DataVersion.move(DataChange())


def save_upkeep(
    statements: Iterable[Statement],
    by: User,
    act: str,
    **values: User | date | None,
) -> None:
    statements = list(statements)
    upkeeps = Upkeep.objects.select_related("owner", "checked_by")
    before = {u.statement_id: u for u in upkeeps.filter(statement__in=statements)}
    Upkeep.objects.bulk_create(
        [Upkeep(statement=statement, **values) for statement in statements],
        update_conflicts=True,
        unique_fields=["statement"],
        update_fields=list(values),
    )
    for statement in statements:
        upkeep = before.get(statement.pk) or Upkeep()
        old = {LABELS[name]: getattr(upkeep, name) for name in values}
        new = {LABELS[name]: value for name, value in values.items()}
        log_change(by, statement, act, old, new)


def longest_unchecked_first() -> StatementQuerySet:
    """Statements that readers see or soon may; first those that nobody ever checked."""
    return (
        Statement.objects.exclude(state=PublicationState.WITHDRAWN)
        .select_related("document", "upkeep__owner", "upkeep__checked_by")
        .order_by(F("upkeep__checked_on").asc(nulls_first=True), "sort_key")
    )


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
