"""The sessions of staff, with what a person needs to know their own by."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.sessions.store import SessionStore


class StaffSession(AbstractBaseSession):
    """A session, which belongs to an account from its password on."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="sessions",
        verbose_name=_("user"),
    )
    address = models.CharField(_("address"), max_length=45, blank=True)
    device = models.CharField(_("device"), max_length=200, blank=True)
    begun_at = models.DateTimeField(_("logged in at"), null=True)
    seen_at = models.DateTimeField(_("last active"), auto_now=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore
