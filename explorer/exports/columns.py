"""The columns that every output of statements has, and a statement as such a row."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case, F, QuerySet, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from explorer.exports.attached.by_chunk import (
    ATTACHED_COLUMNS,
    Attachments,
    attached_by_key,
)
from explorer.exports.attached.to_all import CellColumn, SlugsAsCell
from statements.field_rows import ValueType
from statements.fields import NUMBER_FIELDS, STATEMENT_FIELDS, TEXTS
from statements.models import Kind, Statement, StatementQuerySet
from statements.models.states import PUBLIC_STATES

#: How many statements are in memory at a time.
CHUNK = 1000
#: Stands for any in an address.
SOME_CODE = "G1.C1"

#: The cells of one statement, in the order of STATEMENT_COLUMN_NAMES.
StatementCells = tuple[Any, ...]


class Column(NamedTuple):
    name: str
    type: ValueType
    description: str | Promise
    width: int | None = None


#: Newer than the others, so that they come behind them.
NEWER_COLUMNS = ("editor_note_ko", "editor_note_en", "checked_on")
#: Of a search, and empty where nothing was searched for.
MATCH_COLUMN = Column(
    "match",
    ValueType.TEXT,
    _(
        "How a search found the statement: “word” (all the keywords), “same” (some of "
        "them in another spelling or language), “partial” (only some of the keywords), "
        "“related” (only by related words, added by this site’s editors). Empty where "
        "there was no search."
    ),
)
#: Of the changes that readers were told of; empty of what has no history.
HISTORY_COLUMNS = (
    Column(
        "changed_at",
        ValueType.TEXT,
        _("Date and time of the last public change; at first, of publication."),
    ),
    Column(
        "revision",
        ValueType.NUMBER,
        _("Number of public revisions so far: 1 is the first publication."),
    ),
)
HISTORY_COLUMN_NAMES = tuple(column.name for column in HISTORY_COLUMNS)
STATEMENT_COLUMNS = (
    *(
        Column(row.name, row.type, row.output, row.width)
        for row in sorted(STATEMENT_FIELDS, key=lambda row: row.name in NEWER_COLUMNS)
        if row.output is not None
    ),
    MATCH_COLUMN,
    *HISTORY_COLUMNS,
)
STATEMENT_COLUMN_NAMES = tuple(column.name for column in STATEMENT_COLUMNS)
#: What is read of the statement's own table and of those with one row for it, by
#: column; first what cells are made of.
STORED = {
    "pk": "pk",
    "code": "code",
    "kind": "kind",
    "document": "document__slug",
    "parent": "parent_code",
    "translation": "translation",
    "match": "match",
    "year": "year",
    **{
        name: name
        for name in STATEMENT_COLUMN_NAMES
        if name in TEXTS or name in NUMBER_FIELDS
    },
}
#: The order in which the cells of a statement are made, and the way from it to theirs.
MADE = (*STORED, "url_ko", "url_en", *ATTACHED_COLUMNS)
in_order = itemgetter(*map(MADE.index, STATEMENT_COLUMN_NAMES))


def statement_cells(
    statements: StatementQuerySet, origin: str, as_cell: SlugsAsCell
) -> Iterator[StatementCells]:
    """Row after row, in memory a chunk at a time; `as_cell` makes the cell of several
    slugs.
    """
    stored = stored_values(statements).iterator(CHUNK)
    attached = Attachments(as_cell)
    while chunk := list(islice(stored, CHUNK)):
        yield from complete_cells(chunk, attached([row[0] for row in chunk]), origin)


def statement_rows(
    statements: StatementQuerySet, origin: str
) -> Iterator[dict[str, Any]]:
    """Row after row by the names of the columns."""
    return map(by_name, statement_cells(statements, origin, list))


def by_name(cells: StatementCells) -> dict[str, Any]:
    return dict(zip(STATEMENT_COLUMN_NAMES, cells, strict=True))


def stored_values(
    statements: StatementQuerySet,
) -> "QuerySet[Statement, tuple[Any, ...]]":
    """The values that STORED names, as plain tuples."""
    is_public = When(parent__state__in=PUBLIC_STATES, then=F("parent__code"))
    above = statements.annotate(parent_code=Case(is_public, default=Value("")))
    if "match" not in above.query.annotations:
        above = above.annotate(match=Value(""))
    stored = above.with_translation_state().rewrite(False)
    return stored.values_list(*STORED.values())


def complete_rows(
    chunk: list[tuple[Any, ...]], origin: str
) -> Iterator[dict[str, Any]]:
    """The rows of these stored values, in a number of queries that is fixed."""
    attached = attached_by_key([row[0] for row in chunk], list)
    return map(by_name, complete_cells(chunk, attached, origin))


def complete_cells(
    chunk: list[tuple[Any, ...]], attached: Iterable[CellColumn], origin: str
) -> Iterator[StatementCells]:
    korean, end = (origin + path_in("ko")).split(SOME_CODE)
    english = (origin + path_in("en")).split(SOME_CODE)[0]
    goal = Kind.GOAL.value
    for stored, beside in zip(chunk, zip(*attached, strict=True), strict=True):
        code, kind = stored[1:3]
        addresses = f"{korean}{code}{end}", f"{english}{code}{end}"
        if kind == goal:
            addresses = goal_addresses(code, origin)
        yield in_order(stored + addresses + beside)


def goal_addresses(code: str, origin: str) -> tuple[str, str]:
    korean, english = (page_address(n, code, Kind.GOAL, origin) for n in ("ko", "en"))
    return korean, english


def page_address(language: str, code: str, kind: str, origin: str) -> str:
    if kind != Kind.GOAL:
        return origin + path_in(language).replace(SOME_CODE, code)
    with override(language):
        return origin + Statement(code=code, kind=kind).get_absolute_url()


@cache
def path_in(language: str) -> str:
    """The path of a page of a statement: files have a hundred thousand of them."""
    with override(language):
        return reverse("statements:detail", args=[SOME_CODE])
