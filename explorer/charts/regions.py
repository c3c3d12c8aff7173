"""A chart for each region, with a mark for each of its statements."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from explorer.charts.matrix import count_by_region
from statements.filters.choices import Vocabulary
from statements.models import (
    COUNTED_KINDS,
    Kind,
    PartNature,
    Region,
    StatementQuerySet,
)

#: The kinds of goals that have a column each; what else there is of goals, notes, has
#: the last.
GOAL_COLUMNS = (
    *(Kind.OBJECTIVE, Kind.KEY_CONTENT, Kind.DETAIL, Kind.EXPECTED_EFFECT, Kind.NOTE),
)
#: The kind that stands for all of a report's part: its sub-items and notes too.
OF_NATURE = {PartNature.ACHIEVEMENTS: Kind.ACHIEVEMENT, PartNature.TASKS: Kind.TASK}


class StatementMark(NamedTuple):
    """A statement by the kind of its column and, if it is of a report, the year of its
    edition.
    """

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
    """Charts of all that is counted; a statement counts once in each of its regions."""
    counted = statements.of_kinds(*COUNTED_KINDS)
    counts: Counter[tuple[str, StatementMark]] = Counter()
    by_place = count_by_region(counted, "kind", "nature", "year")
    for (region, kind, nature, year), n in by_place.items():
        mark = StatementMark(OF_NATURE[nature] if nature else kind, year)
        counts[region, mark] += n
    of_goals = [StatementMark(kind, None) for kind in GOAL_COLUMNS]
    columns = of_goals + [mark for _name, mark in edition_columns(terms)]
    return [
        RegionChart(
            region,
            [mark for mark in columns for _ in range(counts[region.slug, mark])],
            columns,
        )
        for region in terms.regions
    ]


def edition_columns(terms: Vocabulary) -> list[tuple[str, StatementMark]]:
    """The parts of each nature and year, with what the reader calls them."""
    return [
        (nature.name_of(year), StatementMark(kind, year))
        for nature, kind in OF_NATURE.items()
        for year in terms.editions[nature]
    ]
