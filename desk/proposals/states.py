"""The way of every proposal: made by one person, decided by another."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.ranges import require_fit

#: The columns of a proposal that a decision writes.
DECISION_COLUMNS = ("state", "decided_by", "decided_at")
ReviewRow = TypeVar("ReviewRow", bound="ForReview", covariant=True)
ProposalRow = TypeVar("ProposalRow", bound="AnyProposal", covariant=True)


class ProposalState(models.TextChoices):
    IN_REVIEW = "in-review", _("in review")
    SCHEDULED = "scheduled", _("approved, scheduled for publication")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("returned")
    RETRACTED = "retracted", _("withdrawn")


OPEN = (ProposalState.IN_REVIEW, ProposalState.SCHEDULED)
#: Where a proposal can be edited further.
RESUMABLE = (*OPEN, ProposalState.RETURNED)
APPROVED = (ProposalState.SCHEDULED, ProposalState.PUBLISHED)


class ForReviewQuerySet(models.QuerySet[ReviewRow]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def in_review(self) -> Self:
        return self.filter(state=ProposalState.IN_REVIEW)


class AnyProposalQuerySet(ForReviewQuerySet[ProposalRow]):
    def sent_back_to(self, author: User) -> Self:
        """Those of the author that came back, and that nobody has taken up again."""
        same = {name: OuterRef(name) for name in self.model.SUBJECT}
        own = Q(author=author, pk__gt=OuterRef("pk"), **same)
        later = self.model._base_manager.filter(Q(replaces=OuterRef("pk")) | own)
        returned = self.filter(author=author, state=ProposalState.RETURNED)
        return returned.filter(~Exists(later))


class ForReview(models.Model):
    """Made by one person, decided by another, with a note that comes to stand in
    public.
    """

    note = models.CharField(_("change note"), max_length=200)
    note_ko: str
    note_en: str
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ProposalState,
        default=ProposalState.IN_REVIEW,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    made_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(class)s_approved_by_another",
                condition=~Q(state__in=[state.value for state in APPROVED])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("author"))),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where a text or time is outside its range."""
        require_fit(self)
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """Among others of all kinds, in the reader's language."""
        return str(self)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def record_decision(row: ForReview, by: User, state: ProposalState) -> None:
    """Without saving it: other columns may go with these."""
    row.decided_by, row.decided_at = by, timezone.now()
    row.state = state


class AnyProposal(ForReview):
    """Public content as a person would have it; a subclass says of what, and names the
    `revision` that it was published as.
    """

    #: The columns that tell what it is of.
    SUBJECT: tuple[str, ...] = ()

    snapshot = models.JSONField(_("snapshot"))
    replaces_id: int | None
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="replaced_by",
        verbose_name=_("in place of"),
    )

    class Meta(ForReview.Meta):
        abstract = True
        constraints = [
            *ForReview.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_published_as_a_revision",
                condition=Q(state=ProposalState.PUBLISHED.value, revision__isnull=False)
                | (~Q(state=ProposalState.PUBLISHED.value) & Q(revision__isnull=True)),
            ),
        ]

    @property
    def is_resumable(self) -> bool:
        return self.state in RESUMABLE

    @property
    def is_overdue(self) -> bool:
        """Its time of publication has passed, and it is not public."""
        return False

    @property
    def terms(self) -> dict[str, Any]:
        """The values of its terms, by the fields of its form."""
        return {"change_note_ko": self.note_ko, "change_note_en": self.note_en}

    @property
    def desk_url(self) -> str:
        """Its page at the desk."""
        return self.desk_page(self.pk)

    @property
    def replaced_url(self) -> str:
        """The page of the one that it is in place of."""
        return self.desk_page(self.replaces_id)

    def desk_page(self, key: int | None) -> str:
        return reverse(f"admin:desk_{self._meta.model_name}_change", args=[key])
