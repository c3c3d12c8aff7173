"""The source documents and their paragraphs: what everything else is traced to."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from statements.models.guard import touch
from statements.models.public import PublicContent, PublicQuerySet


class DocumentQuerySet(PublicQuerySet):
    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)


class Document(PublicContent):
    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    title_is_descriptive = models.BooleanField(
        _("title is descriptive"),
        default=False,
        help_text=_("The source has no title; this one was written for the portal."),
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    publisher_is_attributed = models.BooleanField(
        _("publisher is attributed"),
        default=False,
        help_text=_("The source itself does not name its publisher."),
    )
    source_url = models.URLField(_("source address"), blank=True)
    licence = models.CharField(_("terms of use"), max_length=200)
    contains = models.TextField(_("what it is"))
    lacks = models.TextField(_("what it does not say"))
    file = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = DocumentQuerySet.as_manager()

    class Meta(PublicContent.Meta):
        ordering = ["position"]
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("statements:source", args=[self.slug])


class Exclusion(models.TextChoices):
    """Why a paragraph of the source became no statement."""

    PAGE_CHROME = "page-chrome", _("menu or notice of the web page, not policy content")
    LABEL = "label", _("label of a section; it decides the kind of the items below")


class ParagraphQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str, ordinal: int):
        return self.get(document__slug=slug, ordinal=ordinal)

    def bulk_create(self, objs, batch_size=None):
        objs = list(objs)
        touch(*(paragraph.statement_id for paragraph in objs))
        return super().bulk_create(objs, batch_size)

    def update(self, **values):
        raise ImmutableParagraph

    def delete(self):
        raise ImmutableParagraph


class ImmutableParagraph(TypeError):
    def __init__(self):
        super().__init__(_("Paragraphs of a source document are never changed."))


class Paragraph(models.Model):
    """One paragraph as the source has it: `raw` its lines, `text` what they say."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="paragraphs")
    ordinal = models.PositiveIntegerField()
    marker = models.CharField(max_length=1, blank=True)
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
                name="paragraph_lines_in_order",
                condition=models.Q(last_line__gte=models.F("first_line")),
            ),
        ]

    def __str__(self):
        return f"{self.document.slug}:{self.ordinal}"

    def delete(self, *args, **kwargs):
        raise ImmutableParagraph

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Number and text of each line that is not blank."""
        numbered = enumerate(self.raw.split("\n"), self.first_line)
        return [(number, line) for number, line in numbered if line.strip()]
