"""The proposals of staff; the public text stays until another person approves."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.proposals.states import (
    AnyProposal,
    AnyProposalQuerySet,
    ProposalState,
)
from statements.fields import CHANGEABLE, Snapshot
from statements.history.merge import Merged, changed_values, merge_changes
from statements.history.snapshot import snapshots
from statements.input.plain_text import LONGEST_TEXT
from statements.models import PublicationState, Revision, Statement
from statements.models.ranges import (
    LARGEST_POSITION,
    check,
    in_both_languages,
    moment_check,
    texts_fit,
    within,
)


class ProposalQuerySet(AnyProposalQuerySet["Proposal"]):
    def overdue(self, moment: datetime) -> ProposalQuerySet:
        """Those whose time has passed while they waited, for review or to be published
        by `publish_due`.
        """
        return self.open().filter(publish_at__lte=moment).order_by("publish_at", "pk")

    def due(self, moment: datetime) -> ProposalQuerySet:
        return self.overdue(moment).filter(state=ProposalState.SCHEDULED)

    def with_people(self) -> ProposalQuerySet:
        people = ("author", "decided_by")
        return self.select_related("statement__parent", "base", "batch", *people)


class Proposal(AnyProposal):
    """A statement as someone would have it, against the revision they worked from."""

    SUBJECT = ("statement",)

    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="proposals",
        verbose_name=_("statement"),
    )
    base = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", verbose_name=_("based on")
    )
    batch = models.ForeignKey(
        "desk.Batch",
        models.PROTECT,
        null=True,
        related_name="proposals",
        verbose_name=_("batch"),
        help_text=_("If empty, it was submitted separately."),
    )
    is_minor = models.BooleanField(_("minor edit"), default=False)
    publish_at = models.DateTimeField(
        _("publish at (Korean Standard Time)"), null=True, blank=True
    )
    joined = models.PositiveSmallIntegerField(
        _("changes added to it"), default=0, editable=False
    )
    revision = models.OneToOneField(
        Revision,
        models.PROTECT,
        null=True,
        related_name="proposal",
        verbose_name=_("revision"),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta(AnyProposal.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        permissions = [
            ("approve_proposal", _("Can approve other people’s proposals")),
            ("edit_korean", _("Can change Korean texts and tags, and stop publishing")),
        ]
        constraints = [
            *AnyProposal.Meta.constraints,
            check(
                "proposal_texts_fit",
                texts_fit(reason=LONGEST_TEXT, **in_both_languages(note=200)),
            ),
            moment_check("proposal", "publish_at", "made_at", "decided_at"),
            check("proposal_joined_in_range", within(0, LARGEST_POSITION, "joined")),
        ]

    def __str__(self) -> str:
        return f"{self.statement.code} #{self.pk}"

    @property
    def changes(self) -> Snapshot:
        """The values that the author changed, against the revision they worked from."""
        return changed_values(self.base.snapshot, self.snapshot, CHANGEABLE)

    @cached_property
    def present(self) -> Snapshot:
        """The statement as it stands now."""
        return snapshots([self.statement_id])[self.statement_id]

    @property
    def merged(self) -> Merged:
        """The changes made of the statement as it stands now."""
        return merge_changes(self.base.snapshot, self.changes, self.present)

    @property
    def conflicts(self) -> Snapshot:
        """The changed values that someone else has changed to others since."""
        names = {clash.name for clash in self.merged.clashes}
        return {n: value for n, value in self.changes.items() if n in names}

    @property
    def result(self) -> Snapshot:
        """The statement as it would be once published."""
        return {**self.present, **self.merged.values}

    def mark_on(self, newest: int) -> int:
        """Tells what a reviewer saw: it grows with each revision of the statement,
        of which `newest` is the last, and with each change that joins.
        """
        return newest + self.joined

    @property
    def terms(self) -> dict[str, Any]:
        when = {"is_minor": self.is_minor, "publish_at": self.publish_at}
        return {**super().terms, **when}

    @property
    def is_overdue(self) -> bool:
        is_past = self.publish_at is not None and self.publish_at <= timezone.now()
        return self.is_open and is_past

    @property
    def withdraws(self) -> bool:
        return self.changes.get("state") == PublicationState.WITHDRAWN

    @property
    def returns(self) -> bool:
        """The statement was withdrawn, and is to be published again."""
        before = self.base.snapshot["state"]
        is_coming = self.changes.get("state") == PublicationState.PUBLISHED
        return is_coming and before == PublicationState.WITHDRAWN
