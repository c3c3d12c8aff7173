"""Accounts and the logs: no account is deleted, and nobody changes a log."""

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.db import transaction
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from desk.accounts.second_factor import forget
from desk.audit_log import log_change
from desk.proposals.review import ReadOnlyAdmin
from statements.admin.languages import InTheirLanguages

OF_SUPERUSERS = ("is_superuser",)
#: Rights come by roles alone.
OF_NOBODY = ("user_permissions",)
#: Names that django-axes has in English only.
OF_AXES = (
    gettext_noop("User Agent"),
    gettext_noop("IP Address"),
    gettext_noop("Username"),
    gettext_noop("Attempt Time"),
    gettext_noop("Access lock out"),
    gettext_noop("Logout Time"),
)


class DeskUserAdmin(InTheirLanguages, UserAdmin):
    """An administrator gives roles, and rises above nobody by that."""

    actions = ["remove_second_factor"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]

    def has_delete_permission(self, request, obj=None):
        """An account is closed, never deleted: the log and the history name it."""
        return False

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        is_above = obj is not None and (obj.is_superuser or obj == request.user)
        return request.user.is_superuser or not is_above

    def get_fieldsets(self, request, obj=None):
        """Superusers are a superuser’s matter."""
        hidden = OF_NOBODY if request.user.is_superuser else OF_NOBODY + OF_SUPERUSERS
        return [
            (
                name,
                options | {"fields": [f for f in options["fields"] if f not in hidden]},
            )
            for name, options in super().get_fieldsets(request, obj)
        ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, widget=CheckboxSelectMultiple, **kwargs
        )

    @transaction.atomic
    @admin.action(
        description=gettext_lazy("Remove the second step of the chosen accounts"),
        permissions=["change"],
    )
    def remove_second_factor(self, request, queryset):
        """For who lost phone and recovery codes; they set it up at the next login."""
        users = [u for u in queryset if self.has_change_permission(request, u)]
        for user in users:
            forget(user)
            log_change(request.user, user, "second factor removed")
        text = ngettext(
            "The second step of %(n)s account was removed.",
            "The second step of %(n)s accounts was removed.",
            len(users),
        )
        self.message_user(request, text % {"n": len(users)}, messages.SUCCESS)


class DeskGroupAdmin(ReadOnlyAdmin, GroupAdmin):
    """The roles, which a migration makes."""


class LogEntryAdmin(ReadOnlyAdmin):
    """Who did what."""

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


class LoginAdmin(ReadOnlyAdmin):
    list_display = ["attempt_time", "username", "ip_address", "logout_time"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"
    fields = ["attempt_time", "username", "ip_address", "user_agent", "logout_time"]


class FailedLoginAdmin(InTheirLanguages, ReadOnlyAdmin):
    list_display = ["attempt_time", "username", "ip_address", "locked_out"]
    list_filter = ["locked_out"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"
    fields = ["attempt_time", "username", "ip_address", "user_agent", "locked_out"]
