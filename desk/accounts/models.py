"""Logins and failed logins, under the desk's own names."""

from axes.models import AccessFailureLog, AccessLog
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Login(AccessLog):
    """A login that succeeded."""

    class Meta:
        proxy = True
        verbose_name = _("login")
        verbose_name_plural = _("logins")

    def __str__(self) -> str:
        return f"{self.username} {timezone.localtime(self.attempt_time):%Y-%m-%d %H:%M}"


class FailedLogin(AccessFailureLog):
    """A login with a wrong password or name."""

    class Meta:
        proxy = True
        verbose_name = _("failed login")
        verbose_name_plural = _("failed logins")

    def __str__(self) -> str:
        return f"{self.username} {timezone.localtime(self.attempt_time):%Y-%m-%d %H:%M}"
