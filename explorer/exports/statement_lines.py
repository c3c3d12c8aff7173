"""Statements as lines of CSV and JSON, some at a time.

A hundred thousand of them are written here, so only the texts that people write are
looked at, once each: the other columns have nothing that a file would have to escape.
A test holds these lines against those of the modules csv and json.
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from explorer.exports.columns import (
    STATEMENT_COLUMN_NAMES,
    STATEMENT_COLUMNS,
    StatementCells,
    statement_cells,
)
from explorer.exports.formats import BOM, FORMULA_STARTS
from statements.field_rows import ValueType
from statements.fields import TEXTS
from statements.models import StatementQuerySet

#: Columns of texts that people write; a slug may begin with a hyphen.
WRITTEN = tuple(
    at
    for at, name in enumerate(STATEMENT_COLUMN_NAMES)
    if name in TEXTS or name == "document"
)
NUMBERS = tuple(
    at for at, column in enumerate(STATEMENT_COLUMNS) if column.type == ValueType.NUMBER
)
#: How many lines go to the file in one piece.
LINES_AT_ONCE = 100
CSV_END = "\r\n"
STARTS = frozenset(FORMULA_STARTS)
as_json = json.JSONEncoder(ensure_ascii=False).encode


def batches_of_lines(
    line_of: Callable[[StatementCells], str], rows: Iterator[StatementCells]
) -> Iterator[list[str]]:
    lines = map(line_of, rows)
    while batch := list(islice(lines, LINES_AT_ONCE)):
        yield batch


def statement_csv(statements: StatementQuerySet, origin: str) -> Iterator[str]:
    """RFC 4180, behind the mark by which Excel knows UTF-8."""
    yield BOM + ",".join(STATEMENT_COLUMN_NAMES) + CSV_END
    for lines in batches_of_lines(
        csv_line, statement_cells(statements, origin, slugs_in_csv)
    ):
        yield "".join(lines)


def csv_line(cells: StatementCells) -> str:
    line = list(cells)
    for at in WRITTEN:
        if line[at]:
            line[at] = text_in_csv(line[at])
    for at in NUMBERS:
        line[at] = "" if line[at] is None else str(line[at])
    return ",".join(line) + CSV_END


def slugs_in_csv(slugs: list[str]) -> str:
    return text_in_csv(";".join(slugs))


def text_in_csv(text: str) -> str:
    """No formula, and in quotes where the text has what ends a cell or a line."""
    if text[:1] in STARTS:
        text = f"'{text}"
    if '"' in text:
        text = text.replace('"', '""')
    elif not ("," in text or "\n" in text or "\r" in text):
        return text
    return f'"{text}"'


def statement_json(
    statements: StatementQuerySet, filters: dict[str, Any], origin: str
) -> Iterator[str]:
    """One object, a row on each line of its `results`."""
    head = f'"count": {statements.count()}, "filters": {as_json(filters)}'
    yield f'{{{head}, "results": ['
    comma = ""
    rows = statement_cells(statements, origin, as_json)
    for lines in batches_of_lines(line_of_json, rows):
        yield comma + "\n" + ",\n".join(lines)
        comma = ","
    yield "\n]}\n"


def line_of_json(cells: StatementCells) -> str:
    line = list(cells)
    for at in WRITTEN:
        line[at] = encode_basestring(line[at]) if line[at] else '""'
    for at in NUMBERS:
        line[at] = "null" if line[at] is None else line[at]
    return JSON_LINE % tuple(line)


def form_of(at: int) -> str:
    """A column in a line of JSON: what is JSON already, or a text in quotes."""
    name, type_, *_more = STATEMENT_COLUMNS[at]
    is_ready = at in WRITTEN or type_ != ValueType.TEXT
    return f'"{name}": %s' if is_ready else f'"{name}": "%s"'


JSON_LINE = "{" + ", ".join(map(form_of, range(len(STATEMENT_COLUMNS)))) + "}"
