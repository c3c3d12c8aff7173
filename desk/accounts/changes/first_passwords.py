"""A person chooses the password of an account that was made or reset for them.

They need a code from the administrator who asked for it and another from the one who
approved: neither of the two can take the account alone. Codes are kept hashed.
"""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy, gettext_noop

from desk.accounts.changes.administration import lock_accounts, tell_security
from desk.accounts.changes.models import (
    AccountChange,
    AccountChangeKind,
    AccountChangeState,
)
from desk.accounts.passwords.first_passwords import forget_first_password
from desk.accounts.rights import begin_standing
from desk.audit_log import log_change

#: Letters and digits that nobody takes for one another.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 20
VALID_FOR = timedelta(days=7)
WRONG_CODES = gettext_lazy(
    "The username and the codes do not match, or the codes have expired. Ask an "
    "administrator for new ones."
)


def awaits_password(change: AccountChange) -> bool:
    """Says whether the change lets its person choose a password now."""
    return (
        change.kind in (AccountChangeKind.NEW, AccountChangeKind.PASSWORD)
        and change.state == AccountChangeState.IN_FORCE
        and change.decided_at is not None
        and change.decided_at > timezone.now() - VALID_FOR
        and change.person is not None
        and change.person.is_active
        and not change.person.has_usable_password()
    )


def code_field(change: AccountChange, user: User) -> str:
    """The field of the code that the user hands over; empty where it is nobody's."""
    if not awaits_password(change):
        return ""
    fields = {change.author_id: "author_code", change.decided_by_id: "decider_code"}
    return fields.get(user.pk, "")


@transaction.atomic
def new_code(change: AccountChange, by: User) -> str:
    """Makes the user's code of the change, which can be read this once; any before it
    is void. Raises PermissionDenied where they have none to hand over.
    """
    lock_accounts()
    change = AccountChange.objects.with_people().get(pk=change.pk)
    field = code_field(change, by)
    if not field:
        raise PermissionDenied
    code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
    setattr(change, field, hashed(code, change))
    change.save(update_fields=[field])
    log_code(change, by, gettext_noop("code for a first password issued"))
    return code


def choose_password(username: str, codes: list[str], password: str) -> User:
    """Gives the account the password; raises ValidationError where name and codes do
    not belong together, which of them is not told.
    """
    # An anonymous guess does not wait, nor keep others waiting, for the lock.
    require_change(username, codes)
    with transaction.atomic():
        lock_accounts()
        change, person = require_change(username, codes)
        # Not set_password(): that is for passwords which somebody else has chosen.
        person.password = make_password(password)
        person.save(update_fields=["password"])
        forget_first_password(person)
        begin_standing(person)
        log_code(change, person, gettext_noop("first password set"))
    return person


def require_change(username: str, codes: list[str]) -> tuple[AccountChange, User]:
    """The change that the codes are of, and its person."""
    changes = AccountChange.objects.with_people().filter(
        person__username=username, state=AccountChangeState.IN_FORCE
    )
    change = next(filter(awaits_password, changes), None)
    if change is None or change.person is None or not fit(codes, change):
        raise ValidationError(WRONG_CODES)
    return change, change.person


def log_code(change: AccountChange, by: User, act: str) -> None:
    log_change(by, change.person or change, act)
    tell_security(change, by, act)


def fit(codes: list[str], change: AccountChange) -> bool:
    expected = [change.author_code]
    if change.decided_by_id:
        expected.append(change.decider_code)
    given = [hashed(code, change) for code in codes if code]
    return len(given) == len(expected) and all(
        wanted and any(constant_time_compare(wanted, one) for one in given)
        for wanted in expected
    )


def hashed(code: str, change: AccountChange) -> str:
    """The code as it is kept: of so many random letters, a quick hash gives nothing."""
    plain = "".join(code.split()).lower()
    digest = salted_hmac(f"first password {change.pk}", plain, algorithm="sha256")
    return digest.hexdigest()
