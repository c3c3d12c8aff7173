"""Marks of a line that may be the rest of the line above, or of one that may not."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from outline.doubts import Doubt
from outline.pieces.line_joins import PRIVATE_USE
from outline.pieces.lines import Line, width
from outline.pieces.signs import CLOSING, sign_of

BRACKETS = ("()", "「」", "『』", "“”", "[]")
#: A line that ends so goes on: a sign that joins, a particle, a word that governs.
UNFINISHED = re.compile(
    r"([,·‧・~/&+(\-–]|\b(?:및|또는|제|총|약|양자|소다자)|와|을|를|은|는|에|에서|으로"
    r"|(?<![성결효학])과"
    r"|(?<![회협합논문건동주정결])의|하는|되는|있는|없는|하고|하며|대한|위한|통한|관한|따른"
    r"|위해|통해|대해|따라)$"
)
#: Beginnings of lines that no class of markers has and that yet look like one.
LIKE_A_MARKER = re.compile(
    r"\d{1,4}(?:[.)]|(?:[-.]\d+)+[.)]?)\s|\d{1,2}\s|(?:[A-Za-z]|[IVX]{2,5})\s|-\d"
    r"|\(?[ㄱ-ㅣㅥ-ㆎ\u1100-\u11ff]"
    r"|제\s?\d{1,2}\s?[절항조관]\s|(?:참고|자료|출처|주)\s?[:)]"
    r"|(?:[가-힣]{2}\s?)?(?:과제|전략|목표|분야)\s?[\dⅠ-Ⅻ①-⑳]|[甲乙丙丁戊壹貳參][.、)]\s"
)
#: A line that ends in a verb or in the noun of one is often the last of its paragraph.
CLOSED = re.compile(r"[가-힣](?:다|함|됨|음|임)$")
#: A marker that no sentence has, and words after it.
WITHIN = re.compile(r"(?<=\s)[□■ㅇ○◦●❍]\s\S{1,9}")
OPENING = "(「『‘“《"
#: Signs that a wrapped line begins with often: brackets, quotes, lists within texts.
USUAL = OPENING + "'\"’/▴"
#: From this share of the longest line on a line may have been full; below the other
#: one it was hardly wrapped. Pages of reports are not narrower.
FULL, SHORT, NARROWEST = 0.85, 0.5, 50
#: The first letters of categories that no word begins with.
ODD = ("P", "S", "M", "C", "No", "Nl")


@dataclass(frozen=True)
class Wraps:
    """The facts about a document's wraps that single lines cannot tell."""

    widest: int
    has_spaces_at_ends: bool
    #: The width that three of four lines had at most when they were wrapped.
    usual: int = 0
    #: Whether blank lines stand within paragraphs, as between the lines of a PDF.
    has_blanks_within: bool = True

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Wraps":
        wrapped = [pair for pair in pairwise(lines) if pair[1].sign is None]
        widths = sorted(width(line.text.rstrip()) for line, _ in wrapped)
        blanks = sum(following.after_blank for _, following in wrapped)
        return cls(
            max((width(line.text.rstrip()) for line in lines), default=0),
            any(line.text[-1].isspace() for line in lines),
            widths[len(widths) * 3 // 4] if widths else 0,
            2 * blanks > len(wrapped),
        )

    def is_full(self, line: Line) -> bool:
        is_wide = self.widest >= NARROWEST
        return is_wide and width(line.text.rstrip()) >= FULL * self.widest

    def is_short(self, line: Line) -> bool:
        """True for a line with room for more; one that ends within a word was full."""
        taken = width(line.text.rstrip())
        is_cut = not line.text[-1].isspace()
        is_unfilled = is_cut and taken < FULL * max(self.usual, NARROWEST)
        return is_unfilled or taken < SHORT * max(self.widest, NARROWEST)


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
    rest = line.stripped[len(sign.marker) :].lstrip()
    if rest and unicodedata.category(rest[0])[0] == "M":
        doubts.append(line.doubt("unknown-sign", described(rest)))
    if sign.kind.name == "bracketed-digit" and not rest:
        doubts.append(line.doubt("number-alone"))
    second = sign_of(rest)
    is_doubled = second is not None and second.kind.role in ("bullet", "note")
    if second and is_doubled and not second.is_attached:
        doubts.append(line.doubt("level", f"{sign.marker} {second.marker}"))
    if sign.kind.role == "annex":
        doubts.append(line.doubt("annex"))
    if sign.kind.role == "pointer" or sign.kind.name == "bare-roman":
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
    is_odd = unicodedata.category(first).startswith(ODD) and first not in USUAL
    is_spaced = first in CLOSING + OPENING and line.stripped[1:2].isspace()
    if is_odd or is_spaced or LIKE_A_MARKER.match(line.stripped):
        doubts.append(line.doubt("wrap-or-marker", line.stripped[:20]))
    if is_title:
        doubts.append(line.doubt("joined-title"))
    ends_in_space = above.text[-1].isspace()
    is_unspaced = ends_in_space and first in "/)]」』,.:;"
    is_closed = not ends_in_space and CLOSED.search(above.stripped)
    is_apart = is_closed or is_unspaced
    is_apart = is_apart or line.after_blank and not wraps.has_blanks_within
    if not wraps.has_spaces_at_ends or is_apart or wraps.is_short(above):
        doubts.append(line.doubt("join"))
    return doubts


def text_doubts(lines: Sequence[tuple[int, str]]) -> list[Doubt]:
    """Doubts about what stands within the text, by numbers of lines.

    Glyphs of private use have no fixed meaning; a marker may have lost its line break.
    """
    doubts = []
    for number, text in lines:
        if glyphs := PRIVATE_USE.findall(text):
            doubts.append(Doubt("glyph", number, described(glyphs[0])))
        if marker := WITHIN.search(text):
            doubts.append(Doubt("marker-within", number, marker[0]))
    return doubts


def described(marker: str) -> str:
    """A sign with its number, for signs that may not be visible."""
    return f"{marker} (U+{ord(marker[0]):04X})" if marker else ""
