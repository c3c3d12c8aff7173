"""A chart for each region, with a mark for each of its statements."""

from dataclasses import dataclass
from typing import NamedTuple

from explorer.charts.matrix import count_by_region
from statements.models import BROWSED_KINDS, Kind, Region, StatementQuerySet


class StatementMark(NamedTuple):
    kind: Kind


@dataclass(frozen=True)
class RegionChart:
    region: Region
    marks: list[StatementMark]

    @property
    def count(self) -> int:
        return len(self.marks)

    def count_of_kind(self, kind: Kind) -> int:
        return self.marks.count(StatementMark(kind))

    @property
    def by_kind(self) -> list[int]:
        """The counts of the browsed kinds, in their order."""
        return [self.count_of_kind(kind) for kind in BROWSED_KINDS]


def region_charts(
    statements: StatementQuerySet, regions: list[Region]
) -> list[RegionChart]:
    """Charts of the browsed kinds; a statement stands once in each of its regions."""
    counts = count_by_region(statements.of_kinds(*BROWSED_KINDS), "kind")
    return [
        RegionChart(
            region,
            [
                StatementMark(kind)
                for kind in BROWSED_KINDS
                for _ in range(counts.get((region.slug, kind.value), 0))
            ],
        )
        for region in regions
    ]
