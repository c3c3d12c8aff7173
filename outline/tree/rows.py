"""Rows of statements: codes by prefix and place, positions, titles and texts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from outline.doubts import Doubt
from outline.pieces.piece import Piece

TITLED = ("goal", "key-content", "part", "chapter", "heading")
UNKNOWN_YEAR = "?"


@dataclass
class StatementRow:
    """One statement as its document gives it; `pieces` are ordinals, from 0.

    The title of a part that the document does not have is empty, and so are its
    `pieces`.
    """

    code: str
    kind: str
    parent: str | None
    position: int
    year: int | None
    title_ko: str
    text_ko: str
    pieces: list[int]
    nature: str = ""


@dataclass
class Rows:
    """The rows in reading order, by the pieces that they came from, and doubts."""

    rows: list[StatementRow] = field(default_factory=list)
    doubts: list[tuple[int, Doubt]] = field(default_factory=list)
    by_ordinal: dict[int, StatementRow] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)
    _positions: Counter[str | None] = field(default_factory=Counter)

    def number(self, prefix: str) -> str:
        """The next code of a series: its prefix and a number."""
        self._numbers[prefix] += 1
        return f"{prefix}{self._numbers[prefix]}"

    def below(self, parent: StatementRow) -> str:
        """The next code under a statement: a part's number follows its letter."""
        return self.number(parent.code if parent.kind == "part" else f"{parent.code}.")

    def add(
        self,
        code: str,
        kind: str,
        parent: StatementRow | None,
        text: str,
        ordinals: Iterable[int],
        year: int | None = None,
    ) -> StatementRow:
        above = parent.code if parent else None
        self._positions[above] += 1
        row = StatementRow(
            code=code,
            kind=kind,
            parent=above,
            position=self._positions[above],
            year=year,
            title_ko=text if kind in TITLED else "",
            text_ko="" if kind in TITLED else text,
            pieces=list(ordinals),
        )
        self.rows.append(row)
        self.by_ordinal.update(dict.fromkeys(row.pieces, row))
        return row

    def doubt(self, ordinal: int, piece: Piece, code: str, detail: str = "") -> None:
        self.doubts.append((ordinal, Doubt(code, piece.numbers[0], detail)))
