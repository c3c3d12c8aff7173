"""Statements as a workbook: its frame by XlsxWriter, the rows of the sheet from here.

XlsxWriter takes each cell through a dozen calls, with which a file of all takes three
times as long. The rows are those that it would write; a test holds them against its.
"""

import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from os import SEEK_END
from shutil import copyfileobj
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from explorer.exports.columns import (
    STATEMENT_COLUMN_NAMES,
    STATEMENT_COLUMNS,
    StatementCells,
    by_name,
    statement_cells,
)
from explorer.exports.formats import (
    COLUMN_WIDTH,
    closed_if_failed,
    cut_text,
    is_too_long,
    whole_file,
    whole_workbook,
    write_columns,
    write_table,
)
from explorer.exports.statement_lines import WRITTEN, batches_of_lines
from statements.models import StatementQuerySet

#: Of the sheet that names the texts which are cut.
CUT_COLUMNS = ("code", "column", "url_ko", "url_en")
#: The sheet in its file, the end of its rows, and where it says how many there are.
SHEET = "xl/worksheets/sheet1.xml"
END_OF_ROWS = b"</sheetData>"
LETTERS = tuple(map(xl_col_to_name, range(len(STATEMENT_COLUMNS))))
EXTENT = '<dimension ref="A1:{letter}{number}"/>'
#: Bytes that are copied at a time.
COPIED_AT_ONCE = 1 << 16
#: A reader would take it for the sign of a control character.
LIKE_A_SIGN = re.compile("(_x[0-9a-fA-F]{4}_)")


class SheetRows:
    """The rows as XML, and what is known once they are written: the `number` of the
    last, and of each cell whose text is `cut` the code, column and addresses of it.
    """

    def __init__(self, statements: StatementQuerySet, origin: str) -> None:
        self.statements, self.origin = statements, origin
        #: The names of the columns.
        self.number = 1
        self.cut: list[tuple[str, ...]] = []

    def parts(self) -> Iterator[str]:
        rows = statement_cells(self.statements, self.origin, slugs_in_xml)
        for lines in batches_of_lines(self.row, rows):
            yield "".join(lines)

    def row(self, cells: StatementCells) -> str:
        self.number += 1
        line = list(cells)
        for at in WRITTEN:
            text = line[at]
            if is_too_long(text):
                text = self.beginning(cells, at)
            line[at] = text_in_xml(text)
        number = self.number
        elements = [
            f'<c r="{letter}{number}"><v>{cell}</v></c>'
            if cell.__class__ is int
            else f'<c r="{letter}{number}" t="inlineStr"><is>{cell}</is></c>'
            if cell[:1] == "<"
            else f'<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for letter, cell in zip(LETTERS, line, strict=True)
            if cell
        ]
        return f'<row r="{number}">{"".join(elements)}</row>'

    def beginning(self, cells: StatementCells, at: int) -> str:
        """As much of a text as a cell can hold."""
        row, name = by_name(cells), STATEMENT_COLUMN_NAMES[at]
        self.cut.append((row["code"], name, row["url_ko"], row["url_en"]))
        return cut_text(row[name], name, row)

    def write_frame(self, book: xlsxwriter.Workbook, as_of: datetime | None) -> None:
        """All of the workbook but these rows."""
        book.set_properties({"created": (as_of or datetime.min).replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("statements")
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(STATEMENT_COLUMNS):
            sheet.set_column(at, at, column.width or COLUMN_WIDTH)
            sheet.write_string(0, at, column.name, bold)
        write_columns(book, bold)
        if self.cut:
            write_table(book.add_worksheet("cut texts"), bold, CUT_COLUMNS, self.cut)


def slugs_in_xml(slugs: list[str]) -> str:
    return text_in_xml(";".join(slugs))


def text_in_xml(text: str) -> str:
    """The text as an element can have it; as one of its own where it begins or ends
    with white space, which readers would drop.
    """
    if "_x" in text:
        text = LIKE_A_SIGN.sub(r"_x005F\1", text)
    if "\r" in text:
        text = text.replace("\r", "_x000D_")
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if text[:1].isspace() or text[-1:].isspace():
        return f'<t xml:space="preserve">{text}</t>'
    return text


def statement_workbook(
    statements: StatementQuerySet, origin: str, as_of: datetime | None
) -> IO[bytes]:
    """The rows, and what their columns are: the same rows as of the same moment make
    the same bytes.
    """
    rows = SheetRows(statements, origin)
    with (
        whole_file(rows.parts()) as written,
        whole_workbook(lambda book: rows.write_frame(book, as_of)) as frame,
    ):
        return filled_workbook(frame, written, rows.number)


def filled_workbook(frame: IO[bytes], rows: IO[bytes], number: int) -> IO[bytes]:
    """The workbook of the frame, with the rows up to that number in its first sheet."""
    file = tempfile.TemporaryFile()  # noqa: SIM115, whoever reads it closes it
    with (
        closed_if_failed(file),
        ZipFile(frame) as parts,
        ZipFile(file, "w", ZIP_DEFLATED) as book,
    ):
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == SHEET:
                write_sheet(book, part, content, rows, number)
            else:
                book.writestr(part, content)
    file.seek(0)
    return file


def write_sheet(
    book: ZipFile, part: ZipInfo, content: bytes, rows: IO[bytes], number: int
) -> None:
    empty, extent = (
        EXTENT.format(letter=LETTERS[-1], number=last).encode() for last in (1, number)
    )
    head, end, tail = content.replace(empty, extent, 1).partition(END_OF_ROWS)
    # Its size tells the file in which form it is to keep it.
    part.file_size = len(content) + rows.seek(0, SEEK_END)
    rows.seek(0)
    with book.open(part, "w") as sheet:
        sheet.write(head)
        copyfileobj(rows, sheet, COPIED_AT_ONCE)
        sheet.write(end + tail)
