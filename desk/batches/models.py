"""A batch: the proposals that one job made, to be decided as one."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.proposals.states import OPEN, ProposalState
from statements.models.ranges import check, moment_check, require_fit, texts_fit

LONGEST_SUBJECT = 300


class BatchKind(models.TextChoices):
    SHEET = "sheet", _("sheet")
    REPLACEMENT = "replacement", _("find and replace")
    ORDER = "order", _("new order")
    TAGS = "tags", _("tags of many statements")
    XLIFF = "xliff", _("translation file")
    ENGLISH = "english", _("review of the English translation")
    RETURN = "return", _("revert of a batch")


class BatchQuerySet(models.QuerySet["Batch"]):
    def with_counts(self) -> Self:
        """Annotates how many of its proposals are in each state; newest first, since an
        order of the model is lost where rows are grouped.
        """
        states = {
            "in_review": ProposalState.IN_REVIEW,
            "scheduled": ProposalState.SCHEDULED,
            "published": ProposalState.PUBLISHED,
            "sent_back": ProposalState.RETURNED,
            "taken_back": ProposalState.RETRACTED,
        }
        counts = {
            name: Count("proposals", filter=Q(proposals__state=state))
            for name, state in states.items()
        }
        return self.annotate(size=Count("proposals"), **counts).order_by("-pk")


class Batch(models.Model):
    """One job of one person that made proposals; `subject` says of what file or terms.

    Its state is that of its proposals, which can be decided one by one as well.
    """

    kind = models.CharField(_("kind of job"), max_length=20, choices=BatchKind)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    made_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    returns = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="returned_by",
        verbose_name=_("batch that it reverts"),
    )

    #: Set by `with_counts`.
    size: int
    in_review: int
    scheduled: int
    published: int
    sent_back: int
    taken_back: int

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        constraints = [
            check("batch_texts_fit", texts_fit(subject=LONGEST_SUBJECT)),
            moment_check("batch", "made_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where a text or time is outside its range."""
        require_fit(self)
        super().save(*args, **kwargs)

    @property
    def desk_url(self) -> str:
        """Its page at the desk."""
        return reverse("admin:desk_batch_change", args=[self.pk])

    @property
    def is_returned(self) -> bool:
        """A return of it waits, or has been published."""
        returned = (*OPEN, ProposalState.PUBLISHED)
        return self.returned_by.filter(proposals__state__in=returned).exists()
