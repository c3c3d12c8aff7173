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
        "The file is damaged or is no Excel workbook (.xlsx): save it anew in Excel."
    )
    locked = _("An old .xls or a file with a password: save it as .xlsx without one.")
    sentences = {
        refusal.BROKEN: damaged,
        archive.BOMB: damaged,
        archive.LOCKED: locked,
        sheet_file.OLD: locked,
        sheet_file.NO_UTF8: _(
            "Neither Excel nor CSV in UTF-8: save it as .xlsx or as “CSV UTF-8”."
        ),
        sheet_file.BAD_CSV: _("The CSV is broken at line %(n)s: %(error)s."),
        sheet_file.MANY_ROWS: _(
            "The sheet has more than %(n)s rows: upload it in parts."
        ),
        sheet_file.MANY_COLUMNS: _(
            "Row %(row)s has more than %(n)s columns: delete those that the sheet did "
            "not have when it was downloaded."
        ),
        sheet_file.LONG_CELL: _("A cell in row %(row)s has more than %(n)s letters."),
        refusal.LARGE: _("The sheet holds too much text: upload it in parts."),
    }
    return explain(refused, sentences)


def cell_of_file(cell: str | list[str]) -> SheetCell:
    if isinstance(cell, str):
        return cell
    kind, shown, digits = cell
    sentences = {
        file_cells.FORMULA: _("A formula: write its text in its place."),
        file_cells.ERROR: _("Excel shows an error here (%(value)s): write the text."),
        file_cells.DATE: _(
            "Excel made a date of this (%(value)s): format the cell as text."
        ),
        file_cells.NUMBER: _(
            "Excel made a number of this (%(value)s): format the cell as text."
        ),
    }
    return Wrong(sentences[kind] % {"value": shown}, digits)
