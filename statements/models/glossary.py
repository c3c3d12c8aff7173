"""The terms by which Korean and English are held together."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.input.letters import any_spelling
from statements.models.entries import Entry, EntryQuerySet
from statements.models.ranges import GLOSSARY_RANGES


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
