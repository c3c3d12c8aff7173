"""The index after a change, from the index before it: what did not change is not asked
for again, and the index that others read stays as it is.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from copy import copy
from itertools import chain

from django.db.models import OuterRef, Q, Subquery
from django.http import QueryDict
from pyroaring import BitMap

from explorer.results.facet_index import (
    TOPMOST,
    FacetIndex,
    choices_filters,
    newest_events,
    with_places,
)
from explorer.results.place_runs import PlaceRuns
from statements.filters.fields import ChoicesFilter, SortOrder
from statements.filters.filterset import StatementFilter
from statements.models import COUNTED_KINDS, Event, Statement
from statements.requests import PortalRequest

#: The statements that stand right behind another; behind None, first of all.
Followers = dict[int | None, list[int]]


def patched_index(
    former: FacetIndex, changed: Collection[int], request: PortalRequest
) -> FacetIndex | None:
    """The index as of the request's version, where only these statements may be others
    than in the former one; None where that is no less work than to make it anew.
    """
    filterset = StatementFilter(QueryDict(), request=request)
    placed = places_of_changed(filterset, changed)
    behind = {pk for pk in placed if pk is not None}
    if not all(map(former.knows, behind)):
        return None
    index, present = copy(former), {*chain(*placed.values())}
    index.known = (former.known - BitMap(changed)) | BitMap(present)
    moves = None
    if placed != places_before(former, changed):
        moves = PlaceRuns(former, changed, placed)
        if moves.are_many:
            return None
        move_places(index, moves)
    patch = IndexPatch(former, index, changed, present, moves)
    patch.put_outline()
    patch.put_choices(choices_filters(filterset))
    patch.put_dates(filterset)
    patch.put_links()
    return index


def places_of_changed(
    filterset: StatementFilter, changed: Collection[int]
) -> Followers:
    """The published ones, behind the statements that did not change."""
    published = Statement.objects.rewrite(False).published()
    before = published.filter(sort_key__lt=OuterRef("sort_key")).exclude(pk__in=changed)
    nearest = Subquery(before.order_by("-sort_key").values("pk")[:1])
    by_code = filterset.filters["sort"].filter(
        published.among(changed).annotate(nearest=nearest), SortOrder.CODE
    )
    placed: Followers = defaultdict(list)
    for pk, behind in by_code.values_list("pk", "nearest"):
        placed[behind].append(pk)
    return placed


def places_before(former: FacetIndex, changed: Collection[int]) -> Followers:
    """The same, as the former index has them."""
    placed: Followers = defaultdict(list)
    for place in former.places(changed):
        behind = place - 1
        while behind >= 0 and former.pks[behind] in changed:
            behind -= 1
        placed[former.pks[behind] if behind >= 0 else None].append(former.pks[place])
    return placed


def move_places(index: FacetIndex, moves: PlaceRuns) -> None:
    """All that says a place says where it is now; the changed ones are in none."""
    index.pks = moves.pks
    index.place = moves.places_by_key(index.place)
    index.all = BitMap(range(len(index.pks)))
    index.parents = moves.by_place(index.parents)
    index.links = moves.by_place(index.links)
    index.natures = moves.bitmaps(index.natures)
    index.members = {name: moves.bitmaps(m) for name, m in index.members.items()}


class IndexPatch:
    """The changed statements, read anew and put where they belong: `present` are those
    of them that are published; `moves`, where any place is another.
    """

    def __init__(
        self,
        former: FacetIndex,
        index: FacetIndex,
        changed: Collection[int],
        present: Collection[int],
        moves: PlaceRuns | None,
    ) -> None:
        self.former, self.index = former, index
        self.present, self.moves = present, moves
        #: The places where the changed ones were, and those where they are.
        self.left = former.places(changed)
        self.places = index.places(present)

    def put_outline(self) -> None:
        """Parents and natures; also of what stands under one that came or went."""
        index = self.index
        others = self.index.known ^ self.former.known
        if self.moves is None:
            index.parents = index.parents[:]
        rows = Statement.objects.rewrite(False).order_by()
        near = rows.filter(Q(pk__in=self.present) | Q(parent__in=list(others)))
        pairs = []
        for pk, nature, parent in near.values_list("pk", "nature", "parent"):
            if index.knows(pk):
                above = parent if parent and index.knows(parent) else TOPMOST
                index.parents[index.place[pk]] = above
                pairs.append((nature, pk))
        index.natures = self.put(index.natures, pairs)

    def put_choices(self, filters: dict[str, ChoicesFilter]) -> None:
        """Of values that are asked for one by one those that are new are asked of all
        statements, and those that are gone are left out.
        """
        index, former = self.index, self.former
        index.asked = {name: one.asked_values for name, one in filters.items()}
        index.members = {**index.members}
        for name, filter_ in filters.items():
            asked, before = index.asked[name], former.asked[name]
            members = index.members[name]
            if asked != before:
                members = {v: m for v, m in members.items() if v in asked}
                new = [value for value in asked if value not in before]
                members |= index.bitmaps(filter_.pairs(values=new))
            index.members[name] = self.put(members, filter_.pairs(among=self.present))
        index.counted = index.chosen("kind", COUNTED_KINDS)

    def put(
        self, members: dict[str, BitMap], pairs: Iterable[tuple[object, int]]
    ) -> dict[str, BitMap]:
        """The members with the changed statements where the pairs have them."""
        found = self.index.bitmaps(pairs)
        none = BitMap()
        return with_places(
            {
                value: (members.get(value, none) - self.places) | found.get(value, none)
                for value in members.keys() | found.keys()
            }
        )

    def put_dates(self, filterset: StatementFilter) -> None:
        index = self.index
        dated = Event.objects.among(self.present).order_by().values("statement")
        published = Statement.objects.rewrite(False).among(self.present)
        fresh = [*newest_events(filterset, published.filter(pk__in=dated))]
        gone = self.left & index.dated
        if not fresh and not gone and self.moves is None:
            return
        index.days, places = index.days[:], index.newest_first[:]
        for place in gone:
            at = places.index(place)
            del index.days[at], places[at]
        index.newest_first = places if self.moves is None else self.moves.of(places)
        for day, pk in fresh:
            self.put_date(day, index.place[pk])
        index.dated = BitMap(index.newest_first)

    def put_date(self, day: int, place: int) -> None:
        """The newest first, and of one day in the order of the documents."""
        days, places = self.index.days, self.index.newest_first
        at = bisect_left(
            range(len(days)), (-day, place), key=lambda n: (-days[n], places[n])
        )
        days.insert(at, day)
        places.insert(at, place)

    def put_links(self) -> None:
        """The others are linked with as many as before."""
        index = self.index
        if self.moves is None:
            index.links = index.links[:]
        for place in self.places:
            index.links[place] = 0
        for pk in index.linked(among=self.present):
            if pk in self.present:
                index.links[index.place[pk]] += 1
