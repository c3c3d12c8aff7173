"""The statements that each choice of each filter finds, as bitmaps in memory.

Counts beside every choice, with several values and without the facet's own selection,
are then intersections of bitmaps: a page costs the same at 100,000 statements as at
1,000 (docs/performance.md). The index is made from the FilterSet's own filters, once
for each state of the data.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.http import QueryDict
from pyroaring import BitMap

from statements.filters.fields import ChoicesFilter, SortOrder
from statements.filters.filterset import StatementFilter
from statements.models import COUNTED_KINDS, Event, Link, Statement, StatementQuerySet
from statements.requests import PortalRequest
from statements.version_cache import VersionCache

#: The parent of what stands under nothing.
TOPMOST = -1


class FacetIndex:
    """Published statements by place: 0 is the first in the order of the documents."""

    def __init__(self, request: PortalRequest) -> None:
        filterset = StatementFilter(QueryDict(), request=request)
        everything = Statement.objects.rewrite(False)
        self.known = BitMap(keys(everything.published().order_by()))
        by_code = filterset.filters["sort"].filter(everything, SortOrder.CODE)
        self.pks = array("I", filter(self.knows, keys(by_code)))
        self.place = array("I", [0]) * (max(self.pks, default=0) + 1)
        for place, pk in enumerate(self.pks):
            self.place[pk] = place
        self.all = BitMap(range(len(self.pks)))
        self.parents = array("i", [TOPMOST]) * len(self.pks)
        self.natures: dict[str, BitMap] = defaultdict(BitMap)
        stood = everything.order_by().values_list("pk", "nature", "parent")
        for pk, nature, parent in stood.iterator():
            if self.knows(pk):
                self.natures[nature].add(self.place[pk])
                if parent and self.knows(parent):
                    self.parents[self.place[pk]] = self.place[parent]
        self.members = {
            name: self.bitmaps(filter_)
            for name, filter_ in filterset.filters.items()
            if isinstance(filter_, ChoicesFilter)
        }
        self.counted = self.chosen("kind", COUNTED_KINDS)
        dated = everything.filter(pk__in=Event.objects.order_by().values("statement"))
        by_date = filterset.filters["sort"].filter(dated, SortOrder.DATE)
        newest_first = filter(self.knows, keys(by_date))
        self.newest_first = array("I", map(self.place.__getitem__, newest_first))
        self.dated = BitMap(self.newest_first)
        self.links = Counter(self.linked())

    def bitmaps(self, filter_: ChoicesFilter) -> dict[str, BitMap]:
        """The places of the statements that each value finds."""
        keys_by_value: dict[object, array[int]] = defaultdict(lambda: array("I"))
        for value, pk in filter_.pairs():
            keys_by_value[value].append(pk)
        return {str(value): self.places(pks) for value, pks in keys_by_value.items()}

    def places(self, pks: Iterable[int]) -> BitMap:
        """The places of the published ones; what was published since has none."""
        known = self.known & BitMap(pks)
        return BitMap(array("I", map(self.place.__getitem__, known)))

    def linked(self) -> Iterator[int]:
        """A place for each end of each public link."""
        links = Link.objects.public().order_by().values_list("later", "earlier")
        for link in links.iterator():
            yield from (self.place[pk] for pk in link if self.knows(pk))

    def chosen(self, name: str, values: Iterable[str]) -> BitMap:
        """The places of the statements that any of these values of a filter finds."""
        members = self.members[name]
        return BitMap().union(*(members[v] for v in values if v in members))

    def of_nature(self, nature: str) -> BitMap:
        """The places of what is of achievements, of tasks, or of neither."""
        return self.natures.get(nature, BitMap())

    def places_above(self, place: int) -> Iterator[int]:
        """The places of what the statement at a place is under, the nearest first."""
        while (place := self.parents[place]) != TOPMOST:
            yield place

    def places_below(self, place: int) -> BitMap:
        """The places of what stands under the statement at a place: right behind it."""
        end = place + 1
        while end < len(self.parents) and self.parents[end] >= place:
            end += 1
        return BitMap(range(place + 1, end))

    def knows(self, pk: int) -> bool:
        return pk in self.known

    def values(self, name: str, place: int) -> list[str]:
        """The values of a filter that find the statement at a place."""
        members = self.members[name]
        return [value for value, places in members.items() if place in places]


def keys(statements: StatementQuerySet) -> Iterator[int]:
    return statements.values_list("pk", flat=True).iterator()


indexes: VersionCache[FacetIndex] = VersionCache()


def facet_index(request: PortalRequest) -> FacetIndex:
    """The index as of the request's version of the data."""
    return indexes.answer(request.data_version, lambda: FacetIndex(request))
