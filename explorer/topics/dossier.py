"""The statements of a topic as its page shows them: columns of editions, threads."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from explorer.topics.groups import (
    GROUPED_BY,
    TOPIC_COLUMNS,
    TopicColumn,
    TopicGroup,
)
from explorer.topics.threads import Thread, threads_between
from statements.models import Statement, StatementQuerySet, mark_within

#: How many statements of a group, and how many events and figures, a page shows.
STATEMENTS_SHOWN = 15


class DossierRow(NamedTuple):
    """A statement with its links to others of the page."""

    statement: Statement
    threads: list[Thread]


class GroupSummary(NamedTuple):
    """A group of one topic: its first statements, and how many it has in all."""

    group: TopicGroup
    total: int
    rows: list[DossierRow]


class DossierColumn(NamedTuple):
    """The groups of a column: the newest, even if empty; earlier ones with any."""

    column: TopicColumn
    newest: GroupSummary | None
    earlier: list[GroupSummary]


def dossier_columns(summaries: Iterable[GroupSummary]) -> Iterator[DossierColumn]:
    summaries = list(summaries)
    for column in TOPIC_COLUMNS:
        own = [s for s in summaries if s.group.nature == column.nature]
        earlier = [summary for summary in own[1:] if summary.total]
        yield DossierColumn(column, own[0] if own else None, earlier)


def summarize_groups(
    statements: StatementQuerySet, groups: Iterable[TopicGroup]
) -> list[GroupSummary]:
    first = list(first_of_each_group(statements))
    counts = {
        (row.nature, row.year, row.document_id): row.count_of_group  # type: ignore[attr-defined]
        for row in first
    }
    shown = [(group, statements_of_group(group, first)) for group in groups]
    threads = threads_between(row for _group, rows in shown for row in rows)
    return [
        GroupSummary(
            group,
            group.total(counts),
            [DossierRow(row, threads.get(row.pk, [])) for row in rows],
        )
        for group, rows in shown
    ]


def statements_of_group(
    group: TopicGroup, statements: Iterable[Statement]
) -> list[Statement]:
    rows = [
        statement
        for statement in statements
        if group.holds(statement.nature, statement.year, statement.document_id)
    ][:STATEMENTS_SHOWN]
    mark_within(rows)
    return rows


def first_of_each_group(statements: StatementQuerySet) -> StatementQuerySet:
    """The first statements of each kind and edition, with what their rows show."""
    group = [F(name) for name in GROUPED_BY]
    number = Window(RowNumber(), partition_by=group, order_by=F("sort_key").asc())
    count = Window(Count("pk"), partition_by=group)
    return (
        statements.annotate(number_in_group=number, count_of_group=count)
        .filter(number_in_group__lte=STATEMENTS_SHOWN)
        .select_related("parent")
        .prefetch_related("paragraphs")
        .in_outline_order()
    )
