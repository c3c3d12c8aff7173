"""The admin as an app of the portal."""

from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_noop as _

#: Words of Django’s own that its Korean has otherwise; locale/ goes before it.
REWORDED = (_("users"), _("log entry"), _("log entries"), _("Start typing to filter…"))


class DeskAdminConfig(AdminConfig):
    """Django’s admin, entered as the desk wants it."""

    default_site = "desk.accounts.login.DeskSite"
