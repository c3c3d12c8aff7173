"""A change of an account comes into force by a second administrator, or not at all."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from desk.accounts.changes.administration import (
    FIELDS,
    RIGHTS,
    account_values,
    due_at,
    lock_accounts,
    require_free_name,
    tell,
    write_values,
)
from desk.accounts.changes.models import (
    AccountChange,
    AccountChangeKind,
    AccountChangeState,
)
from desk.accounts.rights import (
    KEEP_ACCOUNTS,
    begin_standing,
    deciders,
    may_ask,
    may_object,
    require_settled,
)
from desk.accounts.second_step.second_factor import forget_devices
from desk.sessions.life import end_sessions

DECIDED_ALREADY = gettext_lazy("This change has already been decided.")
ANOTHER_ADMINISTRATOR = gettext_lazy(
    "Another administrator must approve this: neither the person who requested it nor "
    "the person it concerns."
)
ACCOUNT_MOVED_ON = gettext_lazy(
    "The account has changed since this was requested. Refuse this request, then "
    "request the change again."
)
ASKER_GONE = gettext_lazy(
    "The person who requested this no longer has the right to do so. Refuse this "
    "request."
)


@transaction.atomic
def approve_change(change: AccountChange, by: User) -> None:
    """Puts the change into force; `by` is another administrator of at least a day."""
    lock_accounts()
    change, by = waiting_change(change), User.objects.get(pk=by.pk)
    if not may_keep_accounts(by):
        raise PermissionDenied
    if by.pk in (change.author_id, change.person_id):
        raise ValidationError(ANOTHER_ADMINISTRATOR)
    require_settled(by)
    change.decided_by = by
    put_in_force(change)
    tell(change, by, gettext_noop("account change approved"))


@transaction.atomic
def force_unopposed(change: AccountChange, by: User) -> None:
    """Puts the change into force where no administrator but its author could decide,
    and nobody has objected in time.
    """
    lock_accounts()
    change = waiting_change(change)
    if by.pk != change.author_id:
        raise PermissionDenied
    if deciders(change.author, change.person).exists():
        raise ValidationError(ANOTHER_ADMINISTRATOR)
    require_settled(by)
    due = earliest(change)
    if timezone.now() < due:
        told = _("It cannot take effect before %(time)s.")
        moment = date_format(timezone.localtime(due), "DATETIME_FORMAT")
        raise ValidationError(told % {"time": moment})
    put_in_force(change)
    tell(change, by, gettext_noop("account change applied after its waiting time"))


@transaction.atomic
def refuse_change(change: AccountChange, by: User, reason: str) -> None:
    """Stops the change: one publisher or administrator is enough."""
    lock_accounts()
    change, by = waiting_change(change), User.objects.get(pk=by.pk)
    if not may_object(by) or by.pk == change.author_id:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give a reason for refusing it."))
    change.reason = reason
    close_change(change, AccountChangeState.REFUSED, by)
    tell(change, by, gettext_noop("account change refused"))


@transaction.atomic
def take_change_back(change: AccountChange, by: User) -> None:
    lock_accounts()
    change = waiting_change(change)
    if by.pk != change.author_id:
        raise PermissionDenied
    close_change(change, AccountChangeState.TAKEN_BACK, by)
    tell(change, by, gettext_noop("account change request withdrawn"))


def waiting_change(change: AccountChange) -> AccountChange:
    """The change as the database has it; raises ValidationError once it is decided."""
    kept = AccountChange.objects.select_related("author", "person").get(pk=change.pk)
    if kept.state != AccountChangeState.WAITING:
        raise ValidationError(DECIDED_ALREADY)
    return kept


def may_keep_accounts(user: User) -> bool:
    return user.is_active and user.is_staff and user.has_perm(KEEP_ACCOUNTS)


def may_approve_change(user: User, change: AccountChange) -> bool:
    concerned = (change.author_id, change.person_id)
    return may_keep_accounts(user) and user.pk not in concerned


def earliest(change: AccountChange) -> datetime:
    """The end of the waiting time, which whoever silences others makes longer."""
    return max(change.due_at, due_at(change))


def put_in_force(change: AccountChange) -> None:
    """Writes the values; raises ValidationError where they no longer fit."""
    rises = "is_superuser" in change.new and not change.author.is_superuser
    if rises or not may_ask(change.author, change.person):
        raise ValidationError(ASKER_GONE)
    if "username" in change.new:
        require_free_name(change.new["username"], change.person)
    person = change.person = carry_out(change)
    if change.kind != AccountChangeKind.CHANGE or RIGHTS & set(change.new):
        begin_standing(person)
    close_change(change, AccountChangeState.IN_FORCE, change.decided_by)


def carry_out(change: AccountChange) -> User:
    """Does to the account whatever its kind of change does; returns the account."""
    if change.person is None:
        return make_account(change.new)
    person = User.objects.get(pk=change.person.pk)
    if change.kind == AccountChangeKind.PASSWORD:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        end_sessions(person)
    elif change.kind == AccountChangeKind.SECOND_STEP:
        forget_devices(person)
    else:
        present = account_values(person)
        if any(present[name] != value for name, value in change.old.items()):
            raise ValidationError(ACCOUNT_MOVED_ON)
        write_values(person, change.new)
    return person


def make_account(values: dict[str, Any]) -> User:
    """A new account without a password: its person chooses one."""
    person = User(**{name: values[name] for name in FIELDS if name in values})
    person.set_unusable_password()
    person.save()
    write_values(person, {"roles": values.get("roles", [])})
    return person


def close_change(
    change: AccountChange, state: AccountChangeState, by: User | None
) -> None:
    change.state, change.decided_by, change.decided_at = state, by, timezone.now()
    change.save()
