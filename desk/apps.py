"""The desk as an app of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The desk, as the admin calls it."""

    name = "desk"
    verbose_name = _("Publishing")
    default_auto_field = "django.db.models.BigAutoField"
