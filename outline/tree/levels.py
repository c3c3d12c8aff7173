"""The grammar: from pieces to a tree, for any pieces at all.

A stack holds the items that are open. A class of markers that is open closes down to
it; a new class opens one level below, where among □ ○ - · a bigger one closes smaller
ones first. Parts close everything, boxes stand under the part, notes and pointers hang
under what is above. Where levels come from the indentation, it takes the place of the
classes. Nothing is refused: what the grammar is not sure of is a doubt.
"""

from collections.abc import Collection

from outline.doubts import Doubt
from outline.pieces.lines import SENTENCE_END
from outline.pieces.outline_form import PROSE_HEADING
from outline.pieces.piece import Piece, Reading
from outline.pieces.signs import UNKNOWN, SignClass, class_of, is_framed, number_of
from outline.tree.hindsight import chapter_classes, look_back
from outline.tree.open_items import (
    CHAPTER,
    CIRCLE,
    GOAL,
    HEADING,
    ITEM,
    LABEL,
    PART,
    PROSE,
    TEXT,
    TITLE,
    Open,
    Place,
    closes,
    doubt,
    is_objectives_label,
    less_indented,
    order_doubts,
)


def places_of(reading: Reading) -> dict[int, Place]:
    """Places by ordinal, from 0; of excluded pieces only labels have one.

    Numbers that hold headings (1. above □) are those of chapters, which shows when
    the document has been read once.
    """
    places = Levels(reading, ()).run()
    if reading.kind != "report":
        return places
    if chapters := chapter_classes(reading.pieces, places):
        places = Levels(reading, chapters).run()
    look_back(reading, places)
    return places


