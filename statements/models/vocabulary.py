"""The controlled vocabulary: what statements are tagged with."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from statements.models.entries import Entry, EntryQuerySet
from statements.models.ranges import TERM_RANGES

TermRow = TypeVar("TermRow", bound="Term", covariant=True)


class TermQuerySet(EntryQuerySet[TermRow]):
    statement_paths = ("statements",)

    def get_by_natural_key(self, slug: str) -> TermRow:
        return self.get(slug=slug)


class Term(Entry):
    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_ko: str
    name_en: str
    scope = models.CharField(_("scope"), max_length=200, blank=True)
    scope_ko: str
    scope_en: str
    position = models.PositiveSmallIntegerField(_("position"))

    objects = TermQuerySet.as_manager()

    class Meta(Entry.Meta):
        abstract = True
        ordering = ["position"]
        constraints = TERM_RANGES

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Region(Term):
    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def get_absolute_url(self) -> str:
        return reverse("explorer:region", args=[self.slug])


class Country(Term):
    """A country or territory; `iso` (ISO 3166-1 alpha-2) is never shown."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="countries", verbose_name=_("region")
    )
    iso = models.CharField(_("ISO code"), max_length=2, unique=True)

    class Meta(Term.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def get_absolute_url(self) -> str:
        return reverse("explorer:country", args=[self.slug])


class Theme(Term):
    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def get_absolute_url(self) -> str:
        return reverse("explorer:theme", args=[self.slug])


class Organisation(Term):
    class Meta(Term.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
