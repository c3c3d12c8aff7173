"""Finds the pieces of the original again in a corrected text, by their content.

What is the same keeps everything. Between two such places the letters are followed:
a paragraph has the lines on which its letters stand, so lines survive splitting,
joining, and a download.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from outline.doubts import Doubt
from outline.pieces.piece import Piece

Content = tuple[str, str, str | None, str]
Operation = tuple[str, int, int, int, int]
Chain = tuple[tuple[int, int], Any]
Aligned = tuple[list[Piece], tuple[Piece, ...]]
#: Pairs of paragraphs: SequenceMatcher would take a minute for hundreds of times more.
MOST_COMPARED = 1_000_000


def align(pieces: Sequence[Piece], original: Sequence[Piece]) -> Aligned:
    """The pieces with lines, raw text and doubts of the original, and what is gone."""
    old = [piece.content for piece in original]
    new = [piece.content for piece in pieces]
    aligned: list[Piece] = []
    missing: list[Piece] = []
    for tag, i1, i2, j1, j2 in operations(old, new):
        if tag == "equal":
            aligned += map(kept, original[i1:i2], pieces[j1:j2])
        elif tag == "delete":
            missing += original[i1:i2]
        elif tag == "insert":
            line = aligned[-1].numbers[-1] if aligned else original[0].numbers[0]
            aligned += [added(piece, line) for piece in pieces[j1:j2]]
        else:
            aligned += Letters(original[i1:i2]).spread(pieces[j1:j2])
    return aligned, tuple(missing)


def operations(old: Sequence[Content], new: Sequence[Content]) -> Iterator[Operation]:
    """The operations of SequenceMatcher, between what stands once in both texts."""
    before = (-1, -1)
    for anchor in [*anchors(old, new), (len(old), len(new))]:
        i, j = before[0] + 1, before[1] + 1
        between = differences(old[i : anchor[0]], new[j : anchor[1]])
        for tag, i1, i2, j1, j2 in between:
            yield tag, i + i1, i + i2, j + j1, j + j2
        if anchor[0] < len(old):
            yield "equal", anchor[0], anchor[0] + 1, anchor[1], anchor[1] + 1
        before = anchor


def differences(old: Sequence[Content], new: Sequence[Content]) -> Iterator[Operation]:
    """The operations between two passages; of much that repeats itself, one alone."""
    pairs = zip(old, new, strict=False)
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    yield "equal", 0, head, 0, head
    if (len(old) - head) * (len(new) - head) > MOST_COMPARED:
        yield "replace", head, len(old), head, len(new)
        return
    matcher = SequenceMatcher(None, old[head:], new[head:])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag, head + i1, head + i2, head + j1, head + j2


def anchors(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[int, int]]:
    """The places of what stands once in both: the most that keep their order."""
    once = [{c for c, n in Counter(side).items() if n == 1} for side in (old, new)]
    places = {content: i for i, content in enumerate(old) if content in once[0]}
    pairs = [(places[c], j) for j, c in enumerate(new) if c in places and c in once[1]]
    lowest: list[int] = []
    chains: list[Chain] = []
    for i, j in pairs:
        length = bisect_left(lowest, i)
        chain = ((i, j), chains[length - 1] if length else None)
        lowest[length : length + 1] = [i]
        chains[length : length + 1] = [chain]
    kept_in_order = []
    link = chains[-1] if chains else None
    while link:
        kept_in_order.append(link[0])
        link = link[1]
    return kept_in_order[::-1]


def kept(original: Piece, piece: Piece) -> Piece:
    """The original piece, where it stands now."""
    return replace(original, indent=piece.indent)


def added(piece: Piece, line: int) -> Piece:
    """A paragraph that the original does not have, after its `line`."""
    doubts = [replace(doubt, line=line) for doubt in piece.doubts]
    doubts.append(Doubt("not-in-original", line))
    return replace(piece, numbers=(line,), doubts=tuple(doubts))


class Letters:
    """The letters of some pieces in a row, each with its line."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.raw = "\n".join(piece.raw for piece in pieces)
        self.numbers = [number for piece in pieces for number in piece.numbers]
        self.letters = "".join(self.raw.split())
        self.offsets = [n for n, sign in enumerate(self.raw) if not sign.isspace()]

    def spread(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces, each with its share of the letters; all of them are given."""
        starts = self.starts(pieces)
        ends = [*starts[1:], len(self.letters)]
        return [
            self.placed(piece, start, end)
            for piece, start, end in zip(pieces, starts, ends, strict=True)
        ]

    def starts(self, pieces: Sequence[Piece]) -> list[int]:
        """The letter from which on each piece has them: after the piece before it.

        A piece that is not found takes part in what lies before the next one found.
        """
        starts = [0]
        position = 0
        for piece in pieces[:-1]:
            text = "".join(piece.text.split())
            at = self.letters.find(text, position) if text else -1
            position = at + len(text) if at >= 0 else position
            starts.append(position)
        return starts

    def placed(self, piece: Piece, start: int, end: int) -> Piece:
        raw, numbers = self.cut(start, end)
        squeezed = "".join(piece.text.split())
        doubts = [replace(doubt, line=numbers[0]) for doubt in piece.doubts]
        if start == end:
            return added(piece, numbers[0])
        if squeezed not in "".join(raw.split()):
            doubts.append(Doubt("reworded", numbers[0]))
        return replace(piece, raw=raw, numbers=numbers, doubts=tuple(doubts))

    def cut(self, start: int, end: int) -> tuple[str, tuple[int, ...]]:
        """The raw text of some letters, and the number of each of its lines."""
        if start == end:
            last = self.offsets[start - 1] if start else 0
            return "", (self.numbers[self.raw[:last].count("\n")],)
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        raw = self.raw[first:last]
        skipped = self.raw[:first].count("\n")
        return raw, tuple(self.numbers[skipped : skipped + raw.count("\n") + 1])
