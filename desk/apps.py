"""The desk as an app of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The desk, as the admin calls it."""

    name = "desk"
    verbose_name = _("Publishing")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has accounts watched by what follows their changes, and the status page
        told of the desk's own work.
        """
        from desk.sessions import life  # noqa: F401
        from desk.status import work_facts
        from desk.status.facts import STATUS

        STATUS.add(_("Work at the desk"), work_facts.read_queue_facts)
        STATUS.add(_("Scheduled jobs"), work_facts.read_run_facts)
