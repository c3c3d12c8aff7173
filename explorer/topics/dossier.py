"""The statements of a topic as its page shows them: columns of editions, threads."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from pyroaring import BitMap

from explorer.results.facet_index import FacetIndex
from explorer.topics.groups import TOPIC_COLUMNS, TopicColumn, TopicGroup
from explorer.topics.threads import Thread, threads_between
from statements.models import Statement, mark_within

#: How many statements of a group, and how many events and figures, a page shows.
STATEMENTS_SHOWN = 15
#: How many earlier groups a column has; search has all.
EARLIER_SHOWN = 10


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
    """The groups of a column: the newest, even if empty; earlier ones with any, and how
    many of these are not shown.
    """

    column: TopicColumn
    newest: GroupSummary | None
    earlier: list[GroupSummary]
    n_further: int


def dossier_columns(summaries: Iterable[GroupSummary]) -> Iterator[DossierColumn]:
    summaries = list(summaries)
    for column in TOPIC_COLUMNS:
        own = [s for s in summaries if s.group.nature == column.nature]
        earlier = [summary for summary in own[1:] if summary.total]
        shown, further = earlier[:EARLIER_SHOWN], earlier[EARLIER_SHOWN:]
        yield DossierColumn(column, own[0] if own else None, shown, len(further))


def summarize_groups(
    index: FacetIndex, places: BitMap, groups: Iterable[TopicGroup]
) -> list[GroupSummary]:
    """The groups of the statements at these places."""
    by_group = [(group, places & group.places(index)) for group in groups]
    first = {
        group: [index.pks[place] for place in islice(found, STATEMENTS_SHOWN)]
        for group, found in by_group
    }
    known = rows_by_key(pk for pks in first.values() for pk in pks)
    shown = {
        group: [known[pk] for pk in pks if pk in known] for group, pks in first.items()
    }
    threads = threads_between(row for rows in shown.values() for row in rows)
    for rows in shown.values():
        mark_within(rows)
    return [
        GroupSummary(
            group,
            len(found),
            [DossierRow(row, threads.get(row.pk, [])) for row in shown[group]],
        )
        for group, found in by_group
    ]


def rows_by_key(pks: Iterable[int]) -> dict[int, Statement]:
    """With what rows show; no more than a page has of them."""
    statements = Statement.objects.filter(pk__in=list(pks)).select_related("parent")
    return {one.pk: one for one in statements.prefetch_related("paragraphs")}
