"""A chart for each region, with a mark for each of its statements."""

from dataclasses import dataclass
from typing import NamedTuple

from explorer.charts.matrix import count_by_region
from statements.filters.choices import Vocabulary
from statements.models import (
    BROWSED_KINDS,
    Kind,
    PartNature,
    Region,
    StatementQuerySet,
)

#: The nature of the parts that hold the items of a kind.
NATURES = {Kind.ACHIEVEMENT: PartNature.ACHIEVEMENTS, Kind.TASK: PartNature.TASKS}


class StatementMark(NamedTuple):
    """A statement by its kind and, if it is of a report, the year of its edition."""

    kind: Kind
    year: int | None


@dataclass(frozen=True)
class RegionChart:
    region: Region
    marks: list[StatementMark]
    #: The marks of which the table has a column each.
    columns: list[StatementMark]

    @property
    def count(self) -> int:
        return len(self.marks)

    @property
    def by_column(self) -> list[int]:
        return [self.marks.count(mark) for mark in self.columns]

    def count_of_kind(self, kind: Kind) -> int:
        return sum(mark.kind == kind for mark in self.marks)


def region_charts(
    statements: StatementQuerySet, terms: Vocabulary
) -> list[RegionChart]:
    """Charts of the browsed kinds; a statement stands once in each of its regions."""
    browsed = statements.of_kinds(*BROWSED_KINDS)
    counts = count_by_region(browsed, "kind", "year")
    of_goals = [
        StatementMark(kind, None) for kind in BROWSED_KINDS if kind not in NATURES
    ]
    columns = of_goals + [mark for _name, mark in edition_columns(terms)]
    return [
        RegionChart(
            region,
            [
                mark
                for mark in columns
                for _ in range(counts.get((region.slug, *mark), 0))
            ],
            columns,
        )
        for region in terms.regions
    ]


def edition_columns(terms: Vocabulary) -> list[tuple[str, StatementMark]]:
    """The items of each nature and year, with what the reader calls them."""
    return [
        (nature.name_of(year), StatementMark(kind, year))
        for kind, nature in NATURES.items()
        for year in terms.editions[nature]
    ]
