"""Pieces: a document as a flat list of paragraphs, in reading order."""

from dataclasses import dataclass, field

from outline.doubts import Doubt
from outline.pieces.line_joins import PRIVATE_USE
from outline.pieces.signs import class_of


@dataclass(frozen=True)
class Piece:
    """A paragraph as it is read.

    `marker` is the sign as written ("가.", "**", "Ⅱ."), empty for none; `indent` two
    spaces for each level. `raw` is its lines as they stand, `numbers` where each of
    them stands in the original; `text` is what they say without the marker.
    `excluded` is the reason why it makes no statement, and `words` say more of the
    reason "other".
    """

    marker: str
    text: str
    raw: str
    numbers: tuple[int, ...]
    indent: int = 0
    excluded: str | None = None
    words: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line; another piece may stand between them."""
        return min(self.numbers), max(self.numbers)

    @property
    def raw_in_place(self) -> str:
        """The raw text, with an empty line for each line between that is not its own.

        A page number may break a paragraph: lines counted from the first stay true.
        """
        first, last = self.lines
        own: dict[int, str] = {}
        for number, line in zip(self.numbers, self.raw.split("\n"), strict=True):
            own[number] = own.get(number, "") + line
        return "\n".join(own.get(number, "") for number in range(first, last + 1))

    @property
    def content(self) -> tuple[str, str, str | None, str]:
        """The marker, text and exclusion: all that the working text shows of it."""
        return self.marker, self.text, self.excluded, self.words

    @property
    def is_titled_by_marker(self) -> bool:
        """True where the marker is read as a word of the title: "Ⅱ. 2025년 …"."""
        return bool(self.marker) and class_of(self.marker).role in ("part", "annex")

    @property
    def public_text(self) -> str:
        """The text that is kept and shown, with the number of a part before it."""
        if self.is_titled_by_marker and not self.excluded:
            return f"{self.marker} {self.text}".strip()
        return self.text

    @property
    def public_marker(self) -> str:
        """The marker that is kept beside it: none for a part, or for a mere glyph."""
        if self.is_titled_by_marker or PRIVATE_USE.search(self.marker):
            return ""
        return self.marker


@dataclass(frozen=True)
class Reading:
    """A document read: its `kind` (report or goals), the switch, and its pieces.

    `by_indent` says where levels come from: the indentation, or else the markers.
    `places` are the lines of the working text that the pieces stand on. `missing` are
    pieces of the original that the working text no longer has.
    """

    kind: str
    by_indent: bool
    pieces: tuple[Piece, ...]
    places: tuple[int, ...] = ()
    missing: tuple[Piece, ...] = field(default=())
