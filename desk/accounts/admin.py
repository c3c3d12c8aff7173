"""Accounts and the logs: no account is deleted, and nobody changes a log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from desk.accounts.models import FailedLogin, Login
from desk.accounts.second_factor import forget_devices
from desk.audit_log import log_change
from desk.proposals.review_admin import ReadOnlyAdmin
from statements.admin.languages import BilingualListAdmin
from statements.admin.staff import staff_user

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec

    AccountAdmin = UserAdmin[User]
else:
    AccountAdmin = UserAdmin

#: The fields that superusers alone may see.
SUPERUSER_FIELDS = ("is_superuser",)
#: The fields that nobody sees: rights come by roles alone.
HIDDEN_FIELDS = ("user_permissions",)
#: Names that django-axes has in English only.
AXES_LABELS = (
    gettext_noop("User Agent"),
    gettext_noop("IP Address"),
    gettext_noop("Username"),
    gettext_noop("Attempt Time"),
    gettext_noop("Access lock out"),
    gettext_noop("Logout Time"),
)


class DeskUserAdmin(BilingualListAdmin[User], AccountAdmin):
    """Accounts: an administrator gives roles, and rises above nobody by that."""

    actions = ["remove_second_factor"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """An account is closed, never deleted: the log and the history name it."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        is_above = obj is not None and (obj.is_superuser or obj == request.user)
        return staff_user(request).is_superuser or not is_above

    def get_fieldsets(
        self, request: HttpRequest, obj: User | None = None
    ) -> _FieldsetSpec:
        """Hides what is no administrator’s: superusers are a superuser’s matter."""
        is_superuser = staff_user(request).is_superuser
        hidden = HIDDEN_FIELDS if is_superuser else HIDDEN_FIELDS + SUPERUSER_FIELDS
        return [
            (
                name,
                options | {"fields": [f for f in options["fields"] if f not in hidden]},
            )
            for name, options in super().get_fieldsets(request, obj)
        ]

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        return super().formfield_for_manytomany(
            db_field, request, widget=CheckboxSelectMultiple, **kwargs
        )

    @transaction.atomic
    @admin.action(
        description=gettext_lazy("Remove the second step of the chosen accounts"),
        permissions=["change"],
    )
    def remove_second_factor(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> None:
        """Helps those who lost phone and recovery codes: they set the second step up
        anew at the next login.
        """
        users = [u for u in queryset if self.has_change_permission(request, u)]
        for user in users:
            forget_devices(user)
            log_change(staff_user(request), user, "second factor removed")
        text = ngettext(
            "The second step of %(n)s account was removed.",
            "The second step of %(n)s accounts was removed.",
            len(users),
        )
        self.message_user(request, text % {"n": len(users)}, messages.SUCCESS)


class DeskGroupAdmin(ReadOnlyAdmin[Group], GroupAdmin):
    """The roles, which a migration makes."""


class LogEntryAdmin(ReadOnlyAdmin[LogEntry]):
    """The log of everything that staff did."""

    list_display = ["action_time", "user", "content_type", "object_repr", "what"]
    list_select_related = ["user", "content_type"]
    list_filter = [
        "action_flag",
        ("content_type", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["user__username", "object_repr", "change_message"]
    date_hierarchy = "action_time"

    @admin.display(description=gettext_lazy("What was done"))
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message() or entry.get_action_flag_display()


class LoginAdmin(ReadOnlyAdmin[Login]):
    """The logins, and the ends of their sessions."""

    list_display = ["attempt_time", "username", "ip_address", "logout_time"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"
    fields = ["attempt_time", "username", "ip_address", "user_agent", "logout_time"]


class FailedLoginAdmin(BilingualListAdmin[FailedLogin], ReadOnlyAdmin[FailedLogin]):
    """The logins that failed, and those that locked an address out."""

    list_display = ["attempt_time", "username", "ip_address", "locked_out"]
    list_filter = ["locked_out"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"
    fields = ["attempt_time", "username", "ip_address", "user_agent", "locked_out"]
