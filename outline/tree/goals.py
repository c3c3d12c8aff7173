"""The statements of a goals page: goals, items under three labels, and details."""

from collections.abc import Mapping

from outline.pieces.outline_form import label_of
from outline.pieces.piece import Piece, Reading
from outline.tree.open_items import Place
from outline.tree.rows import Rows, StatementRow

LETTERS_BELOW_GOALS = {"objective": "O", "key-content": "C", "expected-effect": "E"}


class Goals:
    """Reads the rows of one page from the places of its pieces."""

    def __init__(
        self, reading: Reading, places: Mapping[int, Place], year: int | None
    ) -> None:
        self.pieces, self.places = reading.pieces, places
        self.prefix = f"{year}.G" if year else "G"
        self.goal: StatementRow | None = None
        #: The last goal with a summary under a key content.
        self.summed_up: StatementRow | None = None
        signs = {p.marker for p in reading.pieces if p.marker}
        self.is_flat = not reading.by_indent and len(signs) == 1
        self.rows = Rows()

    def run(self) -> Rows:
        for ordinal, place in self.places.items():
            piece = self.pieces[ordinal]
            if piece.excluded:
                continue
            parent = self.holder(place)
            is_top = place.parent is None
            if is_top and place.role not in ("text", "note", "pointer"):
                self.begin_goal(piece.public_text, [ordinal])
            else:
                self.add(ordinal, piece, place, parent)
        return self.rows

    def holder(self, place: Place) -> StatementRow | None:
        """The statement above, through a label."""
        above = place.parent
        while above is not None and self.pieces[above].excluded:
            above = self.places[above].parent
        return None if above is None else self.rows.by_ordinal[above]

    def begin_goal(self, title: str, ordinals: list[int]) -> StatementRow:
        code = self.rows.number(self.prefix)
        self.goal = self.rows.add(code, "goal", None, title, ordinals)
        return self.goal

    def add(
        self, ordinal: int, piece: Piece, place: Place, parent: StatementRow | None
    ) -> None:
        if parent is None:
            parent = self.goal or self.begin_goal("", [])
            self.rows.doubt(ordinal, piece, "no-goal")
        if self.is_summary(ordinal, place, parent):
            parent.text_ko = piece.public_text
            self.summed_up = self.goal
            parent.pieces.append(ordinal)
            self.rows.by_ordinal[ordinal] = parent
            return
        kind = self.kind(ordinal, piece, place, parent)
        code = self.code(kind, parent)
        self.rows.add(code, kind, parent, piece.public_text, [ordinal])

    def is_summary(self, ordinal: int, place: Place, parent: StatementRow) -> bool:
        """True for a paragraph without a marker, at once after its key content."""
        follows = parent.kind == "key-content" and parent.pieces == [ordinal - 1]
        return place.role == "text" and follows

    def kind(
        self, ordinal: int, piece: Piece, place: Place, parent: StatementRow
    ) -> str:
        if place.role == "note":
            return "note"
        if parent.kind != "goal":
            return "detail"
        label = self.label(place)
        if label is None and place.role == "text":
            return "note"
        if label is None:
            self.rows.doubt(ordinal, piece, "no-label")
        if self.is_flat and label == "key-content" and self.summed_up is parent:
            # Details stand below summaries, and here one sign marks both levels.
            self.rows.doubt(ordinal, piece, "level", piece.marker)
        return label or "objective"

    def label(self, place: Place) -> str | None:
        if place.parent is None or not self.pieces[place.parent].excluded:
            return None
        return label_of(self.pieces[place.parent].text)

    def code(self, kind: str, parent: StatementRow) -> str:
        """The next code: letters below goals tell the kind, all else takes numbers."""
        letter = LETTERS_BELOW_GOALS.get(kind)
        if letter:
            return self.rows.number(f"{parent.code}.{letter}")
        return self.rows.below(parent)
