"""The desk as an app of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The desk, as the admin calls it."""

    name = "desk"
    verbose_name = _("Publishing")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has accounts watched by what follows their changes."""
        from desk.sessions import life  # noqa: F401
