"""The admin as an app of the portal."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django’s admin, entered as the desk wants it."""

    default_site = "desk.accounts.login.DeskSite"
