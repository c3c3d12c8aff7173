"""The board of regions: a tile for each, with a mark for each of its statements."""

from typing import NamedTuple

from explorer.charts.matrix import count_by_region
from statements.models import BROWSED_KINDS, Kind, Region, StatementQuerySet


class StatementMark(NamedTuple):
    kind: Kind


class RegionChart(NamedTuple):
    region: Region
    marks: list[StatementMark]

    @property
    def count(self) -> int:
        return len(self.marks)

    @property
    def by_kind(self) -> list[int]:
        """How many of each kind that people browse, in their order."""
        return [self.marks.count(StatementMark(kind)) for kind in BROWSED_KINDS]


def region_charts(
    statements: StatementQuerySet, regions: list[Region]
) -> list[RegionChart]:
    """Of what people browse; a statement stands once in each of its regions."""
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
