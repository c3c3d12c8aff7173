"""The rows of a worksheet as they stand in its file."""

import re
from collections.abc import Iterator

from desk.bulk.sheets.cell_numbers import Look, number_cell
from desk.bulk.sheets.cells import (
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    FileCell,
    FileLine,
    Made,
)
from outline.contained.markup import Markup
from outline.contained.refusal import BROKEN, Refused

REFERENCE = re.compile("([A-Z]{1,3})[0-9]{1,7}")
NUMERALS = re.compile("[0-9]{1,9}")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: The last column that Excel has.
LAST_COLUMN = 16_384
#: Letters of what an error or a date says.
LONGEST_SHOWN = 100


class Worksheet(Markup):
    """Rows, one after another, by their numbers; what stands outside of them goes."""

    def __init__(self, strings: list[str], looks: list[Look], is_1904: bool) -> None:
        super().__init__()
        self.strings, self.looks, self.is_1904 = strings, looks, is_1904
        self.rows: list[tuple[int, dict[int, FileCell]]] = []
        self.number = self.column = 0
        self.row: dict[int, FileCell] | None = None
        self.cell: dict[str, str] | None = None
        self.parts: list[str] = []
        self.is_formula = self.is_text = self.is_sound = False

    def take_lines(self) -> Iterator[FileLine]:
        """The rows since the last time; one by one, as its last cell may be far off."""
        rows, self.rows = self.rows, []
        for number, row in rows:
            last = max(row, default=0)
            yield number, [row.get(at, "") for at in range(1, last + 1)]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.cell is not None:
            self.is_formula = self.is_formula or name == "f"
            self.is_sound = self.is_sound or name == "rPh"
            self.is_text = name in ("v", "t") and not self.is_sound
        elif name == "row":
            self.row = {}
            self.column = 0
            self.number = place(attributes.get("r"), self.number)
        elif name == "c" and self.row is not None:
            self.cell, self.parts, self.is_formula = attributes, [], False
            self.column = column_of(attributes.get("r"), self.column)

    def text(self, text: str) -> None:
        if self.is_text:
            self.parts.append(text)

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "rPh":
            self.is_sound = False
        elif name == "c" and self.cell is not None and self.row is not None:
            if value := self.value():
                self.row[self.column] = value
            self.cell = None
        elif name == "row" and self.row is not None:
            self.rows.append((self.number, self.row))
            self.row = None

    def value(self) -> FileCell:
        """The content of the cell that has just ended."""
        assert self.cell is not None
        kind, text = self.cell.get("t", "n"), "".join(self.parts)
        if self.is_formula:
            return Made(FORMULA)
        if not text:
            return ""
        match kind:
            case "s":
                return unescape(self.shared(text))
            case "str" | "inlineStr":
                return unescape(text)
            case "e":
                return Made(ERROR, text[:LONGEST_SHOWN])
            case "d":
                return Made(DATE, text[:LONGEST_SHOWN])
            case "b":
                return Made(
                    NUMBER, str(bool(whole_number(text))), str(whole_number(text))
                )
            case "n":
                return number_cell(text.strip(), self.look(), self.is_1904)
        raise Refused(BROKEN)

    def shared(self, text: str) -> str:
        at = whole_number(text)
        if at >= len(self.strings):
            raise Refused(BROKEN)
        return self.strings[at]

    def look(self) -> Look:
        assert self.cell is not None
        at = whole_number(self.cell.get("s", "0"))
        return self.looks[at] if at < len(self.looks) else Look()


def place(given: str | None, before: int) -> int:
    """The number of a row or column: the next one, unless a later one is given."""
    at = before + 1 if given is None else whole_number(given)
    if at <= before:
        raise Refused(BROKEN)
    return at


def column_of(reference: str | None, before: int) -> int:
    letters = REFERENCE.fullmatch(reference or "A1")
    if letters is None:
        raise Refused(BROKEN)
    at = 0
    for letter in letters[1]:
        at = at * 26 + ord(letter) - ord("A") + 1
    at = place(str(at) if reference else None, before)
    if at > LAST_COLUMN:
        raise Refused(BROKEN)
    return at


def whole_number(text: str) -> int:
    if not NUMERALS.fullmatch(text.strip()):
        raise Refused(BROKEN)
    return int(text)


def unescape(text: str) -> str:
    """A text as it was typed: `_x000D_` is a letter that XML has no way to write."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
