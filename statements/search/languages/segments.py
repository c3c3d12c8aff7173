"""Korean words cut where the words meet that they are made of: 경제안보 as 경제, 안보.

What is looked for in two or three syllables must be such words: 인도주의 is no find for
인도. Known words are curated (`words.csv`, with a space where the parts of a longer one
meet), and the names of the glossary, the vocabulary and the synonyms are known too.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from django.conf import settings

from statements.corpus.curated import Curated
from statements.search.languages.korean import ENDINGS

HANGUL_WORD = re.compile("[가-힣]+")
#: The cost of a known word, of a syllable of none, of an ending; the least is read.
KNOWN, UNKNOWN, ENDING = 10, 9, 4
LONGEST_KNOWN = 12
SHORTEST_STEM = 2


class Known(NamedTuple):
    """A known word: its parts, and of each whether it is a word by itself."""

    parts: tuple[str, ...]
    are_words: tuple[bool, ...]


KnownWords = dict[str, Known]


class Segments(NamedTuple):
    """A word without its ending, and the places where words in it begin and end."""

    stem: str
    starts: frozenset[int]
    ends: frozenset[int]

    def has_word(self, start: int, end: int) -> bool:
        """Whole words, one or several, reach from one place to the other."""
        return start in self.starts and end in self.ends


@lru_cache(maxsize=20_000)
def segments(word: str) -> Segments:
    return read_word(word, known_words())


def unknown_syllables(word: str) -> int:
    """The number of syllables, without the ending, that belong to no known word."""
    known = known_words()
    return sum(len(part) for part in cheapest(word, known) if part not in known)


@cache
def known_words() -> KnownWords:
    """Names count as one word each where the curated words do not say their parts."""
    curated = Curated(settings.BASE_DIR / "fixtures" / "curated")
    known = dict(known_word(row["word"]) for row in curated.table("words"))
    tables = (curated.table(table) for table in ("glossary", "vocabulary"))
    names = [row["ko"] for table in tables for row in table]
    for row in curated.table("synonyms"):
        names += row.values()
    in_names = sorted({word for name in names for word in HANGUL_WORD.findall(name)})
    readings = [cheapest(word, known) for word in in_names]
    whole = ("".join(parts) for parts in readings if has_unknown(parts, known))
    return {word: Known((word,), (True,)) for word in whole} | known


def joined(row: Iterable[str]) -> Segments:
    """The places in words that are written one behind the other, without space."""
    stem, starts, ends = "", set[int](), set[int]()
    for word in row:
        of_word = segments(word)
        starts.update(len(stem) + at for at in of_word.starts)
        ends.update(len(stem) + at for at in of_word.ends)
        stem += word
    return Segments(stem, frozenset(starts), frozenset(ends))


def known_word(row: str) -> tuple[str, Known]:
    """(인도) 태평양: the parts, and in brackets what is no word there."""
    parts = tuple(part.strip("()") for part in row.split())
    return "".join(parts), Known(parts, tuple("(" not in p for p in row.split()))


def has_unknown(parts: tuple[str, ...], known: KnownWords) -> bool:
    return any(len(part) > 1 and part not in known for part in parts)


def read_word(word: str, known: KnownWords) -> Segments:
    parts = cheapest(word, known)
    starts: set[int] = set()
    ends: set[int] = set()
    at = 0
    for part in parts:
        for start, end in word_places(part, known):
            starts.add(at + start)
            ends.add(at + end)
        at += len(part)
    return Segments(word[:at], frozenset(starts), frozenset(ends))


def word_places(part: str, known: KnownWords) -> Iterator[tuple[int, int]]:
    """The words in a known word; of what nobody knows, its beginning and all of it,
    and the pairs of a long one, since most words are of two syllables.
    """
    if part in known:
        at = 0
        for inner, is_word in zip(*known[part], strict=True):
            if is_word:
                yield at, at + len(inner)
            at += len(inner)
        return
    size = len(part)
    yield 0, size
    if size > SHORTEST_STEM:
        yield 0, SHORTEST_STEM
    if size > SHORTEST_STEM + 1:
        yield size - 2, size
        for at in range(2, size - 2, 2) if size % 2 == 0 else ():
            yield at, at + 2


def cheapest(word: str, known: KnownWords) -> tuple[str, ...]:
    """The parts of the word without its ending: what is unknown is one part."""
    best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for end in range(1, len(word) + 1):
        cost, parts = best[end - 1]
        ways = [(cost + UNKNOWN, with_syllable(parts, word[end - 1], known))]
        for start in range(max(0, end - LONGEST_KNOWN), end - 1):
            if word[start:end] in known:
                cost, parts = best[start]
                ways.append((cost + KNOWN, (*parts, word[start:end])))
        best.append(min(ways, key=lambda way: way[0]))
    stems = [(best[at][0] + cost, best[at][1]) for at, cost in stem_ends(word)]
    return min(stems, key=lambda way: way[0])[1]


def with_syllable(
    parts: tuple[str, ...], syllable: str, known: KnownWords
) -> tuple[str, ...]:
    if parts and parts[-1] not in known:
        return (*parts[:-1], parts[-1] + syllable)
    return (*parts, syllable)


def stem_ends(word: str) -> Iterator[tuple[int, int]]:
    """The places where the stem may end, and the cost of its endings, two at most."""
    yield len(word), 0
    for at in endings_of(word):
        yield at, ENDING
        for before in endings_of(word[:at]):
            yield before, 2 * ENDING


def endings_of(word: str) -> Iterator[int]:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            yield len(word) - len(ending)
