from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        """Has the security events recorded from now on, and the desk told of what only
        the portal knows.
        """
        from desk.status.facts import STATUS
        from portal.logs import signals  # noqa: F401
        from portal.monitoring import site_facts

        STATUS.add(_("Program and content"), site_facts.read_version_facts)
        STATUS.add(_("Database"), site_facts.read_database_facts)
        STATUS.add(_("Replicas of the database"), site_facts.read_replica_facts)
        STATUS.add(_("Cache"), site_facts.read_cache_facts)
        STATUS.add(_("Backups"), site_facts.read_backup_facts)
        STATUS.add(_("Copy of the site"), site_facts.read_copy_facts)
