"""The statements of a report: parts, chapters, headings, items, points, notes."""

from collections import Counter
from collections.abc import Mapping

from outline.pieces.piece import Piece, Reading
from outline.tree.open_items import CHAPTER, HEADING, ITEM, PART, Place
from outline.tree.part_years import LETTERS, facts_of, nature_in, tasks_year
from outline.tree.rows import UNKNOWN_YEAR, Rows, StatementRow

ITEMS = {"achievements": "achievement", "tasks": "task"}


class Report:
    """Reads the rows of one report from the places of its pieces."""

    def __init__(
        self, reading: Reading, places: Mapping[int, Place], year: int | None
    ) -> None:
        self.pieces, self.places = reading.pieces, places
        titles = [
            self.pieces[ordinal].text
            for ordinal, place in places.items()
            if place.role == "part"
        ]
        self.year = tasks_year(titles, self.pieces, year)
        self.series: Counter[str] = Counter()
        self.part: StatementRow | None = None
        self.filled: set[str] = set()
        self.rows = Rows()

    def run(self) -> Rows:
        for ordinal, place in self.places.items():
            piece = self.pieces[ordinal]
            if place.depth == PART:
                self.begin_part(ordinal, piece)
            else:
                self.add(ordinal, piece, place)
        self.doubt_empty_parts()
        return self.rows

    def begin_part(self, ordinal: int, piece: Piece | None) -> StatementRow:
        """Open a part; one that the document does not have stands without a piece."""
        title = piece.public_text if piece else ""
        facts = facts_of(piece.text if piece else "", self.year)
        prefix = f"{facts.year or UNKNOWN_YEAR}.{LETTERS[facts.nature]}"
        self.series[prefix] += 1
        if self.series[prefix] > 1:
            prefix = prefix.replace(".", f"-{self.series[prefix]}.")
        ordinals = [ordinal] if piece else []
        self.part = self.rows.add(prefix, "part", None, title, ordinals, facts.year)
        self.part.nature = facts.nature
        codes = list(facts.doubts)
        if piece is None:
            codes.insert(0, "no-part")
        elif not piece.marker:
            codes.insert(0, "title-as-part")
        for code in codes:
            self.rows.doubt(ordinal, self.pieces[ordinal], code)
        return self.part

    def add(self, ordinal: int, piece: Piece, place: Place) -> None:
        part = self.part or self.begin_part(ordinal, None)
        parent = part
        if place.parent is not None:
            parent = self.rows.by_ordinal[place.parent]
        if place.depth == HEADING and not part.pieces:
            # There is no part, so headings may take the place of parts.
            nature, _ = nature_in(piece.text)
            if nature not in (None, part.nature):
                self.rows.doubt(ordinal, piece, "nature")
        kind = self.kind(place, part)
        if kind in ITEMS.values():
            self.filled.add(part.code)
        code = self.rows.below(parent)
        self.rows.add(code, kind, parent, piece.public_text, [ordinal], part.year)

    def kind(self, place: Place, part: StatementRow) -> str:
        if place.role == "note":
            return "note"
        below = {CHAPTER: "chapter", HEADING: "heading", ITEM: ITEMS[part.nature]}
        return below.get(place.depth, "point")

    def doubt_empty_parts(self) -> None:
        """Doubt each part that holds no achievement and no task."""
        for row in self.rows.rows:
            if row.kind == "part" and row.code not in self.filled:
                ordinal = next(iter(row.pieces), 0)
                self.rows.doubt(ordinal, self.pieces[ordinal], "no-items")
