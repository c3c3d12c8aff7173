"""The rights to decide: who may approve, refuse, and ask for changes of accounts."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.accounts.changes.models import Standing

#: The right to make and change accounts, and the right to publish.
KEEP_ACCOUNTS, PUBLISH = "auth.change_user", "desk.approve_proposal"
BACKEND = "django.contrib.auth.backends.ModelBackend"
#: An account, a right, a new password or second step approves nothing before.
SETTLING = timedelta(hours=24)
TOO_YOUNG = _(
    "You received your account, one of your rights, your password or your two-step "
    "verification less than 24 hours ago. You cannot approve anything until 24 hours "
    "have passed."
)


def settled() -> QuerySet[User]:
    """The accounts that have stood unchanged by others for long enough to decide."""
    moment = timezone.now() - SETTLING
    young = Standing.objects.filter(since__gt=moment).values("user")
    return User.objects.filter(is_active=True, date_joined__lte=moment).exclude(
        pk__in=young
    )


def may_decide(user: User) -> bool:
    """Says whether the account is old enough to approve anything, as the database has
    it now; which things, its rights say.
    """
    return settled().filter(pk=user.pk).exists()


def require_settled(user: User) -> None:
    """Raises ValidationError where the account may approve nothing yet."""
    if not may_decide(user):
        raise ValidationError(TOO_YOUNG)


def begin_standing(user: User) -> None:
    """Lets the account wait anew: somebody else gave it a right, or reset it."""
    Standing.objects.update_or_create(user=user, defaults={"since": timezone.now()})


def holders(right: str) -> QuerySet[User]:
    """The staff who have the right, superusers too."""
    people = User.objects.with_perm(right, backend=BACKEND)
    return people.filter(is_active=True, is_staff=True)


def may_ask(user: User, person: User | None = None) -> bool:
    """Says whether the user may ask for a change of that account: superusers, and their
    own account, are no administrator's matter.
    """
    if not (user.is_active and user.is_staff and user.has_perm(KEEP_ACCOUNTS)):
        return False
    if person is None or user.is_superuser:
        return True
    return not person.is_superuser and person != user


def may_object(user: User) -> bool:
    """Says whether the user is told of changes of accounts, and may stop them."""
    if not (user.is_active and user.is_staff):
        return False
    return user.has_perm(KEEP_ACCOUNTS) or user.has_perm(PUBLISH)


def deciders(author: User, person: User | None) -> QuerySet[User]:
    """The administrators who could approve a change that `author` asked for."""
    concerned = Q(pk=author.pk) | Q(pk=person.pk if person else None)
    keepers = holders(KEEP_ACCOUNTS).values("pk")
    return settled().filter(pk__in=keepers).exclude(concerned)
