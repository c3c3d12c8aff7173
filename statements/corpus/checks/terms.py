"""The glossary, and terms that are easily merged."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from statements.corpus.checks.pairs import CheckedPair, CheckedTerm

FILLERS = {"a", "an", "and", "for", "of", "the"}
ENGLISH_ENDING = re.compile(
    r"(?<=\w{3})(?:ation|ment|ship|ing|ed|ie|y|e)?(?:(?<!s)s)?$"
)
DISTINCT = {
    "재외국민": "overseas Korean nationals",
    "동포": "overseas Koreans?(?! nationals)",
    "평화체제": "peace regime",
    "평화구조": "peace structure",
    "북한비핵화": "denuclearization of North Korea",
    "미래형포괄적": "future-oriented comprehensive",
    "글로벌포괄적": "global comprehensive",
    "포괄적전략동반자": "Comprehensive Strategic Partnership",
    "전략적협력동반자": "strategic cooperative partnership",
    "한일중협력사무국": "Trilateral Cooperation Secretariat",
    "한미일협력사무국": "ROK-U.S.-Japan Trilateral Secretariat",
}


def read_terms(rows: Iterable[dict[str, str]]) -> list[CheckedTerm]:
    """The glossary, the longest Korean first."""
    terms = [
        read_term(row["ko"], row["en"], row["note_en"], row["confidence"] == "high")
        for row in rows
    ]
    return sorted(terms, key=lambda term: len(squeeze_korean(term.ko)), reverse=True)


def read_term(ko: str, en: str, note_en: str, is_binding: bool) -> CheckedTerm:
    return CheckedTerm(
        ko=ko,
        names=list(names(ko, en, note_en)),
        short_forms=re.findall(r"\((.+?)\)", en),
        is_binding=is_binding,
    )


def names(ko: str, en: str, note_en: str) -> Iterator[str]:
    """The English names, also without a year in them, and what the note allows."""
    for name in without_brackets(en).split("; "):
        yield name
        yield re.sub(r" 20\d\d\b", "", name)
    yield from re.findall(r'\bor "(.+?)"', note_en)
    if ko.isascii():  # the Korean, too, says ODA
        yield ko


def without_brackets(text: str) -> str:
    return re.sub(r" ?\(.*?\)", "", text)


@lru_cache(maxsize=1024)
def squeeze_korean(korean: str) -> str:
    """Without white space and with one middle dot, for the source varies both."""
    return re.sub(r"\s", "", re.sub("[‧・]", "·", korean))


def checked_terms_in(korean: str, terms: list[CheckedTerm]) -> Iterator[CheckedTerm]:
    """The terms of a text; one that stands only inside a longer one does not count."""
    rest = squeeze_korean(korean)
    for term in terms:
        if squeeze_korean(term.ko) in rest:
            rest = rest.replace(squeeze_korean(term.ko), "\0")
            yield term


def stems(english: str) -> str:
    """The words without endings, hyphens and fillers: inflection does not matter."""
    text = re.sub("[.']", "", english.lower()).replace("united nations", "un")
    words = [word for word in re.findall(r"[\w+]+", text) if word not in FILLERS]
    return f" {' '.join(ENGLISH_ENDING.sub('', word) for word in words)} "


def is_used(term: CheckedTerm, english: str) -> bool:
    """True for a text that has the term by name or, on its own, by a short form."""
    unbracketed = stems(without_brackets(english))
    said = stems(english) + unbracketed
    is_named = any(is_said(name, said) for name in term.names)
    return is_named or any(stems(short) in unbracketed for short in term.short_forms)


def is_said(name: str, said: str) -> bool:
    """True where the stems have the name; an "…" in it is a gap for its object."""
    place = 0
    for piece in map(stems, name.split("…")):
        place = said.find(piece, place)
        if place < 0:
            return False
        place += len(piece.rstrip())
    return True


def check_glossary(pair: CheckedPair) -> Iterator[str]:
    for term in pair.terms:
        if term.is_binding and not is_used(term, pair.en):
            yield f"{term.ko} = {term.names[0]}"


def check_distinctions(pair: CheckedPair) -> Iterator[str]:
    for korean, english in DISTINCT.items():
        is_meant = korean in squeeze_korean(pair.ko)
        is_said = re.search(rf"\b{english}\b", pair.en, re.IGNORECASE) is not None
        if is_meant != is_said:
            yield f"{'missing' if is_meant else 'added'} {korean}"


def official_names(pair: CheckedPair) -> list[str]:
    """The names in the glossary; such a name may bring a date or number along."""
    return [name for term in pair.terms for name in term.names]
