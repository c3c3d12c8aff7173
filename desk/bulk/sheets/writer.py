"""Statements as a sheet to edit: from their newest revisions, as CSV or XLSX."""

from collections.abc import Iterable, Iterator
from typing import IO

import xlsxwriter
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.bulk.sheets.cells import WORKSHEET_NAME
from desk.bulk.sheets.sheet_columns import (
    KEYS,
    SHEET_COLUMN_NAMES,
    SHEET_COLUMNS,
    row_of,
)
from explorer.exports.formats import (
    LONGEST_XLSX_CELL,
    whole_workbook,
    write_columns,
)
from explorer.exports.views import XLSX, OutputFile, attach_file, csv_response
from statements.models import Revision, StatementQuerySet

#: Of a column, in letters, unless the table of fields says another.
SHEET_COLUMN_WIDTH = 16
#: How many statements a message names.
MOST_CODES = 20
TOO_LONG_FOR_XLSX = gettext_lazy(
    "No Excel file was made, because an Excel cell holds at most 32,767 characters. "
    "These statements have a longer text: %(codes)s. Download them as CSV, and do not "
    "edit that file in Excel."
)


def sheet_rows(statements: StatementQuerySet) -> Iterator[dict[str, str | int]]:
    """In the order of the outline; a row says which revision it is."""
    chosen = Revision.objects.filter(statement__in=statements.order_by().values("pk"))
    newest = chosen.latest_each().order_by("statement__sort_key")
    for pk, snapshot in newest.values_list("pk", "snapshot").iterator():
        yield row_of(pk, snapshot)


def too_long_for_xlsx(statements: StatementQuerySet) -> list[str]:
    """The codes of statements with a text that a workbook would cut."""
    return [
        str(row["code"])
        for row in sheet_rows(statements)
        if any(len(str(value)) > LONGEST_XLSX_CELL for value in row.values())
    ]


def as_answer(
    request: HttpRequest, statements: StatementQuerySet, ending: str
) -> HttpResponseBase:
    """A file to save, under a name with the day; none whose texts are cut, as it comes
    back in.
    """
    if ending == "xlsx" and (codes := too_long_for_xlsx(statements)):
        named = ", ".join(codes[:MOST_CODES]) + ("…" if codes[MOST_CODES:] else "")
        messages.error(request, TOO_LONG_FOR_XLSX % {"codes": named})
        return redirect("staff:sheets")
    day = timezone.localdate().isoformat()
    if ending == "csv":
        answer = csv_response(sheet_rows(statements), SHEET_COLUMN_NAMES)
    else:
        answer = OutputFile(sheet_workbook(sheet_rows(statements)), content_type=XLSX)
    name = _("statements to edit")
    return attach_file(answer, f"{name} {day}", ending, f"statements-{day}")


def sheet_workbook(rows: Iterable[dict[str, str | int]]) -> IO[bytes]:
    """Every cell is a text, so that Excel makes no dates or formulas of what is typed;
    columns that nobody edits are gray.
    """

    def write(book: xlsxwriter.Workbook) -> None:
        top = {"num_format": "@", "valign": "top"}
        bold = book.add_format({"bold": True})
        text = book.add_format({**top, "text_wrap": True})
        fixed = book.add_format({**top, "bg_color": "#E6E6E6"})
        looks = [fixed if name in KEYS else text for name in SHEET_COLUMN_NAMES]
        sheet = book.add_worksheet(WORKSHEET_NAME)
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(SHEET_COLUMNS):
            sheet.set_column(at, at, column.width or SHEET_COLUMN_WIDTH, looks[at])
            sheet.write_string(0, at, column.name, bold)
        for number, row in enumerate(rows, 1):
            for at, name in enumerate(SHEET_COLUMN_NAMES):
                sheet.write_string(number, at, str(row[name]), looks[at])
        write_columns(book, bold, SHEET_COLUMNS)

    return whole_workbook(write)
