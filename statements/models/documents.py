"""The source documents and their paragraphs: what everything else is traced to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from statements.models.entries import Entry, EntryQuerySet
from statements.models.guard import touch
from statements.models.ranges import DOCUMENT_RANGES
from statements.models.states import PUBLIC_STATES


class DocumentKind(models.TextChoices):
    """The kind of a document: it decides which kinds of statements it holds."""

    GOALS = "goals", _("policy goals")
    REPORT = "report", _("report of achievements and tasks")
    OTHER = "other", _("other document")


class DocumentQuerySet(EntryQuerySet["Document"]):
    def get_by_natural_key(self, slug: str) -> Document:
        return self.get(slug=slug)

    def public(self) -> Self:
        """Without those that have drafts alone, as a report that is being read in."""
        everything = self.model.objects.order_by()
        seen = everything.filter(statements__state__in=PUBLIC_STATES).values("pk")
        has_any = everything.filter(statements__isnull=False).values("pk")
        return self.filter(Q(pk__in=seen) | ~Q(pk__in=has_any))


class Document(Entry):
    slug = models.SlugField(_("slug"), unique=True)
    kind = models.CharField(_("kind of document"), max_length=10, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=200)
    title_ko: str
    title_en: str
    title_is_descriptive = models.BooleanField(
        _("title is descriptive"),
        default=False,
        help_text=_("The source has no title; this one was written for the portal."),
    )
    edition = models.CharField(
        _("edition label"),
        max_length=100,
        blank=True,
        help_text=_("As in “Report on 2025”; it tells editions apart in lists."),
    )
    edition_ko: str
    edition_en: str
    published_on = models.DateField(
        _("date of publication"),
        null=True,
        blank=True,
        help_text=_("Only if it is known; left open, the page says that it is not."),
    )
    time_year = models.PositiveSmallIntegerField(
        _("place in time: year"),
        help_text=_("Inferred by editors; links go from later documents to earlier."),
    )
    time_order = models.PositiveSmallIntegerField(
        _("place in time: order in the year"),
        default=1,
        help_text=_("1 is the earliest document of the year."),
    )
    time_basis = models.TextField(_("place in time: what it is inferred from"))
    time_basis_ko: str
    time_basis_en: str
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="replaced_by",
        null=True,
        blank=True,
        verbose_name=_("replaces"),
        help_text=_("The edition that this one corrects or follows."),
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    publisher_ko: str
    publisher_en: str
    publisher_is_attributed = models.BooleanField(
        _("publisher is attributed"),
        default=False,
        help_text=_("The source itself does not name its publisher."),
    )
    source_url = models.URLField(_("source address"), blank=True)
    licence = models.CharField(_("terms of use"), max_length=200)
    licence_ko: str
    licence_en: str
    contains = models.TextField(_("what it is"))
    contains_ko: str
    contains_en: str
    lacks = models.TextField(_("what it does not say"))
    lacks_ko: str
    lacks_en: str
    file = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = DocumentQuerySet.as_manager()

    class Meta(Entry.Meta):
        ordering = ["-time_year", "-time_order"]
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        constraints = [
            *DOCUMENT_RANGES,
            models.UniqueConstraint(
                fields=["time_year", "time_order"],
                name="document_place_in_time_unique",
                violation_error_message=_("Another document has this place in time."),
            ),
            models.CheckConstraint(
                name="document_replaces_another",
                condition=~Q(replaces=models.F("pk")),
                violation_error_message=_("A document does not replace itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("statements:source", args=[self.slug])


class Exclusion(models.TextChoices):
    """The reasons why a paragraph of the source became no statement."""

    PAGE_CHROME = "page-chrome", _("menu or notice of the web page, not policy content")
    LABEL = "label", _("label of a section; it decides the kind of the items below")
    COVER = "cover", _("cover: title, date or body before the first item")
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
        super().__init__(_("Paragraphs of a source document are never changed."))


class Paragraph(models.Model):
    """One paragraph as the source has it: `raw` its lines, `text` what they say."""

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
