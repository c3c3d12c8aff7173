"""The statement: everything that the ministry said, in two languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.codes import key_under, sort_key
from statements.fingerprints import Fingerprint, fingerprint, squeeze
from statements.models.documents import Document
from statements.models.guard import NeverDeleted
from statements.models.kinds import KIND_CONSTRAINTS, Kind, PartNature
from statements.models.public import PublicContent
from statements.models.queries import StatementManager
from statements.models.ranges import STATEMENT_RANGES
from statements.models.states import PublicationState, TranslationState
from statements.models.vocabulary import Country, Organisation, Region, Theme


class Statement(PublicContent):
    #: The kind whose statements a proxy stands for; this class stands for all.
    proxied_kind: ClassVar[Kind]
    #: The columns that `derive` fills.
    derived_columns: ClassVar[tuple[str, ...]] = (
        *("sort_key", "parent_kind", "root_id", "year", "nature"),
        *("en_from", "en_reviewed"),
    )
    code = models.CharField(_("statement number"), max_length=64, unique=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent_kind = models.CharField(max_length=20, editable=False, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="statements",
        verbose_name=_("source document"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("parent"),
    )
    root = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="descendants",
        null=True,
        blank=True,
        editable=False,
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    title_ko: str
    title_en: str
    text = models.TextField(_("text"), blank=True)
    text_ko: str
    text_en: str
    editor_note = models.TextField(
        _("editor’s note"),
        blank=True,
        help_text=_("Not in the source. It is shown apart, as an editor’s note."),
    )
    editor_note_ko: str
    editor_note_en: str
    year = models.PositiveSmallIntegerField(
        _("year (achievements, tasks)"), null=True, blank=True, editable=False
    )
    #: Of the part that it stands in; empty for goals.
    nature = models.CharField(
        _("nature"), max_length=20, choices=PartNature, blank=True, editable=False
    )
    regions = models.ManyToManyField(
        Region, blank=True, related_name="statements", verbose_name=_("regions")
    )
    countries = models.ManyToManyField(
        Country, blank=True, related_name="statements", verbose_name=_("countries")
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="statements", verbose_name=_("themes")
    )
    organisations = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="statements",
        verbose_name=_("responsible organizations"),
    )
    state = models.CharField(
        _("publication state"),
        max_length=20,
        choices=PublicationState,
        default=PublicationState.PUBLISHED,
    )
    en_from = models.CharField(max_length=32, editable=False, blank=True)
    en_reviewed = models.CharField(max_length=32, editable=False, blank=True)
    ko_hash = models.GeneratedField(
        expression=Fingerprint("title_ko", "text_ko"),
        output_field=models.CharField(max_length=32),
        db_persist=True,
    )
    en_hash = models.GeneratedField(
        expression=Fingerprint("title_en", "text_en"),
        output_field=models.CharField(max_length=32),
        db_persist=True,
    )

    #: Set by `with_link_count`; by `give_points`, each with its own; by `mark_within`.
    link_count: int
    points: list[Statement]
    has_points: bool
    level: int
    absent_parent: Statement | None

    objects = StatementManager()

    class Meta(PublicContent.Meta):
        ordering = ["sort_key"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [*KIND_CONSTRAINTS, *STATEMENT_RANGES]
        indexes = [models.Index(fields=["state", "kind", "sort_key"])]

    def __str__(self) -> str:
        return f"{self.code} {self.title or self.text}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    natural_key.dependencies = ["statements.document"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        if self.kind == Kind.GOAL:
            return reverse("goals:detail", args=[self.code])
        return reverse("statements:detail", args=[self.code])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverDeleted

    def derive(self) -> None:
        self.sort_key = sort_key(self.code)
        if self.parent is not None:
            self.parent_kind = self.parent.kind
            self.root_id = self.parent.root_id or self.parent_id
            self.year, self.nature = self.parent.year, self.parent.nature
            self.sort_key = key_under(self.parent.sort_key, self.position, self.code)
        else:
            self.nature = PartNature.of_code(self.code)
        if self.english_is_missing:
            self.en_from = self.en_reviewed = ""
        elif not self.en_from:
            self.en_from = self.korean_fingerprint

    def save_columns(self, names: Iterable[str]) -> None:
        """Saves these, and what follows anew from them; the rest stays as it is."""
        before = [getattr(self, name) for name in self.derived_columns]
        self.derive()
        derived = zip(self.derived_columns, before, strict=True)
        changed = {name for name, value in derived if getattr(self, name) != value}
        self.save(update_fields={*names, *changed})

    def statement_ids(self) -> Iterable[int | None]:
        return (self.pk,)

    def date_english(self, korean: str) -> None:
        """A person says that the English was made from the Korean of that fingerprint.

        Nothing else makes English that is out of date current again, but a review.
        """
        self.en_from = korean

    def review_english(self) -> None:
        """A person found the English right for the Korean as both stand now."""
        self.date_english(self.korean_fingerprint)
        self.en_reviewed = fingerprint(self.title_en, self.text_en)

    @cached_property
    def branches(self) -> list[Statement]:
        """The published statements right under this one; `as_trees` fills it too."""
        return list(self.children.published().in_outline_order())

    def branches_of_kind(self, kind: Kind) -> list[Statement]:
        return [branch for branch in self.branches if branch.kind == kind]

    @cached_property
    def region_list(self) -> list[Region]:
        return list(self.regions.all())

    @cached_property
    def country_list(self) -> list[Country]:
        return list(self.countries.all())

    @cached_property
    def theme_list(self) -> list[Theme]:
        return list(self.themes.all())

    @property
    def number(self) -> int:
        """The last number of the code: 3 of G3, 2 of 2025.T1.2."""
        digits = self.code.rpartition(".")[2]
        return int(digits.lstrip("GOCENAT") or 0)

    @property
    def korean_fingerprint(self) -> str:
        return fingerprint(self.title_ko, self.text_ko)

    @property
    def english_is_missing(self) -> bool:
        return bool(
            (self.title_ko and not self.title_en) or (self.text_ko and not self.text_en)
        )

    @property
    def translation_state(self) -> TranslationState:
        if self.english_is_missing:
            return TranslationState.MISSING
        if self.en_from != self.korean_fingerprint:
            return TranslationState.OUTDATED
        if self.en_reviewed == fingerprint(self.title_en, self.text_en):
            return TranslationState.REVIEWED
        return TranslationState.DRAFT

    @property
    def language(self) -> str:
        """The language in which the active language's page can show this statement."""
        return "ko" if self.english_is_missing else get_language()

    @property
    def heading(self) -> str:
        """The title, or else the text, which stand for the whole statement."""
        return self.title or self.text

    @property
    def page_title(self) -> str:
        """For <title>, which cannot mark another language: then it is the code."""
        return self.heading if self.language == get_language() else self.code

    @property
    def differs_from_source(self) -> bool:
        source = "".join(p.text for p in self.paragraphs.all())
        return squeeze(source) != squeeze(self.title_ko + self.text_ko)
