"""The list of accounts: who has which role, how they log in, and whether they can."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.lockout import present_locks, unlock
from desk.audit_log import log_change
from statements.admin.languages import BilingualListAdmin, yes_or_no
from statements.admin.staff import staff_user

if TYPE_CHECKING:
    from django.contrib.admin.options import _DisplayT

DEVICES = (TOTPDevice, StaticDevice)


def with_devices(users: QuerySet[User]) -> QuerySet[User]:
    """The users, each with `is_enrolled`: whether the second step is set up."""
    confirmed = {"user": OuterRef("pk"), "confirmed": True}
    devices = (Exists(model.objects.filter(**confirmed)) for model in DEVICES)
    return users.annotate(is_enrolled=reduce(or_, devices))


class UserListAdmin(BilingualListAdmin[User]):
    """The list, in a number of queries that does not grow, and the release of locks."""

    actions = ["unlock_chosen"]
    list_display = ["username", "roles", "second_step", "last_login", "full_name"]
    list_filter = ["groups", "is_active", "is_superuser"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return with_devices(super().get_queryset(request)).prefetch_related("groups")

    def get_list_display(self, request: HttpRequest) -> list[_DisplayT[User]]:
        """The columns, with the lock beside the name: it is looked up once for all."""
        has_lock = present_locks()

        @admin.display(description=gettext_lazy("Locked"))
        def is_locked(user: User) -> str:
            return yes_or_no(has_lock(user))

        name, *others = super().get_list_display(request)
        return [name, is_locked, *others]

    @admin.display(description=gettext_lazy("Name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=gettext_lazy("Roles"))
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        if user.is_superuser:
            names.insert(0, _("Superuser"))
        return ", ".join(names) if user.is_active else _("inactive")

    @admin.display(description=gettext_lazy("Two-step verification set up"))
    def second_step(self, user: User) -> str:
        return yes_or_no(getattr(user, "is_enrolled", False))

    @admin.action(
        description=gettext_lazy("Unlock selected accounts"), permissions=["change"]
    )
    @transaction.atomic
    def unlock_chosen(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Lets those who typed too many wrong passwords try again at once."""
        for user in queryset:
            unlock(user)
            log_change(staff_user(request), user, gettext_noop("login unlocked"))
        text = ngettext(
            "%(n)s account was unlocked.",
            "%(n)s accounts were unlocked.",
            len(queryset),
        )
        self.message_user(request, text % {"n": len(queryset)}, messages.SUCCESS)
