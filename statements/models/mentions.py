"""The facts of a statement, and what those that its source mentions are held to."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.fingerprints import WHITE_SPACE, squeeze
from statements.models.guard import touch_facts
from statements.models.kinds import Precision
from statements.models.public import PublicContent, PublicQuerySet
from statements.models.statement import Statement

NOT_QUOTED = _(
    "“%(quote)s” is not in the source text of %(code)s. Copy it exactly as the source "
    "writes it; only spaces may differ."
)
NOT_NAMED = _("Enter it in Korean.")
#: The days on which an event begins and ends of which no more is known.
WHOLE_PERIODS: dict[str, tuple[Promise, Promise]] = {
    Precision.YEAR: (
        _("If only the year is known, enter 1 January."),
        _("If only the year is known, enter 31 December."),
    ),
    Precision.MONTH: (
        _("If only the month is known, enter its first day."),
        _("If only the month is known, enter its last day."),
    ),
}

FactRow = TypeVar("FactRow", bound="Fact", covariant=True)


class FactQuerySet(PublicQuerySet[FactRow]):
    statement_paths = ("statement_id",)
    is_beyond_statements = False

    def among(self, statement_ids: Collection[int] | None) -> Self:
        """Those of these statements, or all."""
        if statement_ids is None:
            return self
        return self.filter(statement__in=statement_ids)

    def touch(self) -> None:
        super().touch()
        touch_facts(self.model, self.order_by().values_list("pk", flat=True))


class Fact(PublicContent):
    """Base of what hangs on one statement."""

    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="%(class)ss",
        verbose_name=_("statement"),
    )

    class Meta(PublicContent.Meta):
        abstract = True

    def statement_ids(self) -> Iterable[int | None]:
        return (self.statement_id,)

    def announce(self) -> None:
        super().announce()
        touch_facts(type(self), [self.pk])


class Mention(Fact):
    """A fact that the source mentions: its `quote` is in the paragraphs of its
    statement, and it has a name in Korean.

    It may have places of its own, as slugs joined by semicolons; one without has those
    of its statement.
    """

    #: The translated part that names it, and all that readers see beside outcomes.
    name_part: ClassVar[str]
    translated_parts: ClassVar[tuple[str, ...]]
    if TYPE_CHECKING:
        quote: models.CharField[Any, str]

    region = models.CharField(_("regions"), max_length=200, blank=True)
    country = models.CharField(_("countries"), max_length=200, blank=True)

    class Meta(Fact.Meta):
        abstract = True

    @property
    def language(self) -> str:
        """The language in which the active language's page can name it."""
        return self.language_of(self.name_part)

    @property
    def is_untranslated(self) -> bool:
        """True where the active language's page has to show Korean."""
        languages = map(self.language_of, self.translated_parts)
        return any(language != get_language() for language in languages)

    def language_of(self, part: str) -> str:
        language = get_language() or "ko"
        is_said = getattr(self, f"{part}_{language}") or not getattr(self, f"{part}_ko")
        return language if is_said else "ko"

    def clean(self) -> None:
        """Says beside the field what the source does not."""
        if wrong := self.wrong_with_source():
            raise ValidationError(wrong)

    def wrong_with_source(self) -> dict[str, str | Promise]:
        """All that it says without its source, by field."""
        wrong: dict[str, str | Promise] = {}
        if not getattr(self, f"{self.name_part}_ko"):
            wrong[f"{self.name_part}_ko"] = NOT_NAMED
        if self.statement_id and not self.is_quoted():
            values = {"quote": self.quote, "code": self.statement.code}
            wrong["quote"] = NOT_QUOTED % values
        return wrong

    def is_quoted(self) -> bool:
        """True where the source has the quote, white space aside, and no part of a
        longer number.
        """
        letters = map(re.escape, squeeze(self.quote))
        quote = f"[{WHITE_SPACE}]*".join(letters)
        source = " ".join(part.text for part in self.statement.paragraphs.all())
        within_number = r"(?<=\d)(?=\d)"
        pattern = rf"(?!{within_number}){quote}(?!{within_number})"
        return bool(quote) and re.search(pattern, source) is not None


def wrong_days(precision: str, start: date, end: date) -> dict[str, str | Promise]:
    """The days of an event that are more exact than its precision, by field."""
    messages = WHOLE_PERIODS.get(precision)
    if not messages or not (isinstance(start, date) and isinstance(end, date)):
        return {}  # as exact as can be, or something else is wrong with these
    last = monthrange(end.year, end.month)[1]
    whole = start.replace(day=1), end.replace(day=last)
    if precision == Precision.YEAR:
        whole = start.replace(month=1, day=1), end.replace(month=12, day=31)
    days = zip(("start", "end"), (start, end), whole, messages, strict=True)
    return {name: message for name, day, fit, message in days if day != fit}
