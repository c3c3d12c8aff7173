from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        """Has the security events recorded from now on."""
        from portal.logs import signals  # noqa: F401
