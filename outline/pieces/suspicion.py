"""Marks of a line that may be the rest of the line above, or of one that may not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from outline.doubts import Doubt
from outline.pieces.lines import Line, width
from outline.pieces.signs import CLOSING

BRACKETS = ("()", "「」", "『』", "“”", "[]")
#: A line that ends so goes on: a sign that joins, a particle, a word that governs.
UNFINISHED = re.compile(
    r"([,·‧・~/&+(\-–]|및|또는|와|과|의|을|를|에|에서|으로|하는|되는|있는|없는|하고|하며"
    r"|대한|위한|통한|관한|따른|위해|통해|대해|따라|제|총|약|양자|소다자)$"
)
NUMBERED = re.compile(r"\d{1,4}(?:[.)]|(?:[-.]\d+)+[.)]?)\s|-\d")
#: From this share of the longest line on, a line may have been full.
FULL, NARROWEST = 0.85, 50


@dataclass(frozen=True)
class Wraps:
    """The facts about a document's wraps that single lines cannot tell."""

    widest: int
    has_spaces_at_ends: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Wraps":
        return cls(
            max((width(line.text.rstrip()) for line in lines), default=0),
            any(line.text[-1].isspace() for line in lines),
        )

    def is_full(self, line: Line) -> bool:
        is_wide = self.widest >= NARROWEST
        return is_wide and width(line.text.rstrip()) >= FULL * self.widest


def marker_doubts(line: Line, above: Sequence[Line], wraps: Wraps) -> list[Doubt]:
    """Doubts about the marker of `line`, below the lines of the piece `above`."""
    sign = line.sign
    if sign is None:
        return []
    doubts = []
    if sign.kind.name == "unknown" or sign.kind.name == "glyph":
        code = "unknown-sign" if sign.kind.name == "unknown" else "glyph"
        doubts.append(line.doubt(code, described(sign.marker)))
    elif sign.is_attached:
        doubts.append(line.doubt("no-space", sign.marker))
    if sign.kind.role == "annex":
        doubts.append(line.doubt("annex"))
    if sign.kind.role == "pointer":
        doubts.append(line.doubt("level", sign.marker))
    if sign.kind.weak and above and may_continue(line, above, wraps):
        doubts.append(line.doubt("wrap-or-marker", line.stripped[:20]))
    return doubts


def may_continue(line: Line, above: Sequence[Line], wraps: Wraps) -> bool:
    """True where a weak marker may be a word of the sentence above."""
    text = "".join(part.stripped for part in above)
    last = above[-1]
    if last.is_sentence:
        return False
    is_outdented = line.indent < above[0].indent and line.indent == 0
    return bool(
        is_bracket_open(text)
        or UNFINISHED.search(last.stripped)
        or wraps.is_full(last)
        or is_outdented
    )


def is_bracket_open(text: str) -> bool:
    return any(text.rfind(pair[0]) > text.rfind(pair[1]) for pair in BRACKETS)


def wrap_doubts(line: Line, above: Line, wraps: Wraps, is_title: bool) -> list[Doubt]:
    """Doubts about `line` as the rest of the line `above`."""
    doubts = []
    first = line.stripped[0]
    is_closing = first in CLOSING and line.stripped[1:2].isspace()
    if is_closing or NUMBERED.match(line.stripped):
        doubts.append(line.doubt("wrap-or-marker", line.stripped[:20]))
    if is_title:
        doubts.append(line.doubt("joined-title"))
    ends_in_space = above.text[-1].isspace()
    if not wraps.has_spaces_at_ends or ends_in_space and first in "/)]」』,.:;":
        doubts.append(line.doubt("join"))
    return doubts


def described(marker: str) -> str:
    """A sign with its number, for signs that may not be visible."""
    return f"{marker} (U+{ord(marker[0]):04X})" if marker else ""
