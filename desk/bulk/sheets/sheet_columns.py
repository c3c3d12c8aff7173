"""The columns of a sheet, and how a text stands in one of its cells."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from explorer.exports.columns import Column
from explorer.exports.formats import FORMULA_STARTS, CellValue, cell_value
from statements.field_rows import FixedRow, ValueType
from statements.fields import (
    ENGLISH,
    NUMBER_FIELDS,
    SOURCE_TEXTS,
    STATEMENT_FIELDS,
    TAGS,
    Snapshot,
    rows_of_kind,
    value_in,
)
from statements.input.letters import composed
from statements.models import Statement
from statements.models.ranges import wrong_with

SHEET_COLUMNS = (
    *(
        Column(row.name, row.type, row.sheet, row.width)
        for row in STATEMENT_FIELDS
        if row.sheet is not None
    ),
    Column(
        "seen",
        ValueType.NUMBER,
        _("Number of the revision that the row was made from. Do not change it."),
    ),
)
SHEET_COLUMN_NAMES = tuple(column.name for column in SHEET_COLUMNS)
#: These tell whose row it is, and which revision it was made from: never edited.
KEYS = (
    *(name for name in rows_of_kind(FixedRow) if name in SHEET_COLUMN_NAMES),
    "seen",
)
EDITED = tuple(name for name in SHEET_COLUMN_NAMES if name not in KEYS)
#: In these an empty cell leaves the English as it is, unless asked otherwise.
OPTIONAL = tuple(name for name in SOURCE_TEXTS if name in ENGLISH)


def row_of(revision: int, snapshot: Snapshot) -> dict[str, str | int]:
    """A statement as its row has it."""
    return {
        "code": snapshot["code"],
        "kind": snapshot["kind"],
        **{name: cell_of(value_in(snapshot, name)) for name in EDITED},
        "seen": revision,
    }


def cell_of(value: CellValue) -> str:
    cell = cell_value(value)
    return "" if cell is None else tidy(str(cell))


def tidy(text: str) -> str:
    """The text without the changes that programs make on their own: ends of lines,
    white space around, syllables taken apart into letters, signs that nobody sees.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return composed(lines).strip()


def unescape_cell(cell: str) -> str:
    """The text of a cell; the mark that keeps it from being a formula goes."""
    is_marked = cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS)
    return tidy(cell[1:] if is_marked else cell)


def value_of(name: str, text: str) -> CellValue:
    """The value of a snapshot for the text of a cell.

    Raises ValidationError for a number that the field cannot hold.
    """
    if name in TAGS:
        return list(dict.fromkeys(filter(None, map(str.strip, text.split(";")))))
    if name in NUMBER_FIELDS:
        field = cast("Field[Any, Any]", Statement._meta.get_field(name))
        number: int | None = field.clean(text or None, None)
        if errors := list(wrong_with(field, number)):
            raise ValidationError(errors)
        return number
    return text
