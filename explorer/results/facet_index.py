"""The statements that each choice of each filter finds, as bitmaps in memory.

Counts beside every choice, with several values and without the facet's own selection,
are then intersections of bitmaps: a page costs the same at 100,000 statements as at
1,000 (docs/performance.md). The index is made from the FilterSet's own filters, once
for each state of the data.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.http import QueryDict
from pyroaring import BitMap

from statements.filters.fields import ChoicesFilter, SortOrder
from statements.filters.filterset import StatementFilter
from statements.models import COUNTED_KINDS, Event, Link, Statement, StatementQuerySet
from statements.requests import PortalRequest

#: The key of the parent of what stands under nothing.
TOPMOST = 0


class FacetIndex:
    """Published statements by place: 0 is the first in the order of the documents."""

    def __init__(self, request: PortalRequest) -> None:
        filterset = StatementFilter(QueryDict(), request=request)
        everything = Statement.objects.rewrite(False)
        self.known = BitMap(keys(everything.published().order_by()))
        by_code = filterset.filters["sort"].filter(everything, SortOrder.CODE)
        self.pks = array("I", filter(self.knows, keys(by_code)))
        self.place = places_by_key(self.pks)
        self.all = BitMap(range(len(self.pks)))
        #: The key of what each stands right under, by place.
        self.parents = array("I", [TOPMOST]) * len(self.pks)
        natures: dict[str, BitMap] = defaultdict(BitMap)
        stood = everything.order_by().values_list("pk", "nature", "parent")
        for pk, nature, parent in stood.iterator():
            if self.knows(pk):
                natures[nature].add(self.place[pk])
                if parent and self.knows(parent):
                    self.parents[self.place[pk]] = parent
        self.natures = with_places(natures)
        filters = choices_filters(filterset)
        #: The values that were asked for one by one, by filter.
        self.asked = {name: one.asked_values for name, one in filters.items()}
        self.members = {
            name: self.bitmaps(filter_.pairs()) for name, filter_ in filters.items()
        }
        self.counted = self.chosen("kind", COUNTED_KINDS)
        dated = Event.objects.order_by().values("statement")
        by_date = newest_events(filterset, everything.filter(pk__in=dated))
        known = [(day, self.place[pk]) for day, pk in by_date if self.knows(pk)]
        #: The days of the newest events, and beside them the places.
        self.days = array("i", (day for day, _place in known))
        self.newest_first = array("I", (place for _day, place in known))
        self.dated = BitMap(self.newest_first)
        #: The number of public links, by place.
        self.links = array("I", [0]) * len(self.pks)
        for pk in self.linked():
            self.links[self.place[pk]] += 1

    def bitmaps(self, pairs: Iterable[tuple[object, int]]) -> dict[str, BitMap]:
        """The places of the statements that each value finds; a value that finds none
        is left out.
        """
        keys_by_value: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for value, pk in pairs:
            keys_by_value[str(value)].append(pk)
        return with_places({v: self.places(pks) for v, pks in keys_by_value.items()})

    def places(self, pks: Iterable[int]) -> BitMap:
        """The places of the published ones; what was published since has none."""
        known = self.known & BitMap(pks)
        return BitMap(array("I", map(self.place.__getitem__, known)))

    def linked(self, among: Collection[int] | None = None) -> Iterator[int]:
        """The key of a known statement for each end of each public link, or of those of
        these statements.
        """
        links = Link.objects.public().order_by()
        if among is not None:
            links = links.touching(among)
        for link in links.values_list("later", "earlier").iterator():
            yield from filter(self.knows, link)

    def chosen(self, name: str, values: Iterable[str]) -> BitMap:
        """The places of the statements that any of these values of a filter finds."""
        members = self.members[name]
        return BitMap().union(*(members[v] for v in values if v in members))

    def of_nature(self, nature: str) -> BitMap:
        """The places of what is of achievements, of tasks, or of neither."""
        return self.natures.get(nature, BitMap())

    def places_above(self, place: int) -> Iterator[int]:
        """The places of what the statement at a place is under, the nearest first."""
        while (above := self.parents[place]) != TOPMOST:
            place = self.place[above]
            yield place

    def places_below(self, place: int) -> BitMap:
        """The places of what stands under the statement at a place: right behind it."""
        end = place + 1
        while end < len(self.parents) and self.is_under(end, place):
            end += 1
        return BitMap(range(place + 1, end))

    def is_under(self, place: int, first: int) -> bool:
        """True of what stands under that place, or under one behind it."""
        above = self.parents[place]
        return above != TOPMOST and self.place[above] >= first

    def knows(self, pk: int) -> bool:
        return pk in self.known

    def values(self, name: str, place: int) -> list[str]:
        """The values of a filter that find the statement at a place."""
        members = self.members[name]
        return [value for value, places in members.items() if place in places]


def keys(statements: StatementQuerySet) -> Iterator[int]:
    return statements.values_list("pk", flat=True).iterator()


def places_by_key(pks: "array[int]") -> "array[int]":
    """The place of each key, by the key; where there is none, 0."""
    places = array("I", [0]) * (max(pks, default=0) + 1)
    for place, pk in enumerate(pks):
        places[pk] = place
    return places


def with_places(members: Mapping[str, BitMap]) -> dict[str, BitMap]:
    """Those with any place, by value."""
    return {value: members[value] for value in sorted(members) if members[value]}


def choices_filters(filterset: StatementFilter) -> dict[str, ChoicesFilter]:
    return {
        name: filter_
        for name, filter_ in filterset.filters.items()
        if isinstance(filter_, ChoicesFilter)
    }


def newest_events(
    filterset: StatementFilter, dated: StatementQuerySet
) -> Iterator[tuple[int, int]]:
    """The day of the newest event of each of these statements and its key, the newest
    first.
    """
    by_date = filterset.filters["sort"].filter(dated, SortOrder.DATE)
    for newest, pk in by_date.values_list("newest_event", "pk").iterator():
        yield newest.toordinal(), pk
