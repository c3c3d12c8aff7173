"""The tags, source lines, checks and history of all statements at once, in few bytes:
numbers by the key of a statement, so that a file of all takes one query of each.
"""

from array import array
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from statements.fields import TAGS
from statements.models import Paragraph, Revision, Statement
from statements.pages.citations import line_range, lines

#: How many rows of a query are in memory at a time.
ROWS_AT_ONCE = 2000
#: How many moments are kept as text: changes of many statements have the same one.
KEPT_MOMENTS = 1024
KEPT_DAYS = 1024

#: Makes the cell of the slugs of one kind of tag.
SlugsAsCell = Callable[[list[str]], Any]
#: A cell for each of the statements that were asked for, in their order.
CellColumn = list[Any]


def moment_as_text(moment: datetime | None) -> str:
    """By the ministry's clock, to the second; nothing where there is none."""
    if moment is None:
        return ""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def numbers_by_key(newest: int, type_code: str = "I") -> "array[int]":
    """A zero for every key up to the newest."""
    return array(type_code, bytes(array(type_code).itemsize * (newest + 1)))


class SlugsOfAll:
    """The cells of one kind of tag: of a statement, the number of its combination of
    tags; of every combination that there is, a cell.
    """

    def __init__(self, name: str, newest: int, as_cell: SlugsAsCell) -> None:
        terms = TAGS[name].model.objects.order_by("position")
        slugs_by_pk = dict(terms.values_list("pk", "slug"))
        ranks = {pk: rank for rank, pk in enumerate(slugs_by_pk)}
        slugs = list(slugs_by_pk.values())
        self.numbers = numbers_by_key(newest)
        combinations: dict[tuple[int, ...], int] = {(): 0}
        listed: list[tuple[int, ...]] = [()]
        with_one_more: dict[tuple[int, int], int] = {}
        field = getattr(Statement, name)
        tagged = field.through.objects.filter(statement__lte=newest).order_by()
        pairs = tagged.values_list("statement", field.field.m2m_reverse_field_name())
        for pk, term in pairs.iterator(ROWS_AT_ONCE):
            step = self.numbers[pk], term
            number = with_one_more.get(step)
            if number is None:
                if term not in ranks:
                    # It is newer than the list of terms; so is the version of the data.
                    continue
                longer = tuple(sorted((*listed[step[0]], ranks[term])))
                number = combinations.setdefault(longer, len(listed))
                if number == len(listed):
                    listed.append(longer)
                with_one_more[step] = number
            self.numbers[pk] = number
        self.cells = [as_cell([slugs[rank] for rank in ranks]) for ranks in listed]

    def __call__(self, pks: list[int]) -> CellColumn:
        cells, numbers = self.cells, self.numbers
        return [cells[numbers[pk]] for pk in pks]


class LinesOfAll:
    """The lines of each statement in its source: first and last of its paragraph; as
    text only where it has several.
    """

    def __init__(self, newest: int) -> None:
        self.firsts, self.lasts = numbers_by_key(newest), numbers_by_key(newest)
        ordinals = numbers_by_key(newest)
        several: dict[int, list[tuple[int, int, int]]] = {}
        paragraphs = Paragraph.objects.filter(statement__lte=newest).order_by()
        places = paragraphs.values_list(
            "statement", "ordinal", "first_line", "last_line"
        )
        for pk, ordinal, first, last in places.iterator(ROWS_AT_ONCE):
            if ordinals[pk]:
                several.setdefault(pk, []).append((ordinal, first, last))
            else:
                ordinals[pk] = ordinal + 1
                self.firsts[pk], self.lasts[pk] = first, last
        self.texts = {
            pk: lines(
                place[1:]
                for place in sorted(
                    [(ordinals[pk] - 1, self.firsts[pk], self.lasts[pk]), *others]
                )
            )
            for pk, others in several.items()
        }

    def __call__(self, pks: list[int]) -> CellColumn:
        texts, firsts, lasts = self.texts, self.firsts, self.lasts
        return [
            texts.get(pk) or (line_range(firsts[pk], lasts[pk]) if lasts[pk] else "")
            for pk in pks
        ]


class HistoryOfAll:
    """Of the changes that readers were told of: the second of each statement's last,
    and how many it has had.
    """

    def __init__(self, newest: int) -> None:
        self.seconds = numbers_by_key(newest, "q")
        self.numbers = numbers_by_key(newest)
        changes = told_changes().filter(statement__lte=newest)
        for pk, at, number in changes.iterator(ROWS_AT_ONCE):
            self.seconds[pk], self.numbers[pk] = int(at.timestamp()), number
        self.text_of = lru_cache(KEPT_MOMENTS)(second_as_text)

    def moments(self, pks: list[int]) -> CellColumn:
        text_of, seconds, numbers = self.text_of, self.seconds, self.numbers
        return [text_of(seconds[pk]) if numbers[pk] else "" for pk in pks]

    def revisions(self, pks: list[int]) -> CellColumn:
        return [self.numbers[pk] or None for pk in pks]


class ChecksOfAll:
    """The day of the last check of each statement, as the number of the day."""

    def __init__(self, newest: int) -> None:
        self.days = numbers_by_key(newest)
        for pk, day in last_checks().filter(pk__lte=newest).iterator(ROWS_AT_ONCE):
            self.days[pk] = day.toordinal() if day else 0

    def __call__(self, pks: list[int]) -> CellColumn:
        days = self.days
        return [day_as_text(days[pk]) if days[pk] else "" for pk in pks]


@lru_cache(KEPT_DAYS)
def day_as_text(number: int) -> str:
    return str(date.fromordinal(number))


def last_checks() -> "QuerySet[Statement, tuple[int, date | None]]":
    """The day on which staff last checked a statement, of those that have one."""
    checked = Statement.objects.filter(upkeep__checked_on__isnull=False).order_by()
    return checked.values_list("pk", "upkeep__checked_on")


def told_changes() -> "QuerySet[Revision, tuple[int, datetime, int]]":
    """By statement, the last change that readers were told of, and how many so far."""
    by_statement = Revision.objects.shown().order_by().values_list("statement")
    return by_statement.annotate(last=Max("at"), n=Count("pk"))


def second_as_text(second: int) -> str:
    return moment_as_text(datetime.fromtimestamp(second, UTC))
