"""The differences of two texts, word by word.

Whole words (in Korean, eojeol) are told apart, never letters: a particle that changes
takes its word with it, as a reader would say it.
"""

from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from diff_match_patch import diff_match_patch

from statements.fingerprints import squeeze

#: Words stand for one private character each while they are compared.
FIRST = 0xF0000
#: A word so short (및, 등, of, the) that stays between two changes stays by chance.
SHORT = 3
BULLET = "•"


class WordChange(StrEnum):
    NONE = "none"
    REMOVED = "removed"
    ADDED = "added"


class Run(NamedTuple):
    """Words in a row that share a fate."""

    change: WordChange
    text: str


def diff_words(source: str, current: str) -> list[Run]:
    """The runs that lead from the source to the current text.

    Words that differ in white space alone are the same. A short word between two
    changes is part of them: one change reads better than two.
    """
    tool = diff_match_patch()
    tool.Diff_Timeout = 0
    numbers: dict[str, int] = {}
    old, new = (encoded(words_and_bullets(text), numbers) for text in (source, current))
    spelled = list(numbers)
    pieces = [
        (sign, [spelled[ord(character) - FIRST] for character in characters])
        for sign, characters in tool.diff_main(old, new, False)
    ]
    return runs_of(without_chance(pieces))


def encoded(words: list[str], numbers: dict[str, int]) -> str:
    return "".join(chr(FIRST + numbers.setdefault(w, len(numbers))) for w in words)


#: What happened to some words: -1 they went, 1 they came, 0 they stayed.
Piece = tuple[int, list[str]]


def without_chance(pieces: list[Piece]) -> list[Piece]:
    """A short word between two changes goes and comes with them."""
    kept: list[Piece] = []
    for place, (sign, words) in enumerate(pieces):
        before, after = pieces[max(place - 2, 0) : place], pieces[place + 1 : place + 3]
        is_between = all({-1, 1} == {s for s, _ in side} for side in (before, after))
        text = "".join(words)
        if sign == 0 and is_between and len(text) <= SHORT and text != BULLET:
            kept += [(-1, words), (1, words)]
        else:
            kept.append((sign, words))
    return kept


def runs_of(pieces: list[Piece]) -> list[Run]:
    """Between what stays: what was removed, then what was added."""
    runs: list[Run] = []
    for stays, group in groupby(pieces, lambda piece: piece[0] == 0):
        row = list(group)
        removed, added = (
            " ".join(word for sign, words in row if sign in signs for word in words)
            for signs in ((-1, 0), (0, 1))
        )
        if stays or squeeze(removed) == squeeze(added):
            runs.append(Run(WordChange.NONE, added))
            continue
        pair = (Run(WordChange.REMOVED, removed), Run(WordChange.ADDED, added))
        runs.extend(run for run in pair if run.text)
    return runs


def words_and_bullets(text: str) -> list[str]:
    """The words; a list mark is one too, as a bullet that every font has."""
    return text.replace("▴", f" {BULLET} ").split()
