"""The paragraphs of the source documents: immutable, each a statement's or excluded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from statements.models.documents import Document
from statements.models.guard import touch
from statements.models.ranges import FIRST_DAY, LAST_DAY, check, within
from statements.models.states import PUBLIC_STATES


class Exclusion(models.TextChoices):
    """The reasons why a paragraph of the source became no statement."""

    PAGE_CHROME = "page-chrome", _("menu or notice of the web page, not policy content")
    LABEL = "label", _("section label that sets the kind of the statements below it")
    COVER = "cover", _("cover: title, date or organization before the first statement")
    CONTENTS = "contents", _("table of contents")
    PAGE_NUMBER = "page-number", _("page number")
    CONTACT = "contact", _("contact details")
    TABLE = "table", _("table")
    OTHER = "other", _("other")


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    def get_by_natural_key(self, slug: str, ordinal: int) -> Paragraph:
        return self.get(document__slug=slug, ordinal=ordinal)

    def public(self) -> Self:
        """Without those of drafts; what became no statement says why."""
        return self.filter(
            Q(statement__isnull=True) | Q(statement__state__in=PUBLIC_STATES)
        )

    def bulk_create(  # type: ignore[override]  # takes less, as public content does
        self, objs: Iterable[Paragraph], batch_size: int | None = None
    ) -> list[Paragraph]:
        objs = list(objs)
        statement_ids = {paragraph.statement_id for paragraph in objs}
        touch(*statement_ids, is_beyond=is_seen_in_source(statement_ids))
        return super().bulk_create(objs, batch_size)

    def update(self, **values: Any) -> NoReturn:
        raise ImmutableParagraph

    def delete(self) -> NoReturn:
        raise ImmutableParagraph


def is_seen_in_source(statement_ids: set[int | None]) -> bool:
    """True where readers see a paragraph of one of these statements, or of none."""
    public = Document.objects.filter(
        statements__in=statement_ids - {None}, statements__state__in=PUBLIC_STATES
    )
    return None in statement_ids or public.exists()


class ImmutableParagraph(TypeError):
    def __init__(self) -> None:
        super().__init__(_("Paragraphs of a source document cannot be changed."))


class Paragraph(models.Model):
    """One paragraph as the source has it: `raw` its lines, `text` what they say.

    In `raw` an empty line stands for one that another paragraph has, as a page number.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="paragraphs")
    ordinal = models.PositiveIntegerField()
    marker = models.CharField(max_length=20, blank=True)
    depth = models.PositiveSmallIntegerField()
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    raw = models.TextField()
    text = models.TextField()
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    statement = models.ForeignKey(
        "statements.Statement",
        models.PROTECT,
        related_name="paragraphs",
        null=True,
        blank=True,
    )
    exclusion = models.CharField(max_length=20, choices=Exclusion, blank=True)
    #: The reason in words, in the language of who gave it, where it is another one.
    exclusion_note = models.CharField(max_length=200, blank=True)
    #: The day on which it was added by hand to a document that had been read before.
    added_on = models.DateField(null=True, blank=True)

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        ordering = ["document", "ordinal"]
        base_manager_name = "objects"
        verbose_name = _("source paragraph")
        verbose_name_plural = _("source paragraphs")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "ordinal"], name="paragraph_ordinal_unique"
            ),
            models.CheckConstraint(
                name="paragraph_is_statement_or_excluded",
                condition=models.Q(statement__isnull=False, exclusion="")
                | (models.Q(statement__isnull=True) & ~models.Q(exclusion="")),
            ),
            models.CheckConstraint(
                name="paragraph_other_exclusion_in_words",
                condition=Q(exclusion=Exclusion.OTHER.value) & ~Q(exclusion_note="")
                | ~Q(exclusion=Exclusion.OTHER.value) & Q(exclusion_note=""),
            ),
            check("paragraph_added_in_range", within(FIRST_DAY, LAST_DAY, "added_on")),
            models.CheckConstraint(
                name="paragraph_lines_in_order",
                condition=models.Q(last_line__gte=models.F("first_line")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.slug}:{self.ordinal}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableParagraph

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Number and text of each line that is not blank."""
        numbered = enumerate(self.raw.split("\n"), self.first_line)
        return [(number, line) for number, line in numbered if line.strip()]
