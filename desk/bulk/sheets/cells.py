"""A cell as it stands in a file: plain Python, without Django."""

from typing import NamedTuple

#: The sheet that the download has.
WORKSHEET_NAME = "statements"
#: What a program made of a text.
FORMULA, ERROR, DATE, NUMBER = "formula", "error", "date", "number"


class Made(NamedTuple):
    """In the place of a text that a program made into something else: `shown` is how
    it shows that, `digits` are those of a whole number.
    """

    kind: str
    shown: str = ""
    digits: str = ""


FileCell = str | Made
#: A row by the number that the program shows beside it.
FileLine = tuple[int, list[FileCell]]


def is_empty(cell: FileCell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def trimmed(cells: list[FileCell]) -> list[FileCell]:
    """Without the empty cells at the end, of which programs keep thousands."""
    while cells and cells[-1] == "":
        cells.pop()
    return cells
