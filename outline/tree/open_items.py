"""Items that are open, their classes, and what closes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from outline.doubts import Doubt
from outline.pieces.outline_form import label_of
from outline.pieces.piece import Piece
from outline.pieces.signs import SignClass, number_of

#: Classes of pieces that have no marker of theirs.
PROSE = SignClass("prose-heading", "bullet", "report", 1)
TITLE = SignClass("title", "part")
LABEL = SignClass("label", "label")
GOAL = SignClass("goal", "part")
TEXT = SignClass("text", "bullet")
#: The depths of a report: parts, chapters, headings, items; then points.
PART, CHAPTER, HEADING, ITEM = range(4)
#: From this size on a number below a bullet is rather a word of the text.
CIRCLE = 2


@dataclass
class Place:
    """The place of a piece: its `depth`, and the ordinal of the piece that holds it."""

    depth: int
    parent: int | None
    role: str
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True)
class Open:
    """An item that is open: more can come below it."""

    ordinal: int
    kind: SignClass
    depth: int
    indent: int
    number: int | None


def doubt(piece: Piece, code: str, detail: str = "") -> Doubt:
    return Doubt(code, piece.numbers[0], detail)


def less_indented(stack: Sequence[Open], piece: Piece) -> Open | None:
    """The last open item that is less indented than a piece; the first otherwise."""
    inside = [entry for entry in stack if entry.indent < piece.indent]
    return next(reversed(inside or stack[:1]), None)


def closes(kind: SignClass, other: SignClass) -> bool:
    """True for two classes of one family where the first is the bigger."""
    return bool(kind.family) and kind.family == other.family and kind.size < other.size


def order_doubts(piece: Piece, last: int | None) -> list[Doubt]:
    """A doubt where a number does not follow the last one of its series."""
    number = number_of(piece.marker)
    if number is None or last is None or number == last + 1:
        return []
    return [doubt(piece, "number-order", piece.marker)]


def is_objectives_label(piece: Piece) -> bool:
    return piece.excluded == "label" and label_of(piece.text) == "objective"
