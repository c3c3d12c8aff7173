"""Entries: public content of no single statement, and the history of each."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.models.guard import SlugNeverChanged, touch_entries
from statements.models.public import (
    PublicContent,
    PublicQuerySet,
    TranslatedQuerySet,
)
from statements.models.ranges import ENTRY_REVISION_RANGES

EntryRow = TypeVar("EntryRow", bound="Entry", covariant=True)
#: The fields that name an entry, by their stem.
NAMES = ("name", "title")


class EntryKind(models.TextChoices):
    """The kind of an entry: the name of its model."""

    REGION = "region", _("region")
    COUNTRY = "country", _("country")
    THEME = "theme", _("theme")
    ORGANISATION = "organisation", _("organization")
    GLOSSARY_TERM = "glossaryterm", _("glossary term")
    DOCUMENT = "document", _("source document")


class EntryAct(models.TextChoices):
    """The act done to an entry."""

    ADD = "add", _("added")
    CHANGE = "change", _("changed")
    DELETE = "delete", _("deleted")


def name_of_entry(snapshot: dict[str, Any]) -> str:
    """Its name or title in the language of the page, or else in Korean."""
    language = str(get_language())
    if "korean" in snapshot:
        return str(snapshot["english" if language == "en" else "korean"])
    for stem in NAMES:
        if name := snapshot.get(f"{stem}_{language}") or snapshot.get(f"{stem}_ko"):
            return str(name)
    return ""


def kind_and_name(kind: str, snapshot: dict[str, Any]) -> str:
    label = str(EntryKind(kind).label)
    return f"{label[:1].upper()}{label[1:]}: {name_of_entry(snapshot)}"


class EntryQuerySet(PublicQuerySet[EntryRow]):
    def touch(self) -> None:
        super().touch()
        keys = self.order_by().values_list("pk", flat=True)
        touch_entries(self.model.entry_kind(), keys)

    def update(self, **values: Any) -> int:
        if "slug" in values:
            raise SlugNeverChanged
        return super().update(**values)


class Entry(PublicContent):
    """A term, a glossary term, or what is said of a document."""

    class Meta(PublicContent.Meta):
        abstract = True

    @classmethod
    def entry_kind(cls) -> str:
        return str(cls._meta.model_name)

    @property
    def history_url(self) -> str:
        return reverse("statements:entry_history", args=[self.entry_kind(), self.pk])

    def announce(self) -> None:
        super().announce()
        touch_entries(self.entry_kind(), [self.pk])


class EntryRevisionQuerySet(TranslatedQuerySet["EntryRevision"]):
    def of(self, kind: str, entry_id: int | None) -> Self:
        return self.filter(kind=kind, entry_id=entry_id)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def changes(self) -> Self:
        """All but the initial load."""
        return self.exclude(by=None, act=EntryAct.ADD)

    def with_previous(self) -> Self:
        """Annotates `previous`, the key of the one before of its entry."""
        earlier = self.model.objects.filter(
            kind=OuterRef("kind"), entry_id=OuterRef("entry_id"), pk__lt=OuterRef("pk")
        )
        newest = earlier.newest_first().values("pk")[:1]
        return self.annotate(previous=Subquery(newest))

    def latest_each(self) -> EntryRevisionQuerySet:
        """The last of these of each entry."""
        groups = self.order_by().values("kind", "entry_id")
        newest = groups.annotate(newest=Max("pk")).values("newest")
        return self.model.objects.filter(pk__in=newest)


class EntryRevision(models.Model):
    """An entry as published, whole and in both languages; of a deleted one, as it was
    last. Its key stays after the entry is gone.
    """

    kind = models.CharField(_("kind of entry"), max_length=20, choices=EntryKind)
    entry_id = models.PositiveBigIntegerField(_("ID of the entry"))
    act = models.CharField(_("what was done"), max_length=10, choices=EntryAct)
    at = models.DateTimeField(_("date and time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("author"),
        help_text=_("Empty: first published."),
    )
    note = models.TextField(_("change note"))
    note_ko: str
    note_en: str
    snapshot = models.JSONField(_("snapshot"))

    #: Set by `with_previous`.
    previous: int | None

    objects = EntryRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("revision of a region, country, theme, term or document")
        verbose_name_plural = _(
            "revisions of regions, countries, themes, terms and documents"
        )
        indexes = [models.Index(fields=["kind", "entry_id"], name="entry_revision_of")]
        constraints = ENTRY_REVISION_RANGES

    def __str__(self) -> str:
        return f"{self.subject} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @property
    def subject(self) -> str:
        """The entry that it is of, in words."""
        return kind_and_name(self.kind, self.snapshot)

    @property
    def history_url(self) -> str:
        """The page of all revisions of its entry, which may be deleted by now."""
        return reverse("statements:entry_history", args=[self.kind, self.entry_id])

    #: Staff read revisions of entries where readers do.
    desk_url = history_url