class Levels:
    """Finds the place of one piece after the other."""

    def __init__(self, reading: Reading, chapters: Collection[str]) -> None:
        self.pieces = reading.pieces
        self.is_report = reading.kind == "report"
        self.by_indent = reading.by_indent
        self.chapters = chapters
        self.has_markers = any(p.marker for p in self.pieces if not p.excluded)
        self.stack: list[Open] = []
        self.places: dict[int, Place] = {}
        self.first_signs: dict[tuple[str, int], str] = {}
        self.last_numbers: dict[str, int] = {}

    def run(self) -> dict[int, Place]:
        for ordinal, piece in enumerate(self.pieces):
            if piece.excluded == "label":
                self.open_label(ordinal, piece)
            elif not piece.excluded:
                self.place(ordinal, piece)
        return self.places

    @property
    def top(self) -> Open | None:
        return self.stack[-1] if self.stack else None

    def place(self, ordinal: int, piece: Piece) -> None:
        kind = self.kind(ordinal, piece)
        if kind is None:
            self.hang_unmarked(ordinal, piece)
        elif kind.role == "part":
            self.stack.clear()
            self.last_numbers.pop("box", None)
            series = kind.name.removeprefix("bare-")
            doubts = [] if kind == TITLE else self.count(piece, series)
            if kind == GOAL and not piece.marker:
                doubts = [doubt(piece, "no-marker")]
            self.push(ordinal, piece, kind, PART, doubts)
        elif kind.role in ("box", "annex"):
            while self.stack and self.stack[-1].kind.role != "part":
                self.stack.pop()
            self.push(ordinal, piece, kind, CHAPTER, self.count(piece, kind.role))
        elif kind.role in ("note", "pointer"):
            self.hang(ordinal, piece, kind)
        else:
            self.open_level(ordinal, piece, kind)

    def kind(self, ordinal: int, piece: Piece) -> SignClass | None:
        """The class of a piece; None for one without a marker that opens nothing."""
        if not self.is_report:
            return self.kind_in_goals(ordinal, piece)
        if piece.marker:
            kind = class_of(piece.marker)
            return SignClass(kind.name, "box") if kind.name in self.chapters else kind
        is_heading = PROSE_HEADING.search(piece.text) is not None
        is_sentence = SENTENCE_END.search(piece.text) is not None
        if not (self.places or is_sentence or is_heading or is_framed(piece.text)):
            return TITLE
        return PROSE if is_heading or not (self.has_markers or is_sentence) else None

    def kind_in_goals(self, ordinal: int, piece: Piece) -> SignClass | None:
        following = self.pieces[ordinal + 1 : ordinal + 2]
        if not self.by_indent and following and is_objectives_label(following[0]):
            return GOAL
        if piece.marker:
            kind = class_of(piece.marker)
            is_level = kind.role not in ("part", "box", "annex")
            return kind if is_level else SignClass(kind.name, "bullet")
        is_item = self.top is not None and self.top.kind in (LABEL, TEXT)
        return TEXT if is_item and not self.by_indent else None

    def count(self, piece: Piece, series: str) -> list[Doubt]:
        """A doubt where a part or a chapter is out of order."""
        last = self.last_numbers.get(series, 0)
        self.last_numbers[series] = number_of(piece.marker) or last + 1
        return order_doubts(piece, last)

    def open_label(self, ordinal: int, piece: Piece) -> None:
        doubts = []
        if self.by_indent:
            doubts = self.close_indent(piece)
            while any(entry.kind == LABEL for entry in self.stack):
                self.stack.pop()
                doubts = [doubt(piece, "indent")]
        else:
            while len(self.stack) > 1:
                self.stack.pop()
        self.push(ordinal, piece, LABEL, len(self.stack), doubts)

    def open_level(self, ordinal: int, piece: Piece, kind: SignClass) -> None:
        if self.by_indent:
            doubts = self.close_indent(piece)
        else:
            doubts = self.close_class(piece, kind)
            kind = self.level_class(piece, kind, doubts)
        depth = self.depth_below(self.top)
        if kind.role == "bullet" and piece.marker and not self.by_indent:
            first = self.first_signs.setdefault((kind.name, depth), piece.marker)
            if first != piece.marker and class_of(piece.marker) == kind:
                doubts.append(doubt(piece, "variant", piece.marker))
        if not piece.marker:
            doubts.append(doubt(piece, "no-marker"))
        self.push(ordinal, piece, kind, depth, doubts)

    def close_indent(self, piece: Piece) -> list[Doubt]:
        """Close what is indented as far or further; a doubt for an odd indent."""
        closed = None
        while self.top and self.top.kind.role not in ("part", "box", "annex"):
            if self.top.indent < piece.indent:
                break
            if self.holds_beside(piece):
                return [doubt(piece, "indent")]
            closed = self.stack.pop()
        is_odd = closed is not None and closed.indent != piece.indent
        return [doubt(piece, "indent")] if is_odd else []

    def holds_beside(self, piece: Piece) -> bool:
        """True for a label that is as far in as what follows it at once."""
        top = self.top
        if top is None or top.kind != LABEL or piece.excluded:
            return False
        return top.ordinal == max(self.places) and top.indent == piece.indent

    def close_class(self, piece: Piece, kind: SignClass) -> list[Doubt]:
        """Close down to the class of the piece, or the smaller ones of its family."""
        for position in range(len(self.stack) - 1, -1, -1):
            entry = self.stack[position]
            if entry.kind == LABEL:
                break
            if entry.kind.name == kind.name:
                del self.stack[position:]
                is_counted = kind.role == "number"
                return order_doubts(piece, entry.number) if is_counted else []
        doubts = order_doubts(piece, 0) if kind.role == "number" else []
        if self.top and closes(kind, self.top.kind):
            doubts.append(doubt(piece, "sign-order", piece.marker))
        while self.top and closes(kind, self.top.kind):
            self.stack.pop()
        return doubts

    def level_class(
        self, piece: Piece, kind: SignClass, doubts: list[Doubt]
    ) -> SignClass:
        """The class as which a sign that does not tell its size stands here."""
        top = self.top
        if kind.role == "number":
            is_low = top and top.kind.family == "report" and top.kind.size >= CIRCLE
            doubts += [doubt(piece, "level", piece.marker)] if is_low else []
            return kind
        is_below_bullet = top is not None and top.kind.role == "bullet"
        is_beside = bool(
            top
            and is_below_bullet
            and piece.indent <= top.indent
            and top.kind.name not in ("hyphen", "dot", "text")
        )
        if kind.flexible and kind != UNKNOWN and (is_beside or kind.name != "dot"):
            doubts.append(doubt(piece, "level", piece.marker))
        if kind.flexible and is_beside and top:
            self.stack.pop()
            return top.kind
        return kind

    def hang(self, ordinal: int, piece: Piece, kind: SignClass) -> None:
        """Place a note or a pointer, which holds nothing itself."""
        top = self.top
        is_unsure = top is None or piece.indent < top.indent
        doubts = [doubt(piece, "note-place")] if is_unsure else []
        parent = None if top is None else top.ordinal
        self.places[ordinal] = Place(self.depth_below(top), parent, kind.role, doubts)

    def hang_unmarked(self, ordinal: int, piece: Piece) -> None:
        top = less_indented(self.stack, piece) if self.by_indent else self.top
        depth = self.depth_below(top)
        if self.is_report:
            depth = max(depth, HEADING if is_framed(piece.text) else ITEM)
        parent = None if top is None else top.ordinal
        doubts = [doubt(piece, "no-marker")]
        self.places[ordinal] = Place(depth, parent, "text", doubts)

    def depth_below(self, top: Open | None) -> int:
        if self.is_report:
            return HEADING if top is None else max(HEADING, top.depth + 1)
        return 0 if top is None else top.depth + 1

    def push(
        self,
        ordinal: int,
        piece: Piece,
        kind: SignClass,
        depth: int,
        doubts: list[Doubt],
    ) -> None:
        parent = self.top.ordinal if self.top else None
        number = number_of(piece.marker)
        self.places[ordinal] = Place(depth, parent, kind.role, doubts)
        self.stack.append(Open(ordinal, kind, depth, piece.indent, number))
