"""The controlled vocabulary, with which statements are tagged, and the glossary, by
which Korean and English are held together.
"""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.input.letters import any_spelling
from statements.models.entries import Entry, EntryQuerySet
from statements.models.ranges import GLOSSARY_RANGES, TERM_RANGES

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


class Category(models.TextChoices):
    ORGANISATION = "organisation", _("Organizations")
    EVENT = "event", _("Meetings and events")
    AGREEMENT = "agreement", _("Agreements")
    STRATEGY = "strategy", _("Strategies and initiatives")
    SERVICE = "service", _("Services")
    PERSON_ROLE = "person-role", _("People and roles")
    PLACE = "place", _("Places")
    CONCEPT = "concept", _("Concepts")


class GlossaryQuerySet(EntryQuerySet["GlossaryTerm"]):
    def search(self, text: str) -> Self:
        spelling = any_spelling(text)
        return self.filter(Q(korean__iregex=spelling) | Q(english__iregex=spelling))


class GlossaryTerm(Entry):
    """`english` is an established name or, where not `is_established`, a rendering."""

    position = models.PositiveSmallIntegerField(_("position"))
    korean = models.CharField(_("Korean term"), max_length=100, unique=True)
    english = models.CharField(_("English term"), max_length=200)
    note = models.TextField(_("explanation"), blank=True)
    note_ko: str
    note_en: str
    category = models.CharField(_("category"), max_length=20, choices=Category)
    is_established = models.BooleanField(
        _("translation used on this site"),
        help_text=_("If not selected, it is our translation and may be corrected."),
    )

    objects = GlossaryQuerySet.as_manager()

    class Meta(Entry.Meta):
        ordering = ["position"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = GLOSSARY_RANGES

    def __str__(self) -> str:
        return self.english if get_language() == "en" else self.korean
