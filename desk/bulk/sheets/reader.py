"""An uploaded sheet as rows of texts; a text that its program changed is told."""

from typing import IO, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desk.bulk.sheets import cells as file_cells
from desk.bulk.sheets import sheet_file
from desk.uploads.refusals import explain
from outline.contained import archive, refusal
from outline.contained.refusal import Refused
from outline.contained.runner import read_contained

LARGEST_FILE = 5 * 1024 * 1024


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


def read_sheet(file: IO[bytes] | bytes) -> list[SheetLine]:
    """The head and the rows; ValidationError for what is no sheet, or too large."""
    try:
        lines = read_contained(sheet_file.bounded_lines, file)
    except Refused as refused:
        raise ValidationError(reason_of(refused)) from refused
    return [SheetLine(number, list(map(cell_of_file, row))) for number, row in lines]


def reason_of(refused: Refused) -> str:
    damaged = _(
        "The file is damaged or is not an Excel workbook (.xlsx). Save it again in "
        "Excel."
    )
    locked = _(
        "This is an old .xls file or has a password. Save it as .xlsx without a "
        "password."
    )
    sentences = {
        refusal.BROKEN: damaged,
        archive.BOMB: damaged,
        archive.LOCKED: locked,
        sheet_file.OLD: locked,
        sheet_file.NO_UTF8: _(
            "The file is neither Excel nor CSV in UTF-8. Save it as .xlsx or as “CSV "
            "UTF-8”."
        ),
        sheet_file.BAD_CSV: _("The CSV file has an error on line %(n)s: %(error)s."),
        sheet_file.MANY_ROWS: _(
            "The sheet has more than %(n)s rows. Upload it in parts."
        ),
        sheet_file.MANY_COLUMNS: _(
            "Row %(row)s has more than %(n)s columns. Delete the columns that were not"
            " in the sheet you downloaded."
        ),
        sheet_file.LONG_CELL: _(
            "A cell in row %(row)s has more than %(n)s characters."
        ),
        refusal.LARGE: _("The sheet has too much text. Upload it in parts."),
    }
    return explain(refused, sentences)


def cell_of_file(cell: str | list[str]) -> SheetCell:
    if isinstance(cell, str):
        return cell
    kind, shown, digits = cell
    sentences = {
        file_cells.FORMULA: _("This is a formula. Enter its text instead."),
        file_cells.ERROR: _("Excel shows an error here (%(value)s). Enter the text."),
        file_cells.DATE: _(
            "Excel changed this to a date (%(value)s). Format the cell as text."
        ),
        file_cells.NUMBER: _(
            "Excel changed this to a number (%(value)s). Format the cell as text."
        ),
    }
    return Wrong(sentences[kind] % {"value": shown}, digits)
