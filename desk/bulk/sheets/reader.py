"""An uploaded sheet as rows of texts; a text that its program changed is told."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from desk.bulk.sheets.writer import WORKSHEET_NAME

MOST_ROWS = 1000
#: Rows that a program keeps though nothing stands in them.
MOST_LINES = 20_000
MOST_COLUMNS = 50
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_INSIDE = 60 * 1024 * 1024
ZIP, OLD_OR_LOCKED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Wrong(NamedTuple):
    """In the place of a text that a program made into something else; `digits` are
    those of a whole number.
    """

    message: str
    digits: str = ""


SheetCell = str | Wrong


class SheetLine(NamedTuple):
    """A row by the number that the program shows beside it."""

    number: int
    cells: list[SheetCell]

    @property
    def is_empty(self) -> bool:
        return all(isinstance(cell, str) and not cell.strip() for cell in self.cells)


def read_sheet(content: bytes) -> list[SheetLine]:
    """The head and the rows; ValidationError for what is no sheet, or too large."""
    if content.startswith(OLD_OR_LOCKED):
        raise ValidationError(
            _("An old .xls or a file with a password: save it as .xlsx without one.")
        )
    read = of_workbook if content.startswith(ZIP) else of_csv
    lines: list[SheetLine] = []
    for line in read(content):
        if line.number > MOST_LINES or len(lines) > MOST_ROWS + 1:
            break
        if not line.is_empty:
            lines.append(line)
    if len(lines) > MOST_ROWS + 1 or (lines and line.number > MOST_LINES):
        text = _("The sheet has more than %(n)s rows: upload it in parts.")
        raise ValidationError(text % {"n": MOST_ROWS})
    return lines


def of_csv(content: bytes) -> Iterator[SheetLine]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("Neither Excel nor CSV in UTF-8: save it as .xlsx or as “CSV UTF-8”.")
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            yield SheetLine(number, list(cells))
    except csv.Error as error:
        text = _("The CSV is broken at line %(n)s: %(error)s.")
        values = {"n": reader.line_num, "error": error}
        raise ValidationError(text % values) from error


def of_workbook(content: bytes) -> Iterator[SheetLine]:
    """The sheet that the download has, else the first."""
    broken = ValidationError(
        _("The file is damaged or is no Excel workbook (.xlsx): save it anew in Excel.")
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_INSIDE:
                raise broken
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet = (
            book[WORKSHEET_NAME]
            if WORKSHEET_NAME in book.sheetnames
            else book.worksheets[0]
        )
        # What the file says of its own size may be wrong.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MOST_COLUMNS)
        for number, row in enumerate(rows, 1):
            yield SheetLine(number, trimmed([cell_text(cell) for cell in row]))
    except ValidationError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles on
        raise broken from error


def trimmed(cells: list[SheetCell]) -> list[SheetCell]:
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def cell_text(cell: Any) -> SheetCell:
    """The text of a cell of openpyxl, whose cells have no type of their own."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Wrong(_("A formula: write its text in its place."))
    if cell.data_type == "e":
        text = _("Excel shows an error here (%(value)s): write the text.")
        return Wrong(text % {"value": value})
    if isinstance(value, str):
        return value
    is_whole = isinstance(value, int | float) and value == int(value)
    return Wrong(made_of(value), str(int(value)) if is_whole else "")


def made_of(value: object) -> str:
    if isinstance(value, date | time | timedelta):
        text = _("Excel made a date of this (%(value)s): format the cell as text.")
    else:
        text = _("Excel made a number of this (%(value)s): format the cell as text.")
    return text % {"value": value}
