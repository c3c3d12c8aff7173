"""Other words for the same: a curated list, and both languages of the glossary."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from django.conf import settings

from statements.corpus.curated import Curated
from statements.models.vocabulary import GlossaryTerm
from statements.search.languages import english, korean
from statements.search.words import Word, words
from statements.version_cache import version_cache

SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z0-9]+)\)")


class Synonyms:
    """Phrase to the forms that say the same in the texts, in either language."""

    def __init__(self, glossary: Iterable[tuple[str, str]]) -> None:
        self.forms: dict[str, dict[str, None]] = {}
        for typed, written in curated_synonyms():
            self.add(typed, (*typed, *written))
        for korean_term, english_term in glossary:
            forms = (korean_term, *english_forms(english_term))
            self.add(forms, forms)

    def add(self, typed: Iterable[str], forms: Iterable[str]) -> None:
        for phrase in typed:
            of_phrase = self.forms.setdefault(phrase_key(words(phrase)), {})
            of_phrase.update(dict.fromkeys(forms))

    def of(self, phrase: Sequence[Word]) -> tuple[str, ...]:
        for key in (phrase_key(phrase), phrase_key(phrase, stemmed=True)):
            if key in self.forms:
                return tuple(self.forms[key])
        return ()


@cache
def curated_synonyms() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The words that readers type, and those that the texts say for them as well."""
    rows = Curated(settings.BASE_DIR / "fixtures" / "curated").table("synonyms")
    return tuple((forms_in(row["typed"]), forms_in(row["found"])) for row in rows)


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
            parts.append(korean.stem_korean(word.text) if is_last else word.text)
    return "".join(parts).replace("  ", " ").strip()
