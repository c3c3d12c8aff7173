"""Other words for what is typed: a curated list, and both languages of the glossary.

Some write the same thing (미국, 美, United States), others are only related to it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from django.conf import settings

from statements.corpus.curated import Curated
from statements.models.vocabulary import GlossaryTerm
from statements.search.languages import english
from statements.search.languages.segments import segments
from statements.search.words import Word, words
from statements.version_cache import version_cache

SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z0-9]+)\)")


class Others(NamedTuple):
    """The forms that write the same, and those that are related to it."""

    same: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.same or self.related)


class SynonymRow(NamedTuple):
    """The words that readers type, those that write the same, and related ones."""

    typed: tuple[str, ...]
    found: tuple[str, ...]
    related: tuple[str, ...]


class Synonyms:
    """Phrase to the other forms in the texts, in either language."""

    def __init__(self, glossary: Iterable[tuple[str, str]]) -> None:
        self.same: dict[str, dict[str, None]] = {}
        self.related: dict[str, dict[str, None]] = {}
        for typed, found, related in curated_synonyms():
            add_forms(self.same, typed, (*typed, *found) if found else ())
            add_forms(self.related, typed, related if found else (*typed, *related))
        for korean_term, english_term in glossary:
            forms = (korean_term, *english_forms(english_term))
            add_forms(self.same, forms, forms)

    def of(self, phrase: Sequence[Word]) -> Others:
        keys = (phrase_key(phrase), phrase_key(phrase, stemmed=True))
        # None has a key where all words say nothing: "work to".
        for key in filter(None, keys):
            same, related = self.same.get(key, {}), self.related.get(key, {})
            if same or related:
                return Others(tuple(same), tuple(f for f in related if f not in same))
        return Others()


def add_forms(
    forms: dict[str, dict[str, None]], typed: Iterable[str], others: Iterable[str]
) -> None:
    for phrase in typed:
        of_phrase = forms.setdefault(phrase_key(words(phrase)), {})
        of_phrase.update(dict.fromkeys(others))


@cache
def curated_synonyms() -> tuple[SynonymRow, ...]:
    rows = Curated(settings.BASE_DIR / "fixtures" / "curated").table("synonyms")
    return tuple(
        SynonymRow(*(forms_in(row[name]) for name in ("typed", "found", "related")))
        for row in rows
    )


def forms_in(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


@version_cache
def synonyms() -> Synonyms:
    return Synonyms(GlossaryTerm.objects.values_list("korean", "english"))


def english_forms(term: str) -> tuple[str, ...]:
    """“Nuclear Consultative Group (NCG)” is the long form and the short one."""
    long = re.sub(r"\(.*?\)", "", term).strip()
    return (long, *SHORT_FORM.findall(term))


def phrase_key(phrase: Sequence[Word], *, stemmed: bool = False) -> str:
    """The phrase whatever its spaces and inflections."""
    parts = []
    for word in phrase:
        if not word.is_hangul:
            if word.text not in english.ENGLISH_STOP_WORDS:
                parts.append(f" {english.stem_english(word.text)} ")
        else:
            is_last = stemmed and word is phrase[-1]
            parts.append(segments(word.text).stem if is_last else word.text)
    return "".join(parts).replace("  ", " ").strip()
