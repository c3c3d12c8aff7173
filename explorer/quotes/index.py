"""The index of all passages: where a text is word for word, and what is near to it."""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from explorer.quotes.letter_key import HANGUL_LETTER, is_long_enough, letter_key
from explorer.quotes.passages import Passage, PassageStanding, read_rows
from statements.version_cache import version_cache

LATIN_WORD = re.compile(r"[^\W가-힣_]+")
#: First letters by which passages are found that begin so.
OPENING = 4


class PassageRow:
    """Passages that follow each other, as one key."""

    def __init__(self, passages: list[Passage]) -> None:
        self.passages = passages
        whole = letter_key("\n".join(passage.text for passage in passages))
        self.key, self.edges = whole
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = 0
        for passage in passages:
            key = letter_key(passage.text).key
            at += self.key[at : at + 1] == " "
            self.starts.append(at)
            at += len(key)
            self.ends.append(at)

    def places(self, needle: str) -> Iterator[tuple[Passage, bool, bool]]:
        """Each place of the needle in one passage, at the edges of words; and whether
        it begins and ends as the passage does.
        """
        for at in self.finds(needle):
            end = at + len(needle)
            first, last = self.number_at(at), self.number_at(end - 1)
            ends = end in self.whole_ends[last]
            if first == last and (ends or end in self.edges):
                yield self.passages[first], at == self.starts[first], ends

    def whole_at(self, number: int, needle: str) -> list[Passage]:
        """The passages from this one on, where they are the needle and no more."""
        at = self.starts[number]
        end = at + len(needle)
        last = self.number_at(end - 1)
        is_whole = self.key.startswith(needle, at) and end in self.whole_ends[last]
        return self.passages[number : last + 1] if is_whole else []

    def finds(self, needle: str, since: int = 0) -> Iterator[int]:
        """The places where the needle begins with a word."""
        at = self.key.find(needle, since)
        while at >= 0:
            if at in self.edges:
                yield at
            at = self.key.find(needle, at + 1)

    def number_at(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def in_order(self, needles: list[str]) -> list[Passage]:
        """The passages that have all the needles, one after the other."""
        at, numbers = 0, []
        for needle in needles:
            ends = (f + len(needle) for f in self.finds(needle, at))
            at = next((end for end in ends if end in self.edges), -1)
            if at < 0:
                return []
            numbers.append(self.number_at(at - 1))
        return [self.passages[number] for number in dict.fromkeys(numbers)]

    @cached_property
    def whole_ends(self) -> list[set[int]]:
        """The ends of each passage, with its full stop and without."""
        return [{end, end - (self.key[end - 1 : end] == ".")} for end in self.ends]


class Nearness(NamedTuple):
    """By weight, the shares of a quote in a passage and of the passage in the quote."""

    of_quote: float
    of_passage: float
    passage: Passage


class QuoteIndex:
    """All rows; and for each piece of a passage the passages that have it."""

    def __init__(self, rows: list[list[Passage]]) -> None:
        self.rows = [PassageRow(row) for row in rows if row]
        self.passages = list(
            {(p.code, p.text, p.language): p for row in rows for p in row}.values()
        )
        self.openings: dict[str, list[tuple[PassageRow, int]]] = defaultdict(list)
        for row in self.rows:
            for number, at in enumerate(row.starts):
                self.openings[row.key[at : at + OPENING]].append((row, number))
        self.holders: dict[str, list[int]] = defaultdict(list)
        shingled = [shingles(letter_key(passage.text).key) for passage in self.passages]
        for number, pieces in enumerate(shingled):
            for piece in pieces:
                self.holders[piece].append(number)
        self.weights = {
            piece: math.log(1 + len(self.passages) / len(holders))
            for piece, holders in self.holders.items()
        }
        self.unknown = math.log(1 + len(self.passages))
        self.sums = [self.weight(pieces) or 1 for pieces in shingled]

    def weight(self, pieces: set[str]) -> float:
        """Rare pieces weigh more than those that all documents have."""
        return sum(self.weights.get(piece, self.unknown) for piece in pieces)

    def opens(self, key: str) -> list[tuple[PassageRow, int]]:
        """The passages that begin with the key's first letters."""
        if len(key) >= OPENING:
            return self.openings.get(key[:OPENING], [])
        nearly = (p for opening, p in self.openings.items() if opening.startswith(key))
        return list(chain.from_iterable(nearly))

    def whole(self, needle: str) -> list[Passage]:
        """The passages that the needle is, several only if they follow each other."""
        found = (row.whole_at(number, needle) for row, number in self.opens(needle))
        return of_today(chain.from_iterable(found))

    def verbatim(self, needle: str) -> list[Passage]:
        """The passages that the needle is, or is in word for word, those of today
        first; each statement once in a language. Halves of two are no quote.
        """
        found = [row.whole_at(number, needle) for row, number in self.opens(needle)]
        if is_long_enough(needle):
            places = chain.from_iterable(row.places(needle) for row in self.rows)
            found.append([passage for passage, _begins, _ends in places])
        return of_today(chain.from_iterable(found))

    def borders(self, needle: str) -> tuple[bool, bool]:
        """True if the needle begins a passage anywhere; and if it ends one."""
        places = [place for row in self.rows for place in row.places(needle)]
        whole = bool(self.whole(needle))
        begins = whole or any(begins for _passage, begins, _ends in places)
        return begins, whole or any(ends for _passage, _begins, ends in places)

    def holds(self, needle: str) -> bool:
        """True where the words are in some passage, however short they are."""
        return any(True for row in self.rows for _at in row.finds(needle))

    def with_omission(self, needles: list[str]) -> list[Passage]:
        """Those that have all the needles in this order: the row with the fewest."""
        if not any(map(is_long_enough, needles)):
            return []
        found = [places for row in self.rows if (places := row.in_order(needles))]
        fewest: list[Passage] = min(found, key=len, default=[])
        return of_today(fewest)

    def nearest(self, needle: str) -> list[Nearness]:
        """All passages that share something with the needle, the nearest first."""
        pieces = shingles(needle)
        shared: dict[int, float] = defaultdict(float)
        for piece in pieces:
            for number in self.holders.get(piece, ()):
                shared[number] += self.weights[piece]
        whole = self.weight(pieces) or 1
        scores = [
            Nearness(weight / whole, weight / self.sums[number], self.passages[number])
            for number, weight in shared.items()
        ]
        return sorted(scores, key=lambda near: -near.of_quote - 0.3 * near.of_passage)


def of_today(passages: Iterable[Passage]) -> list[Passage]:
    """Each statement once in a language; what is past only where nothing else is."""
    found: dict[tuple[object, ...], Passage] = {}
    for one in passages:
        place = () if one.code else one.lines
        found.setdefault((one.code, one.language, place, one.standing), one)
    now = [p for p in found.values() if p.standing == PassageStanding.CURRENT]
    return now or list(found.values())


def shingles(key: str) -> set[str]:
    """Pairs of Korean letters, whatever lies between them; words and pairs of words."""
    letters = "".join(HANGUL_LETTER.findall(key))
    pairs = {letters[at : at + 2] for at in range(len(letters) - 1)}
    names = LATIN_WORD.findall(key)
    following = zip(names, names[1:], strict=False)
    return pairs | set(names) | {f"{left} {right}" for left, right in following}


@version_cache
def quote_index() -> QuoteIndex:
    return QuoteIndex(list(read_rows().values()))
