"""The source documents: what everything else is traced to."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from statements.models.entries import Entry, EntryQuerySet
from statements.models.ranges import DOCUMENT_RANGES
from statements.models.states import PUBLIC_STATES, PublicationState


class DocumentKind(models.TextChoices):
    """The kind of a document: it decides which kinds of statements it holds."""

    GOALS = "goals", _("policy goals")
    REPORT = "report", _("report of achievements and tasks")
    OTHER = "other", _("other document")


class DocumentQuerySet(EntryQuerySet["Document"]):
    def get_by_natural_key(self, slug: str) -> Document:
        return self.get(slug=slug)

    def public(self) -> Self:
        """Without those that have drafts alone, as a report that is being read in, and
        without those that were withdrawn whole.
        """
        return self.with_statements_in(PublicationState.PUBLISHED)

    def known(self) -> Self:
        """Those that readers may know of: public now, or withdrawn since."""
        return self.with_statements_in(*PUBLIC_STATES)

    def with_statements_in(self, *states: str) -> Self:
        """Those with a statement in one of the states, or with none at all."""
        statements = self.model._meta.get_field("statements").related_model
        own = statements._base_manager.filter(document=OuterRef("pk")).order_by()
        return self.filter(Exists(own.filter(state__in=states)) | ~Exists(own))


class Document(Entry):
    slug = models.SlugField(_("slug"), unique=True)
    kind = models.CharField(_("kind of document"), max_length=10, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=200)
    title_ko: str
    title_en: str
    title_is_descriptive = models.BooleanField(
        _("title written for this site"),
        default=False,
        help_text=_("The source has no title. This title was written for this site."),
    )
    edition = models.CharField(
        _("edition label"),
        max_length=100,
        blank=True,
        help_text=_("For example, “Report on 2025”. It tells editions apart in lists."),
    )
    edition_ko: str
    edition_en: str
    published_on = models.DateField(
        _("date of publication"),
        null=True,
        blank=True,
        help_text=_(
            "Enter it only if it is known. If it is empty, the page says that it is "
            "not stated."
        ),
    )
    time_year = models.PositiveSmallIntegerField(
        _("time of writing: year"),
        help_text=_(
            "Inferred by the editors. Links go from later documents to earlier ones."
        ),
    )
    time_order = models.PositiveSmallIntegerField(
        _("time of writing: order within the year"),
        default=1,
        help_text=_("1 is the earliest document of the year."),
    )
    time_basis = models.TextField(_("time of writing: what it is inferred from"))
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
        _("publisher is inferred"),
        default=False,
        help_text=_("The source does not name its publisher."),
    )
    source_url = models.URLField(_("source address"), blank=True)
    licence = models.CharField(_("terms of use"), max_length=200)
    licence_ko: str
    licence_en: str
    contains = models.TextField(_("about this document"))
    contains_ko: str
    contains_en: str
    lacks = models.TextField(_("not included"))
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
                violation_error_message=_(
                    "Another document has the same time of writing (year and order)."
                ),
            ),
            models.CheckConstraint(
                name="document_replaces_another",
                condition=~Q(replaces=models.F("pk")),
                violation_error_message=_("A document cannot replace itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_name(self) -> str:
        """Tells it from others beside it, whose titles may be the same."""
        if self.edition:
            return self.edition
        values = {"title": self.title, "year": self.time_year}
        return _("%(title)s (%(year)s)") % values

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("statements:source", args=[self.slug])
