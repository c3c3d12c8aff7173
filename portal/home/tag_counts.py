"""Counts of the home page, each the number that search finds by the same query."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar, cast

from django.db.models import Count

from explorer.topics.groups import GROUPED_BY, TopicGroup, topic_groups
from statements.filters.choices import Vocabulary
from statements.filters.fields import TagsFilter
from statements.filters.filterset import StatementFilter
from statements.models import (
    Country,
    Document,
    PartNature,
    Region,
    StatementQuerySet,
    Theme,
)

PlaceTag = TypeVar("PlaceTag", Region, Country)


@dataclass(frozen=True)
class GapCell:
    group: TopicGroup
    count: int


@dataclass(frozen=True)
class GapRow:
    """A theme, all statements of it, and those of the newest of each sort."""

    theme: Theme
    count: int
    cells: list[GapCell]


class GapTable(NamedTuple):
    groups: list[TopicGroup]
    rows: list[GapRow]

    @property
    def halves(self) -> list[list[GapRow]]:
        """The rows as they stand side by side on wide screens."""
        middle = (len(self.rows) + 1) // 2
        return [self.rows[:middle], self.rows[middle:]]


def gap_table(filterset: StatementFilter, terms: Vocabulary) -> GapTable:
    """Themes by the newest goals, achievements and tasks; the most statements first."""
    newest: dict[str, TopicGroup] = {}
    for group in topic_groups(terms):
        newest.setdefault(group.nature, group)
    groups = [newest[nature] for nature in ("", *PartNature) if nature in newest]
    tags = cast(TagsFilter, filterset.filters["theme"])
    counts = tags.counts_by_value(filterset.qs, *GROUPED_BY)
    rows = []
    for theme in terms.themes:
        of_theme = counts.get(theme.slug, Counter())
        cells = [GapCell(group, group.total(of_theme)) for group in groups]
        rows.append(GapRow(theme, of_theme.total(), cells))
    return GapTable(groups, sorted(rows, key=lambda row: -row.count))


def counted_tags(
    filterset: StatementFilter, name: str, terms: Iterable[PlaceTag]
) -> list[tuple[PlaceTag, int]]:
    """The terms that have statements, those with the most first."""
    tags = cast(TagsFilter, filterset.filters[name])
    counts = tags.counts_by_value(filterset.qs)
    counted = [(term, counts.get(term.slug, Counter()).total()) for term in terms]
    return sorted((one for one in counted if one[1]), key=lambda one: -one[1])


def documents_with_counts(
    statements: StatementQuerySet, documents: Iterable[Document]
) -> list[tuple[Document, int]]:
    counted = statements.order_by().values_list("document").annotate(Count("pk"))
    counts = dict(counted)
    return [(document, counts.get(document.pk, 0)) for document in documents]
