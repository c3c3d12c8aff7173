"""Counts of the home page, each the number that search finds by the same query."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from explorer.results.facet_index import FacetIndex
from explorer.topics.counts import places_of_topic
from explorer.topics.groups import TopicGroup, topic_groups
from statements.filters.choices import Vocabulary
from statements.models import Country, Document, PartNature, Region, Theme

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


def gap_table(index: FacetIndex, terms: Vocabulary) -> GapTable:
    """Themes by the newest goals, achievements and tasks; the most statements first."""
    newest: dict[str, TopicGroup] = {}
    for group in topic_groups(terms):
        newest.setdefault(group.nature, group)
    groups = [newest[nature] for nature in ("", *PartNature) if nature in newest]
    places = [(group, group.places(index)) for group in groups]
    rows = []
    for theme in terms.themes:
        of_theme = places_of_topic(index, theme) & index.counted
        cells = [GapCell(group, len(of_theme & own)) for group, own in places]
        rows.append(GapRow(theme, len(of_theme), cells))
    return GapTable(groups, sorted(rows, key=lambda row: -row.count))


def counted_tags(
    index: FacetIndex, terms: Iterable[PlaceTag]
) -> list[tuple[PlaceTag, int]]:
    """The terms that have statements, those with the most first."""
    counted = [
        (term, len(places_of_topic(index, term) & index.counted)) for term in terms
    ]
    return sorted((one for one in counted if one[1]), key=lambda one: -one[1])


def documents_with_counts(
    index: FacetIndex, documents: Iterable[Document]
) -> list[tuple[Document, int]]:
    return [
        (document, len(index.chosen("document", [document.slug]) & index.counted))
        for document in documents
    ]
