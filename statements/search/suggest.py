"""Terms near to a query, each of which finds something."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from statements.input.letters import fold
from statements.models.revision import DataVersion
from statements.models.vocabulary import (
    Country,
    GlossaryTerm,
    Organisation,
    Region,
    Theme,
)
from statements.search.hit_counts import Counts
from statements.search.languages import korean
from statements.search.lexicon import Lexicon, lexicon
from statements.search.query_plan import plan, telling
from statements.search.words import words
from statements.version_cache import version_cache

MOST_SUGGESTED = 5
MOST_WORDS = 6
#: How many terms are looked up to find those that something is found by.
MOST_TERMS_TRIED = 20
LEAST_LIKENESS = 0.5
LONGEST_SUGGESTED_QUERY = 60


def suggest(query: str, version: DataVersion | None = None) -> list[str]:
    """The query put right, else the nearest terms; the nearest first."""
    query = query[:LONGEST_SUGGESTED_QUERY]
    if not words(query):
        return []
    version = version or DataVersion.current()
    others = (t for t in candidates(query, version) if fold(t).text != fold(query).text)
    tried = list(islice(dict.fromkeys(others), MOST_TERMS_TRIED))
    ways, count = [telling(term, version) for term in tried], Counts()
    count.ask(filter(None, ways))
    terms = (term for term, way in zip(tried, ways, strict=True) if way and count(way))
    return list(islice(terms, MOST_SUGGESTED))


def candidates(query: str, version: DataVersion | None) -> Iterator[str]:
    known: Lexicon = lexicon(version)
    if changed := plan(query, version).changed:
        yield corrected(query, changed)
    for word in words(query)[:MOST_WORDS]:
        yield from known.nearest(korean.spell_in_letters(word.text))
    yield from near_terms(query, version)
    for word in words(query)[:MOST_WORDS]:
        if len(word.text) > 1:
            start = korean.letters(word.text[: max(2, len(word.text) // 2)])
            yield from known.beginning(start)[:MOST_SUGGESTED]


def corrected(query: str, changed: dict[str, str]) -> str:
    return " ".join(changed.get(word.text, word.text) for word in words(query))


def near_terms(query: str, version: DataVersion | None) -> list[str]:
    """The terms of the vocabulary and the glossary that look or sound most alike."""
    matcher = SequenceMatcher(b=spelled(query), autojunk=False)
    ranked = []
    for term, letters in all_terms(version).items():
        matcher.set_seq1(letters)
        if matcher.quick_ratio() >= LEAST_LIKENESS:
            ranked.append((-matcher.ratio(), term))
    return [term for likeness, term in sorted(ranked) if -likeness >= LEAST_LIKENESS]


def spelled(text: str) -> str:
    return korean.letters("".join(word.text for word in words(text)))


@version_cache
def all_terms() -> dict[str, str]:
    """Each by its name in either language, with the letters that it is spelled by."""
    terms: dict[str, str] = {}
    for model in (Region, Country, Theme, Organisation):
        for names in model.objects.order_by().values_list("name_ko", "name_en"):
            terms |= {name: spelled(name) for name in names}
    for names in GlossaryTerm.objects.order_by().values_list("korean", "english"):
        terms |= {name: spelled(name) for name in names}
    return terms
