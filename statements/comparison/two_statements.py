"""Any two statements beside each other, and the words that they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from statements.codes import code_in
from statements.history.word_diff import Run, WordChange, diff_words
from statements.input.plain_text import PlainTextField
from statements.models import Link, PublicationState, Statement
from statements.models.states import PUBLIC_STATES

LONGEST_CODE = 64
#: Of all words of both texts, the part that has to be in both for a word diff to read
#: well: below it, most words are struck out and written anew.
RESEMBLANCE = 0.3


class StatementField(PlainTextField):
    """A published statement by its number, however its letters are written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_CODE, **options)

    def clean(self, value: Any) -> Statement:
        text = super().clean(value)
        code = code_in(text)
        statements = Statement.objects.filter(code=code, state__in=PUBLIC_STATES)
        whole = statements.select_related("document").with_tags()
        found = whole.prefetch_related("paragraphs", "events").first()
        if found is None:
            raise ValidationError(
                _("There is no statement “%(code)s” on this site."),
                params={"code": text},
            )
        if found.state != PublicationState.PUBLISHED:
            raise ValidationError(
                _("The statement “%(code)s” is no longer published."),
                params={"code": code},
            )
        return found


class PairForm(forms.Form):
    a = StatementField(label=_("First statement number"))
    b = StatementField(label=_("Second statement number"))


class TextPair(NamedTuple):
    """Both texts in one language; `runs` lead from the one to the other where the two
    resemble each other.
    """

    language: str
    runs: list[Run]


@dataclass(frozen=True)
class StatementPair:
    a: Statement
    b: Statement

    @property
    def link(self) -> Link | None:
        """The one that editors have recorded, whichever of the two is the later."""
        return Link.objects.between(self.a, self.b).public().first()

    @property
    def word_changes(self) -> list[TextPair]:
        """In each language; none where the Korean texts have too little in common."""
        pairs = [
            TextPair(
                language,
                diff_words(whole_text(self.a, language), whole_text(self.b, language)),
            )
            for language in ("ko", "en")
        ]
        return pairs if shared_part(pairs[0].runs) >= RESEMBLANCE else []


def whole_text(statement: Statement, language: str) -> str:
    parts = (getattr(statement, f"{name}_{language}") for name in ("title", "text"))
    return " ".join(part for part in parts if part)


def shared_part(runs: list[Run]) -> float:
    """The part of the words of both texts that is in both."""
    counts = dict.fromkeys(WordChange, 0)
    for run in runs:
        counts[run.change] += len(run.text.split())
    shared = 2 * counts[WordChange.NONE]
    return shared / (sum(counts.values()) + counts[WordChange.NONE] or 1)
