"""Requests for a whole document: one person asks, another one approves."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.proposals.states import (
    OPEN,
    ForReview,
    ForReviewQuerySet,
    ProposalState,
)
from statements.input.plain_text import LONGEST_TEXT
from statements.models import Document
from statements.models.ranges import (
    check,
    in_both_languages,
    moment_check,
    texts_fit,
)


class DocumentAct(models.TextChoices):
    PUBLISH = "publish", _("publish all drafts")
    WITHDRAW = "withdraw", _("stop publishing the whole document")
    RETURN = "return", _("publish again the statements that were stopped last")


class DocumentRequestQuerySet(ForReviewQuerySet["DocumentRequest"]):
    def with_people(self) -> Self:
        return self.select_related("document", "author", "decided_by")

    def sent_back_to(self, author: User) -> Self:
        """Those of the author that came back, where nobody has asked again."""
        own = self.filter(author=author, state=ProposalState.RETURNED)
        later = DocumentRequest.objects.filter(
            document=OuterRef("document"), pk__gt=OuterRef("pk")
        )
        return own.filter(~Exists(later))

    def due(self, moment: datetime) -> Self:
        scheduled = self.filter(state=ProposalState.SCHEDULED, publish_at__lte=moment)
        return scheduled.order_by("publish_at", "pk")


class DocumentRequest(ForReview):
    """One decision for all statements of a document, whichever these are when it is
    taken; `seen` is their newest revision then, so that at its time nothing goes to
    readers that nobody approved.
    """

    document = models.ForeignKey(
        Document,
        models.CASCADE,
        related_name="requests",
        verbose_name=_("source document"),
    )
    act = models.CharField(_("type of change"), max_length=10, choices=DocumentAct)
    publish_at = models.DateTimeField(
        _("publish at (Korean Standard Time)"), null=True, blank=True
    )
    seen = models.PositiveBigIntegerField(null=True)

    objects = DocumentRequestQuerySet.as_manager()

    class Meta(ForReview.Meta):
        verbose_name = _("proposal for a whole document")
        verbose_name_plural = _("proposals for whole documents")
        constraints = [
            *ForReview.Meta.constraints,
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="documentrequest_one_open",
            ),
            check(
                "documentrequest_texts_fit",
                texts_fit(reason=LONGEST_TEXT, **in_both_languages(note=200)),
            ),
            moment_check("documentrequest", "publish_at", "made_at", "decided_at"),
        ]

    def __str__(self) -> str:
        """The log keeps this, for readers of either language."""
        return f"{self.document.slug} #{self.pk}"

    @property
    def label(self) -> str:
        return f"{self.document.title}: {self.get_act_display()} #{self.pk}"

    @property
    def desk_url(self) -> str:
        """The page of its document at the desk, where it is decided."""
        return reverse("staff:document", args=[self.document.slug])
