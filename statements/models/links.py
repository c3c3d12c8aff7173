"""Links between statements across time: editorial, never the source's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.public import PublicContent, PublicQuerySet
from statements.models.ranges import LINK_RANGES
from statements.models.statement import Statement
from statements.models.states import PublicationState


class Relation(models.TextChoices):
    SAME_SUBJECT = "same-subject", _("same subject")
    CONTINUES = "continues", _("continues")
    CHANGES = "changes", _("changes")
    REPLACES = "replaces", _("replaces")


class LinkState(models.TextChoices):
    SUGGESTED = "suggested", _("Draft link, not confirmed by the Ministry")
    CONFIRMED = "confirmed", _("Confirmed by staff")
    REJECTED = "rejected", _("Rejected")


class LinkQuerySet(PublicQuerySet["Link"]):
    statement_paths = ("later_id", "earlier_id")
    is_beyond_statements = False

    def of(self, statement: Statement) -> Self:
        """Those that the statement is either end of."""
        return self.filter(models.Q(later=statement) | models.Q(earlier=statement))

    def public(self) -> Self:
        """Those that are not rejected, between published statements."""
        return self.exclude(state=LinkState.REJECTED).filter(
            later__state=PublicationState.PUBLISHED,
            earlier__state=PublicationState.PUBLISHED,
        )


class Link(PublicContent):
    later = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="links_to_earlier",
        verbose_name=_("later statement"),
    )
    earlier = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="links_to_later",
        verbose_name=_("earlier statement"),
    )
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    rationale = models.TextField(_("rationale"))
    rationale_ko: str
    rationale_en: str
    state = models.CharField(
        _("state"), max_length=20, choices=LinkState, default=LinkState.SUGGESTED
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("by"),
        help_text=_("Nobody: the initial load."),
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta(PublicContent.Meta):
        ordering = ["later__sort_key", "earlier__sort_key"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier"], name="link_unique"),
            models.CheckConstraint(
                name="link_of_two", condition=~models.Q(later=models.F("earlier"))
            ),
            *LINK_RANGES,
        ]

    def __str__(self) -> str:
        return f"{self.later.code} → {self.earlier.code}"

    def statement_ids(self) -> Iterable[int | None]:
        return self.later_id, self.earlier_id
