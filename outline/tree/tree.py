"""The tree of a document: depths and doubts of its pieces, rows of its statements."""

from collections import defaultdict
from dataclasses import dataclass

from outline.doubts import Doubt
from outline.pieces.piece import Reading
from outline.tree.goals import Goals
from outline.tree.levels import places_of
from outline.tree.open_items import Place
from outline.tree.report import Report
from outline.tree.rows import StatementRow


@dataclass(frozen=True)
class Outline:
    """The statements of a reading; depths, parents and doubts are a piece each.

    `parents` are ordinals of pieces, from 0, labels among them.
    """

    statements: list[StatementRow]
    depths: list[int]
    parents: list[int | None]
    doubts: list[list[Doubt]]

    def codes(self) -> dict[int, str]:
        """The code of the statement that each piece became, by ordinal from 0."""
        return {n: row.code for row in self.statements for n in row.pieces}

    @property
    def doubt_count(self) -> int:
        return sum(map(len, self.doubts))


def outline_of(reading: Reading, year: int | None = None) -> Outline:
    """The tree of a reading; `year` is that of its tasks, or of the goals.

    Never raises: what is not understood is a doubt.
    """
    places = places_of(reading)
    reader = Report if reading.kind == "report" else Goals
    rows = reader(reading, places, year).run()
    for row in rows.rows:
        for summary in row.pieces[1:]:
            # Such a paragraph is what a goals page has under its key contents.
            places[summary].doubts.clear()
    doubts = doubts_by_piece(reading, places, rows.doubts)
    nowhere = Place(0, None, "")
    at = [places.get(n, nowhere) for n in range(len(reading.pieces))]
    return Outline(
        statements=rows.rows,
        depths=[place.depth for place in at],
        parents=[place.parent for place in at],
        doubts=doubts,
    )


def doubts_by_piece(
    reading: Reading, places: dict[int, Place], of_rows: list[tuple[int, Doubt]]
) -> list[list[Doubt]]:
    """The doubts of each piece, one of a code on a line."""
    gathered: dict[int, list[Doubt]] = defaultdict(list)
    for ordinal, piece in enumerate(reading.pieces):
        gathered[ordinal] += piece.doubts
        place = places.get(ordinal)
        gathered[ordinal] += place.doubts if place else []
    for ordinal, doubt in of_rows:
        gathered[ordinal].append(doubt)
    return [list(dict.fromkeys(gathered[n])) for n in range(len(reading.pieces))]
