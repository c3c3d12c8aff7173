"""Links between statements across time: editorial, never the source's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements.models.documents import Document
from statements.models.kinds import PartNature
from statements.models.public import PublicContent, PublicQuerySet
from statements.models.ranges import LINK_RANGES
from statements.models.statement import Statement
from statements.models.states import LinkState, PublicationState


class Relation(models.TextChoices):
    SAME_SUBJECT = "same-subject", _("same subject")
    CONTINUES = "continues", _("continues")
    CHANGES = "changes", _("changes")
    REPLACES = "replaces", _("replaces")


class TimePlace(NamedTuple):
    """A place in time: that of the document, then that of the part within it."""

    year: int
    order: int
    #: Within one document its tasks come after its achievements.
    rank: int


def place_in_time(statement: Statement) -> TimePlace:
    """The one answer to which of two statements is the later, for links of any kind."""
    document = statement.document
    rank = int(statement.nature == PartNature.TASKS)
    return TimePlace(document.time_year, document.time_order, rank)


def later_first(one: Statement, other: Statement) -> tuple[Statement, Statement]:
    """The two as a link has them; as they are given where they are of one time."""
    is_turned = place_in_time(one) < place_in_time(other)
    return (other, one) if is_turned else (one, other)


class LinkQuerySet(PublicQuerySet["Link"]):
    statement_paths = ("later_id", "earlier_id")
    is_beyond_statements = False

    def of(self, statement: Statement) -> Self:
        """Those that the statement is either end of."""
        return self.filter(models.Q(later=statement) | models.Q(earlier=statement))

    def between(self, one: Statement, other: Statement) -> Self:
        """The link of the two, whichever is its later one."""
        return self.filter(later__in=(one, other), earlier__in=(one, other))

    def touching(
        self, statement_ids: Iterable[int], document_ids: Iterable[int] = ()
    ) -> Self:
        """Those of these statements, or of any in these documents."""
        is_near = models.Q()
        for end in ("later", "earlier"):
            is_near |= models.Q(**{f"{end}__in": statement_ids})
            is_near |= models.Q(**{f"{end}__document__in": document_ids})
        return self.filter(is_near)

    def with_places(self) -> Self:
        """With all that tells the places in time of both ends."""
        return self.select_related("later__document", "earlier__document")

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
    rationale = models.TextField(_("in common"))
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
        verbose_name=_("author"),
        help_text=_("Empty: first published."),
    )
    at = models.DateTimeField(_("date and time"), default=timezone.now, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta(PublicContent.Meta):
        ordering = ["later__sort_key", "earlier__sort_key"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                Least("later", "earlier"),
                Greatest("later", "earlier"),
                name="link_of_pair_unique",
                violation_error_message=_(
                    "These two statements are already linked. Two statements can have "
                    "only one link."
                ),
            ),
            models.CheckConstraint(
                name="link_of_two", condition=~models.Q(later=models.F("earlier"))
            ),
            *LINK_RANGES,
        ]

    def __str__(self) -> str:
        return f"{self.later.code} → {self.earlier.code}"

    def statement_ids(self) -> Iterable[int | None]:
        return self.later_id, self.earlier_id

    def clean(self) -> None:
        """Refuses what does not lead back in time."""
        if self.later_id and self.earlier_id:
            require_later_first([self])

    @property
    def brief_state(self) -> str:
        """For a mark beside the link, where the page explains links once."""
        is_draft = self.state == LinkState.SUGGESTED
        return gettext("Draft") if is_draft else self.get_state_display()

    @property
    def is_later_first(self) -> bool:
        """True also of a rejected link, which links nothing."""
        is_rejected = self.state == LinkState.REJECTED
        return is_rejected or place_in_time(self.later) > place_in_time(self.earlier)


def require_later_first(links: Iterable[Link]) -> None:
    """Raises ValidationError with the links that do not lead back in time."""
    wrong = [str(link) for link in links if not link.is_later_first]
    if wrong:
        raise ValidationError(
            gettext(
                "Links go from later statements to earlier ones, by the time of "
                "writing of their documents, and within one document from tasks to "
                "achievements. These would not: %(links)s"
            )
            % {"links": ", ".join(wrong)}
        )


def links_from(document: Document) -> list[Link]:
    """The links of its statements, as if it stood where the given object says."""
    links = list(Link.objects.touching((), [document.pk]).with_places())
    for link in links:
        for end in (link.later, link.earlier):
            if end.document_id == document.pk:
                end.document = document
    return links
