"""The rows of a sheet: the edits that they make, or all that is wrong, by cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.bulk.jobs import Edits
from desk.bulk.sheets.reader import SheetCell, SheetLine, Wrong
from desk.bulk.sheets.sheet_columns import (
    KEYS,
    OPTIONAL,
    SHEET_COLUMN_NAMES,
    cell_of,
    unescape_cell,
    value_of,
)
from desk.bulk.text_rules import find_text_problems
from desk.proposals.further.resumed import EDIT_KOREAN
from explorer.exports.formats import LONGEST_XLSX_CELL, neutral
from statements.codes import CODE, code_in
from statements.fields import (
    ENGLISH,
    NUMBER_FIELDS,
    TAGS,
    Snapshot,
    numbers_of,
    value_in,
)
from statements.input.keys import read_key
from statements.models import Revision, Statement

#: Of a row that is all wrong so many mistakes are told, and so much of what they quote.
MOST_OF_ROW = 20
LONGEST_MESSAGE = 300
CUT_BY_PROGRAM = gettext_lazy(
    "A program has cut this text after 32,767 characters. Restore the whole text, or "
    "leave this column out."
)


class Problem(NamedTuple):
    row: int
    column: str
    message: str

    @classmethod
    def told(cls, row: int, column: str, message: str) -> "Problem":
        """A problem as it fits on a page, whatever stood in the cell."""
        return cls(row, shorten(column), shorten(message))


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]}…"


#: A row by the names of its columns.
SheetRow = dict[str, SheetCell]
#: The name of a column, and what is wrong in it.
Wrongs = Iterator[tuple[str, str]]


@dataclass
class CheckedRows:
    """`edits` count only without `problems`."""

    edits: Edits = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def check_rows(lines: list[SheetLine], by: User, empties: bool) -> CheckedRows:
    """Checks all rows; with `empties`, an empty cell takes an English text away."""
    if not lines:
        return CheckedRows(problems=[Problem(1, "", _("The sheet is empty."))])
    head, *rest = lines
    names = [
        unescape_cell(c).lower() if isinstance(c, str) else "?" for c in head.cells
    ]
    if wrong := list(wrong_in_head(names)):
        return CheckedRows(
            problems=[Problem.told(head.number, *problem) for problem in wrong]
        )
    checking = RowChecks(names, rest, by, empties)
    for line in rest:
        checking.take(line)
    return checking.checked


def wrong_in_head(names: list[str]) -> Wrongs:
    for name in KEYS:
        if name not in names:
            yield name, _("This column is missing.")
    for name in dict.fromkeys(names):
        if name and name not in SHEET_COLUMN_NAMES:
            text = _("There is no column with this name. Available columns: %(names)s.")
            yield name, text % {"names": ", ".join(SHEET_COLUMN_NAMES)}
        elif name and names.count(name) > 1:
            yield name, _("This column appears more than once.")


class RowChecks:
    """Row after row, against the database, which is read once for all of them."""

    def __init__(
        self,
        names: list[str],
        lines: list[SheetLine],
        by: User,
        empties: bool,
    ) -> None:
        self.names, self.empties = names, empties
        self.may_edit_korean = by.has_perm(EDIT_KOREAN)
        rows = [self.cells_of(line) for line in lines]
        codes = [code_of(row) for row in rows]
        wanted = Statement.objects.filter(code__in=filter(CODE.fullmatch, codes))
        self.statements = {statement.code: statement for statement in wanted}
        seen = {number_of(row["seen"]) for row in rows}
        self.revisions = Revision.objects.in_bulk(seen)
        self.slugs = {
            name: set(row.model.objects.values_list("slug", flat=True))
            for name, row in TAGS.items()
        }
        self.rows_by_code: dict[str, int] = {}
        self.checked = CheckedRows()

    def cells_of(self, line: SheetLine) -> SheetRow:
        missing = [""] * (len(self.names) - len(line.cells))
        return dict(zip(self.names, [*line.cells, *missing], strict=False))

    def take(self, line: SheetLine) -> None:
        row = self.cells_of(line)
        wrong = list(self.wrong_with_whole(line, row))
        values: Snapshot = {}
        if not wrong:
            statement = self.statements[code_of(row)]
            revision = self.revisions[number_of(row["seen"])]
            mistakes = self.read(statement.kind, row, revision.snapshot, values)
            wrong = list(islice(mistakes, MOST_OF_ROW))
            wrong += find_text_problems(statement.kind, values)
            if values:
                self.checked.edits[statement.pk] = values
                self.checked.seen[statement.pk] = revision.pk
        self.checked.problems += [
            Problem.told(line.number, *problem) for problem in wrong
        ]

    def wrong_with_whole(self, line: SheetLine, row: SheetRow) -> Wrongs:
        """Refuses a row that is of no statement, or not as it was downloaded."""
        code = code_of(row)
        statement = self.statements.get(code)
        if any(c for name, c in zip_longest(self.names, line.cells) if not name):
            yield "", _("There is text in a column with no name.")
        if statement is None:
            text = _("There is no statement with the number “%(code)s”.")
            yield "code", text % {"code": code}
            return
        if first := self.rows_by_code.get(code):
            text = _("%(code)s is already in row %(row)s.")
            yield "code", text % {"code": code, "row": first}
        self.rows_by_code.setdefault(code, line.number)
        kind = unescape_cell(text_or_empty(row["kind"]))
        if kind != statement.kind:
            text = _("The kind of %(code)s is “%(kind)s”, not “%(other)s”.")
            values = {"code": code, "kind": statement.kind, "other": kind}
            yield "kind", text % values
        revision = self.revisions.get(number_of(row["seen"]))
        if revision is None or revision.statement_id != statement.pk:
            yield (
                "seen",
                _(
                    "This is not a revision of this statement. Leave the value as you "
                    "downloaded it."
                ),
            )

    def read(
        self, kind: str, row: SheetRow, seen: Snapshot, values: Snapshot
    ) -> Wrongs:
        """Adds those values that are not as the row was downloaded."""
        for name, cell in row.items():
            if not name or name in KEYS:
                continue
            if isinstance(cell, Wrong) and name in NUMBER_FIELDS and cell.digits:
                cell = cell.digits
            if isinstance(cell, Wrong):
                yield name, cell.message
                continue
            old, text = cell_of(value_in(seen, name)), unescape_cell(cell)
            if text == old or cell == neutral(old):
                continue
            if len(cell) == LONGEST_XLSX_CELL < len(old):
                yield name, str(CUT_BY_PROGRAM)
                continue
            if not text and name in OPTIONAL and not self.empties:
                continue
            if name not in ENGLISH and not self.may_edit_korean:
                yield name, _("Translators can change only the English.")
                continue
            yield from self.read_cell(kind, name, text, seen, values)

    def read_cell(
        self, kind: str, name: str, text: str, seen: Snapshot, values: Snapshot
    ) -> Wrongs:
        """Adds the value of a cell, unless it is the one that was downloaded."""
        try:
            value = value_of(name, text)
        except ValidationError as error:
            yield name, " ".join(error.messages)
            return
        if name in NUMBER_FIELDS and name not in numbers_of(kind):
            yield name, _("Statements of this kind do not have this number.")
        if name in TAGS and isinstance(value, list):
            yield from self.unknown(name, value)
            if set(value) == set(value_in(seen, name)):
                return
        values[name] = value

    def unknown(self, name: str, slugs: list[str]) -> Wrongs:
        for slug in slugs:
            if slug not in self.slugs[name]:
                text = _("“%(slug)s” is not a tag that this column accepts.")
                yield name, text % {"slug": slug}


def text_or_empty(cell: SheetCell) -> str:
    return cell if isinstance(cell, str) else cell.digits


def number_of(cell: SheetCell) -> int:
    """The number of a revision, though Excel made a number of its digits; or 0."""
    return read_key(text_or_empty(cell).strip()) or 0


def code_of(row: SheetRow) -> str:
    """The code in a row, however a program wrote it; what is none stays as it is."""
    text = unescape_cell(text_or_empty(row["code"]))
    return code_in(text) or text
