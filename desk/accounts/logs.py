"""The logs, which nobody changes, and the roles, which a migration makes."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy, gettext_noop

from desk.accounts.models import FailedLogin, Login
from desk.audit_log import LoggedChange, logged_act, logged_changes
from desk.read_only_admin import ReadOnlyAdmin
from statements.admin.languages import BilingualListAdmin

#: Names that django-axes has in English only.
AXES_LABELS = (
    gettext_noop("User Agent"),
    gettext_noop("IP Address"),
    gettext_noop("Username"),
    gettext_noop("Attempt Time"),
    gettext_noop("Access lock out"),
    gettext_noop("Logout Time"),
)

#: Words of the log that stand in no other place of the code.
LOG_WORDS = (
    gettext_noop("new recovery codes"),
    gettext_noop("roles"),
)


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
    fields = ["action_time", "user", "content_type", "object_repr", "what"]

    @admin.display(description=gettext_lazy("What was done"))
    def what(self, entry: LogEntry) -> str:
        """The act, and each changed value, old and new."""
        act, changes = logged_act(entry), logged_changes(entry)
        return format_html("{}{}", act, values_list(changes)) if changes else act


def values_list(changes: list[LoggedChange]) -> str:
    rows = format_html_join("", "<li>{}: {} → {}</li>", changes)
    return format_html("<ul>{}</ul>", rows)


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
