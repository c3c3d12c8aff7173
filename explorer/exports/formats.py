"""Rows as CSV, JSON and XLSX: written a row at a time, and sent once they are whole."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import StringIO
from typing import IO, Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from explorer.exports.columns import STATEMENT_COLUMNS, Column

BOM = "\ufeff"
#: A spreadsheet program would run a cell that begins with one of these.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: Of a column in a workbook, in letters, unless the table of fields says another.
COLUMN_WIDTH = 14
#: Letters of a cell, which is as many as Excel takes.
LONGEST_XLSX_CELL = 32_767
#: Bytes of a file that are kept in memory before it goes to disk.
IN_MEMORY = 1 << 18
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


def csv_lines(rows: Iterable[dict[str, Any]], names: Sequence[str]) -> Iterator[str]:
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


def whole_file(parts: Iterable[str | bytes]) -> IO[bytes]:
    """All parts in one file, in memory while it is small: gone once closed.

    A server that has begun to answer cannot say any more that something failed: the
    reader would keep half a file for a whole one. So an answer begins with its end.
    """
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115, as below
    with closed_if_failed(file):
        for part in parts:
            file.write(part.encode() if isinstance(part, str) else part)
        file.seek(0)
    return file


def whole_workbook(write: Callable[[xlsxwriter.Workbook], None]) -> IO[bytes]:
    """The file of the workbook that `write` fills, row after row."""
    file = tempfile.TemporaryFile()  # noqa: SIM115, whoever reads it closes it
    with closed_if_failed(file), tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        write(book)
        try:
            book.close()
        except FileCreateError as error:
            # It hides what the system said, by which a full disk is known.
            raise error.args[0] from None
        file.seek(0)
    return file


@contextmanager
def closed_if_failed(file: IO[bytes]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        # To close is to write what is left: where there is no room, it fails again.
        with suppress(OSError):
            file.close()
        raise


def is_too_long(text: str) -> bool:
    """Excel counts in UTF-16, where letters beyond the first 65,536 count twice."""
    return 2 * len(text) > LONGEST_XLSX_CELL and units(text) > LONGEST_XLSX_CELL


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cut_text(text: str, name: str, row: dict[str, Any]) -> str:
    """The beginning of a text that no cell can hold; its end says so, in the language
    of the column.
    """
    language = "ko" if name.endswith("_ko") else "en"
    with override(language):
        end = _(
            "… [Cut here: a cell of a workbook holds at most 32,767 characters. The "
            "whole text: %(address)s]"
        ) % {"address": row[f"url_{language}"]}
    room = 2 * (LONGEST_XLSX_CELL - units(end))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + end


def write_columns(
    book: xlsxwriter.Workbook,
    bold: Format,
    columns: Iterable[Column] = STATEMENT_COLUMNS,
) -> None:
    """The data dictionary, in both languages."""
    sheet = book.add_worksheet("columns")
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 3, 60)
    explained = (tuple(column.values()) for column in dictionary(columns))
    write_table(sheet, bold, ("column", "type", "설명", "description"), explained)


def write_table(
    sheet: Worksheet,
    bold: Format,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
) -> None:
    for at, name in enumerate(head):
        sheet.write_string(0, at, name, bold)
    for number, row in enumerate(rows, 1):
        for at, text in enumerate(row):
            sheet.write_string(number, at, text)


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
