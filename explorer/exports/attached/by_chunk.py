"""The tags, source lines, checks and history of statements, as cells beside their rows:
of a few by their keys, of all at once where a file has many.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Count, Max, Q

from explorer.exports.attached.to_all import (
    CellColumn,
    ChecksOfAll,
    HistoryOfAll,
    LinesOfAll,
    SlugsAsCell,
    SlugsOfAll,
    moment_as_text,
)
from statements.fields import TAGS
from statements.models import Paragraph, Statement
from statements.pages.citations import lines

#: From one statement in so many on, all is read at once: it takes the time in which a
#: third of all is found by keys, and who asks for few statements never waits for it.
ONE_IN = 20
TAG_COLUMNS = tuple(name for name, row in TAGS.items() if row.output is not None)
ATTACHED_COLUMNS = (
    *TAG_COLUMNS,
    *("source_lines", "checked_on", "changed_at", "revision"),
)


class Attachments:
    """The attached columns of one chunk of a file after the other, by its keys."""

    def __init__(self, as_cell: SlugsAsCell) -> None:
        self.as_cell = as_cell
        self.newest = self.given = 0
        self.of_all: list[Callable[[list[int]], CellColumn]] = []

    def __call__(self, pks: list[int]) -> list[CellColumn]:
        if self.given and not self.newest:
            self.newest = Statement.objects.aggregate(newest=Max("pk"))["newest"]
        if not self.of_all and self.given * ONE_IN > self.newest > 0:
            self.of_all = read_all(self.newest, self.as_cell)
        self.given += len(pks)
        if self.of_all:
            return [column_of(pks) for column_of in self.of_all]
        return attached_by_key(pks, self.as_cell)


def read_all(
    newest: int, as_cell: SlugsAsCell
) -> list[Callable[[list[int]], CellColumn]]:
    """In memory they are 36 bytes for each key up to the newest."""
    history = HistoryOfAll(newest)
    return [
        *(SlugsOfAll(name, newest, as_cell) for name in TAG_COLUMNS),
        LinesOfAll(newest),
        ChecksOfAll(newest),
        history.moments,
        history.revisions,
    ]


def attached_by_key(pks: list[int], as_cell: SlugsAsCell) -> list[CellColumn]:
    """In a number of queries that is fixed."""
    tags = (slugs_by_statement(name, pks) for name in TAG_COLUMNS)
    ranges = line_ranges(pks)
    work = checks_and_history(pks)
    facts = [work.get(pk, (None, None, 0)) for pk in pks]
    return [
        *([as_cell(slugs[pk]) for pk in pks] for slugs in tags),
        [lines(ranges[pk]) for pk in pks],
        [str(checked or "") for checked, _last, _n in facts],
        [moment_as_text(last) for _checked, last, _n in facts],
        [n or None for _checked, _last, n in facts],
    ]


def checks_and_history(
    pks: list[int],
) -> dict[int, tuple[date | None, datetime | None, int]]:
    """The day of the last check, the last change that readers were told of, and how
    many they were told of: by statement, in one query.
    """
    shown = Q(revisions__is_shown=True)
    statements = Statement.objects.filter(pk__in=pks).order_by()
    rows = statements.values_list("pk", "upkeep__checked_on").annotate(
        last=Max("revisions__at", filter=shown), n=Count("revisions", filter=shown)
    )
    return {pk: (checked, last, n) for pk, checked, last, n in rows}


def slugs_by_statement(name: str, pks: list[int]) -> dict[int, list[str]]:
    """The slugs of a kind of tag by statement, in the order of the vocabulary."""
    tags = getattr(Statement, name).through.objects.filter(statement__in=pks)
    term = TAGS[name].model._meta.model_name
    slugs: dict[int, list[str]] = defaultdict(list)
    for pk, slug in tags.order_by(f"{term}__position").values_list(
        "statement", f"{term}__slug"
    ):
        slugs[pk].append(slug)
    return slugs


def line_ranges(pks: list[int]) -> dict[int, list[tuple[int, int]]]:
    paragraphs = Paragraph.objects.filter(statement__in=pks).order_by("ordinal")
    ranges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pk, first, last in paragraphs.values_list(
        "statement", "first_line", "last_line"
    ):
        ranges[pk].append((first, last))
    return ranges
