"""Accounts are changed here, and nowhere else in the desk.

Rights are taken away at once. Everything else waits until a second administrator has
approved; where there is none, until a day has passed and nobody has objected.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy, gettext_noop

from desk.accounts.changes.models import (
    AccountChange,
    AccountChangeKind,
    AccountChangeState,
)
from desk.accounts.rights import KEEP_ACCOUNTS, holders, may_ask, may_object
from desk.accounts.roles import Role
from desk.audit_log import Values, differences, log_change

logger = logging.getLogger("portal.security")
#: Of an account; its roles are kept with them by their names.
FLAGS = ("is_active", "is_staff", "is_superuser")
FIELDS = ("username", "first_name", "last_name", "email", *FLAGS)
RIGHTS = {*FLAGS, "roles"}
#: Nobody had time to object where the author has just taken that right away.
WAITING_TIME, AFTER_SILENCING = timedelta(hours=24), timedelta(days=7)
LAST_ONE = gettext_lazy("This would leave nobody who can manage accounts.")
NAME_TAKEN = gettext_lazy("Another account already has this username.")
WAITS_ALREADY = gettext_lazy(
    "A change of this kind is already waiting for this account. Have it approved or "
    "refused, or withdraw it first."
)


class Outcome(NamedTuple):
    """Whatever became of a form: taken away at once, and waiting to be approved."""

    taken: AccountChange | None
    asked: AccountChange | None


def lock_accounts() -> None:
    """Lets one change of accounts wait for another, so that each sees all before it.

    The lock is a row that is always there; logins do not touch it.
    """
    administrators = Group.objects.select_for_update(no_key=True)
    administrators.get(name=Role.ADMINISTRATOR)


def account_values(user: User) -> dict[str, Any]:
    roles = sorted(user.groups.values_list("name", flat=True))
    return {name: getattr(user, name) for name in FIELDS} | {"roles": roles}


def without_gifts(old: Values, new: Values) -> dict[str, Any]:
    """The old values, less every right that the new ones lack."""
    flags = {flag: old[flag] and new[flag] for flag in FLAGS}
    roles = [role for role in old["roles"] if role in new["roles"]]
    return {**old, **flags, "roles": roles}


@transaction.atomic
def ask_new(by: User, values: Mapping[str, Any], note: str) -> AccountChange:
    """Asks for a new account; raises ValidationError where its name is taken."""
    lock_accounts()
    require_asker(by, None, values)
    require_free_name(values["username"])
    nothing = {name: type(value)() for name, value in values.items()}
    return ask(AccountChange(kind=AccountChangeKind.NEW), by, note, nothing, values)


@transaction.atomic
def change_account(
    by: User, person: User, values: Mapping[str, Any], note: str
) -> Outcome:
    """Takes from the account what the values lack, and asks for what they add."""
    lock_accounts()
    person = User.objects.get(pk=person.pk)
    old = account_values(person)
    new = {**old, **values}
    require_asker(by, person, {k: v for k, v in new.items() if v != old[k]})
    left = without_gifts(old, new)
    taken = asked = None
    if left != old:
        taken = take_away(by, person, note, old, left)
    if new != left:
        require_free_name(new["username"], person)
        change = AccountChange(kind=AccountChangeKind.CHANGE, person=person)
        asked = ask(change, by, note, left, new)
    return Outcome(taken, asked)


@transaction.atomic
def ask_reset(
    by: User, person: User, kind: AccountChangeKind, note: str
) -> AccountChange:
    """Asks that somebody may choose a new password, or set up the second step anew."""
    lock_accounts()
    require_asker(by, person, {})
    if by == person:
        raise PermissionDenied
    return ask(AccountChange(kind=kind, person=person), by, note, {}, {})


def require_asker(by: User, person: User | None, values: Values) -> None:
    """Raises PermissionDenied where the change is not for `by` to ask."""
    by = User.objects.get(pk=by.pk)
    rises = "is_superuser" in values and not by.is_superuser
    if rises or not may_ask(by, person):
        raise PermissionDenied


def require_free_name(username: str, person: User | None = None) -> None:
    holders_of_name = User.objects.filter(username__iexact=username)
    if any(holder != person for holder in holders_of_name):
        raise ValidationError(NAME_TAKEN)


def ask(
    change: AccountChange, by: User, note: str, old: Values, new: Values
) -> AccountChange:
    """Keeps the change to wait, with the values that differ."""
    fill(change, by, note, old, new)
    change.due_at = due_at(change)
    try:
        with transaction.atomic():
            change.save()
    except IntegrityError as error:
        raise ValidationError(WAITS_ALREADY) from error
    tell(change, by, gettext_noop("account change requested"))
    return change


def take_away(
    by: User, person: User, note: str, old: Values, left: Values
) -> AccountChange:
    """Takes rights away at once; raises ValidationError where nobody would be left who
    can give them.
    """
    change = AccountChange(kind=AccountChangeKind.TAKING, person=person)
    change.silences = person != by and may_object(person)
    fill(change, by, note, old, left)
    write_values(person, change.new)
    if not holders(KEEP_ACCOUNTS).exists():
        raise ValidationError(LAST_ONE)
    change.state = AccountChangeState.IN_FORCE
    change.due_at = change.decided_at = change.made_at
    change.save()
    tell(change, by, gettext_noop("rights removed"))
    return change


def fill(change: AccountChange, by: User, note: str, old: Values, new: Values) -> None:
    changed = differences(old, new)
    change.author, change.note = by, note
    change.username = change.person.username if change.person else new["username"]
    change.old = {name: values[0] for name, values in changed.items()}
    change.new = {name: values[1] for name, values in changed.items()}


def write_values(person: User, values: Values) -> None:
    """Writes the values, and nothing else of the account."""
    fields = [name for name in values if name != "roles"]
    for name in fields:
        setattr(person, name, values[name])
    if fields:
        person.save(update_fields=fields)
    if "roles" in values:
        person.groups.set(Group.objects.filter(name__in=values["roles"]))


def due_at(change: AccountChange) -> datetime:
    """The time from which a change needs no second administrator where there is none:
    later, where its author has silenced somebody who could have objected.
    """
    silencing = AccountChange.objects.filter(author=change.author, silences=True)
    last = silencing.order_by("-made_at").values_list("made_at", flat=True).first()
    due = change.made_at + WAITING_TIME
    return max(due, last + AFTER_SILENCING) if last else due


def tell(change: AccountChange, by: User, act: str) -> None:
    """Writes the act to the log of the desk and to that of security."""
    log_change(by, change.person or change, act, change.old, change.new)
    tell_security(change, by, act)


def tell_security(change: AccountChange, by: User, act: str) -> None:
    person = change.person_id
    extra = {
        "event": act,
        "user_id": by.pk,
        "account_id": person,
        "reason": change.kind,
    }
    logger.info(act, extra=extra)
