"""Other words for the same: a curated list, and both languages of the glossary."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from django.conf import settings

from statements.corpus.curated import Curated
from statements.models.glossary import GlossaryTerm
from statements.search.languages import english, korean
from statements.search.words import Word, words
from statements.version_cache import version_cache

SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z0-9]+)\)")


class Synonyms:
    """Phrase to the forms that say the same in the texts, in either language."""

    def __init__(self, glossary: Iterable[tuple[str, str]]):
        self.forms: dict[str, dict[str, None]] = {}
        for typed, found in curated():
            self.add(typed, (*typed, *found))
        for korean_term, english_term in glossary:
            forms = (korean_term, *english_forms(english_term))
            self.add(forms, forms)

    def add(self, typed: Iterable[str], found: Iterable[str]) -> None:
        for phrase in typed:
            of_phrase = self.forms.setdefault(phrase_key(words(phrase)), {})
            of_phrase.update(dict.fromkeys(found))

    def of(self, phrase: Sequence[Word]) -> tuple[str, ...]:
        for one in (phrase_key(phrase), phrase_key(phrase, stemmed=True)):
            if one in self.forms:
                return tuple(self.forms[one])
        return ()


@cache
def curated() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """What readers type, and what the texts say for it as well."""
    rows = Curated(settings.BASE_DIR / "fixtures" / "curated").table("synonyms")
    return tuple(
        tuple(tuple(row[name].split(";")) if row[name] else () for name in row)
        for row in rows
    )


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
            parts.append(korean.stem_korean(word.text) if is_last else word.text)
    return "".join(parts).replace("  ", " ").strip()
