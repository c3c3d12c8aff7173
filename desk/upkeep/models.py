"""Owner and last check of a statement: readers see the day of the check alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from statements.models import Statement
from statements.models.ranges import FIRST_DAY, LAST_DAY, check, within


class Upkeep(models.Model):
    """No public content: it changes outside the gate, and the log tells by whom."""

    statement = models.OneToOneField(
        Statement,
        models.PROTECT,
        related_name="upkeep",
        verbose_name=_("statement"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned",
        verbose_name=_("owner"),
    )
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("last checked by"),
    )

    class Meta:
        verbose_name = _("owner and last check")
        verbose_name_plural = _("owners and last checks")
        constraints = [
            models.CheckConstraint(
                name="upkeep_checked_by_someone",
                condition=models.Q(checked_on__isnull=True, checked_by__isnull=True)
                | models.Q(checked_on__isnull=False, checked_by__isnull=False),
            ),
            check("upkeep_day_in_range", within(FIRST_DAY, LAST_DAY, "checked_on")),
        ]

    def __str__(self) -> str:
        return self.statement.code
