"""A sheet as rows of cells, read in a child process: plain Python, without Django."""

import csv
import io
from collections.abc import Iterator

from desk.bulk.sheets.cells import FileCell, FileLine, is_empty, trimmed
from desk.bulk.sheets.xlsx import read_workbook
from outline.contained.refusal import Refused

MOST_ROWS = 1000
#: Rows that a program keeps though nothing stands in them.
MOST_LINES = 20_000
MOST_COLUMNS = 50
#: Letters of a cell, which is as many as the csv of Python takes.
LONGEST_CELL = 131_072
ZIP, OLD_OR_LOCKED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: Reasons.
OLD, NO_UTF8, BAD_CSV = "old", "no-utf-8", "bad-csv"
MANY_ROWS, MANY_COLUMNS, LONG_CELL = "many-rows", "many-columns", "long-cell"


def bounded_lines(content: bytes) -> Iterator[FileLine]:
    """The head and the rows in which something stands."""
    if content.startswith(OLD_OR_LOCKED):
        raise Refused(OLD)
    lines = read_workbook if content.startswith(ZIP) else of_csv
    count = 0
    for number, cells in lines(content):
        if number > MOST_LINES and count:
            raise Refused(MANY_ROWS, n=MOST_ROWS)
        if number > MOST_LINES:
            return
        if all(map(is_empty, cells)):
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise Refused(MANY_ROWS, n=MOST_ROWS)
        require_bounds(number, cells)
        yield number, cells


def require_bounds(number: int, cells: list[FileCell]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise Refused(MANY_COLUMNS, row=number, n=MOST_COLUMNS)
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
        raise Refused(LONG_CELL, row=number, n=LONGEST_CELL)


def of_csv(content: bytes) -> Iterator[FileLine]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(NO_UTF8) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            yield number, trimmed(list(cells))
    except csv.Error as error:
        raise Refused(BAD_CSV, n=reader.line_num, error=str(error)) from error
