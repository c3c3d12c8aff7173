"""The words of the corpus by their letters, in memory: to find one by a slip."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from statements.search.entries import SearchWord
from statements.search.languages import korean
from statements.version_cache import version_cache

SHORTEST_LETTERS, LONGEST_LETTERS = 4, 40
TWO_SLIPS_FROM = 12
#: After every letter that words have.
LAST = chr(0x10FFFF)


class Lexicon:
    """The words, sorted by their letters from the front and from the end."""

    def __init__(self, words: list[str]) -> None:
        self.letters = sorted(words)
        self.reversed = sorted(word[::-1] for word in words)

    def beginning(self, start: str) -> list[str]:
        """The words that begin with these letters, in the order of letters."""
        return [word_of(letters) for letters in between(self.letters, start)]

    def nearest(self, word: str, most: int = 3) -> list[str]:
        """The words that are a slip away, the likeliest first."""
        spelled = korean.letters(word)
        if not SHORTEST_LETTERS <= len(spelled) <= LONGEST_LETTERS:
            return []
        allowed = 1 if len(spelled) < TWO_SLIPS_FROM else 2
        ranked = sorted(
            (distance(spelled, other), other)
            for other in set(self.alike(spelled))
            if abs(len(other) - len(spelled)) <= allowed
        )
        return [word_of(other) for n, other in ranked if 0 < n <= allowed][:most]

    def alike(self, spelled: str) -> Iterator[str]:
        """One slip leaves the first or the second half of a word as it was."""
        half = len(spelled) // 2
        yield from between(self.letters, spelled[:half])
        for other in between(self.reversed, spelled[: half - 1 : -1]):
            yield other[::-1]


def between(words: list[str], start: str) -> list[str]:
    return words[bisect_left(words, start) : bisect_left(words, start + LAST)]


def word_of(letters: str) -> str:
    return unicodedata.normalize("NFC", letters)


def distance(word: str, other: str) -> int:
    """The number of letters to add, leave out, change or swap with the next."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(word, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and word[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


@version_cache
def lexicon() -> Lexicon:
    return Lexicon(list(SearchWord.objects.values_list("letters", flat=True)))
