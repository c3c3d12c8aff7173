"""Rows as CSV, JSON and XLSX: streamed, or written to disk a row at a time."""

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import IO, Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import override
from xlsxwriter.format import Format

from explorer.exports.columns import STATEMENT_COLUMN_NAMES, STATEMENT_COLUMNS, Column

BOM = "\ufeff"
#: A spreadsheet program would run a cell that begins with one of these.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: Of a column in a workbook, in letters, unless the table of fields says another.
COLUMN_WIDTH = 14
#: The value of a cell before it is one: several slugs, a number, a text, nothing.
CellValue = str | int | list[str] | None


def cell_value(value: CellValue) -> str | int | None:
    """A value as one cell has it."""
    return ";".join(value) if isinstance(value, list) else value


def neutral(cell: str | int | None) -> str | int | None:
    """A text that no spreadsheet program takes for a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def csv_lines(
    rows: Iterable[dict[str, Any]], names: Sequence[str] = STATEMENT_COLUMN_NAMES
) -> Iterator[str]:
    """RFC 4180, behind the mark by which Excel knows UTF-8."""
    line = StringIO()
    writer = csv.writer(line)
    yield BOM
    for cells in ([names], ([cell_value(values[n]) for n in names] for values in rows)):
        for row in cells:
            writer.writerow(map(neutral, row))
            yield line.getvalue()
            line.seek(0)
            line.truncate()


def json_lines(
    count: int, filters: dict[str, Any], rows: Iterable[dict[str, Any]]
) -> Iterator[str]:
    """One object, a row on each line of its `results`."""
    given = json.dumps(filters, ensure_ascii=False)
    yield f'{{"count": {count}, "filters": {given}, "results": ['
    comma = ""
    for row in rows:
        yield f"{comma}\n{json.dumps(row, ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def in_blocks(lines: Iterable[str], size: int = 1 << 16) -> Iterator[bytes]:
    """Lines in UTF-8, in blocks large enough to send."""
    block = bytearray()
    for line in lines:
        block += line.encode()
        if len(block) >= size:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def workbook(rows: Iterable[dict[str, Any]], as_of: datetime | None) -> IO[bytes]:
    """A file on disk that is gone once closed: the rows, and what its columns are.

    The same rows as of the same moment make the same bytes.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115, whoever reads it closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"created": (as_of or datetime.min).replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    write_statements(book, bold, rows)
    write_columns(book, bold)
    book.close()
    file.seek(0)
    return file


def write_statements(
    book: xlsxwriter.Workbook, bold: Format, rows: Iterable[dict[str, Any]]
) -> None:
    sheet = book.add_worksheet("statements")
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(STATEMENT_COLUMNS):
        sheet.set_column(at, at, column.width or COLUMN_WIDTH)
        sheet.write_string(0, at, column.name, bold)
    for number, row in enumerate(rows, 1):
        for at, name in enumerate(STATEMENT_COLUMN_NAMES):
            value = cell_value(row[name])
            if isinstance(value, int):
                sheet.write_number(number, at, value)
            elif value:
                sheet.write_string(number, at, value)


def write_columns(
    book: xlsxwriter.Workbook,
    bold: Format,
    columns: Iterable[Column] = STATEMENT_COLUMNS,
) -> None:
    """The data dictionary, in both languages."""
    sheet = book.add_worksheet("columns")
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 3, 60)
    for at, name in enumerate(("column", "type", "설명", "description")):
        sheet.write_string(0, at, name, bold)
    for number, column in enumerate(dictionary(columns), 1):
        for at, name in enumerate(("name", "type", "ko", "en")):
            sheet.write_string(number, at, column[name])


def dictionary(columns: Iterable[Column] = STATEMENT_COLUMNS) -> list[dict[str, str]]:
    """Every column with its type and what it holds, in both languages."""
    return [
        {
            "name": column.name,
            "type": column.type,
            **{code: in_language(code, column.description) for code in ("ko", "en")},
        }
        for column in columns
    ]


def in_language(code: str, text: str | Promise) -> str:
    with override(code):
        return str(text)
