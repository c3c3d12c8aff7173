"""The proposals of staff; the public text stays until another person approves."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from statements.fields import CHANGEABLE, Snapshot, value_in
from statements.history.snapshot import snapshots
from statements.input.plain_text import LONGEST_TEXT
from statements.models import PublicationState, Revision, Statement
from statements.models.ranges import (
    check,
    in_both_languages,
    moment_check,
    require_fit,
    texts_fit,
)


class ProposalState(models.TextChoices):
    IN_REVIEW = "in-review", _("in review")
    SCHEDULED = "scheduled", _("approved, to be published at its time")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("sent back")
    RETRACTED = "retracted", _("taken back")


OPEN = (ProposalState.IN_REVIEW, ProposalState.SCHEDULED)
APPROVED = (ProposalState.SCHEDULED, ProposalState.PUBLISHED)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> ProposalQuerySet:
        return self.filter(state__in=OPEN)

    def in_review(self) -> ProposalQuerySet:
        return self.filter(state=ProposalState.IN_REVIEW)

    def due(self, moment: datetime) -> ProposalQuerySet:
        scheduled = self.filter(state=ProposalState.SCHEDULED, publish_at__lte=moment)
        return scheduled.order_by("publish_at", "pk")

    def sent_back_to(self, author: User) -> ProposalQuerySet:
        """Those of the author that came back, and that they have not taken up again."""
        later = Proposal.objects.filter(
            author=author, statement=OuterRef("statement"), pk__gt=OuterRef("pk")
        )
        returned = self.filter(author=author, state=ProposalState.RETURNED)
        return returned.filter(~Exists(later))

    def with_people(self) -> ProposalQuerySet:
        return self.select_related("statement", "base", "author", "decided_by")


class Proposal(models.Model):
    """A statement as someone would have it, against the revision they worked from."""

    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="proposals",
        verbose_name=_("statement"),
    )
    base = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", verbose_name=_("based on")
    )
    snapshot = models.JSONField(_("snapshot"))
    note = models.CharField(_("change note"), max_length=200)
    note_ko: str
    note_en: str
    is_minor = models.BooleanField(_("minor edit"), default=False)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ProposalState,
        default=ProposalState.IN_REVIEW,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="proposals",
        verbose_name=_("author"),
    )
    made_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    revision = models.OneToOneField(
        Revision,
        models.PROTECT,
        null=True,
        related_name="proposal",
        verbose_name=_("revision"),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        permissions = [
            ("approve_proposal", _("Can approve the proposals of others")),
            ("edit_korean", _("Can propose Korean texts, tags and withdrawal")),
        ]
        constraints = [
            models.CheckConstraint(
                name="proposal_approved_by_another",
                condition=~Q(state__in=[state.value for state in APPROVED])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("author"))),
            ),
            models.CheckConstraint(
                name="proposal_published_as_a_revision",
                condition=Q(state=ProposalState.PUBLISHED.value, revision__isnull=False)
                | (~Q(state=ProposalState.PUBLISHED.value) & Q(revision__isnull=True)),
            ),
            check(
                "proposal_texts_fit",
                texts_fit(reason=LONGEST_TEXT, **in_both_languages(note=200)),
            ),
            moment_check("proposal", "publish_at", "made_at", "decided_at"),
        ]

    def __str__(self) -> str:
        return f"{self.statement.code} #{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where a text or time is outside its range."""
        require_fit(self)
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def changes(self) -> Snapshot:
        """The values that the author changed."""
        return {
            name: self.snapshot[name]
            for name in CHANGEABLE
            if value_in(self.snapshot, name) != value_in(self.base.snapshot, name)
        }

    @cached_property
    def present(self) -> Snapshot:
        """The statement as it stands now."""
        return snapshots([self.statement_id])[self.statement_id]

    @property
    def conflicts(self) -> Snapshot:
        """The changed values that someone else has changed to others since."""
        return {
            name: value
            for name, value in self.changes.items()
            if self.present[name] not in (value_in(self.base.snapshot, name), value)
        }

    @property
    def result(self) -> Snapshot:
        """The statement as it would be once published."""
        return {**self.present, **self.changes}

    @property
    def withdraws(self) -> bool:
        return self.changes.get("state") == PublicationState.WITHDRAWN
