"""The statements that the explorer's query finds, read from the index."""

from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from pyroaring import BitMap

from explorer.query import offered_statements
from explorer.results.facet_index import FacetIndex, facet_index
from explorer.results.filters import ExplorerFilter
from statements.filters.fields import SortOrder
from statements.requests import PortalRequest


class ResultSet:
    """The statements that meet all filters of a valid query, as places in the index."""

    def __init__(self, request: PortalRequest, filterset: ExplorerFilter) -> None:
        self.given = filterset.given
        self.index = facet_index(request)
        self.is_browsing = "kind" not in request.GET and "q" not in self.given
        self.query = str(self.given.get("q", ""))
        self.ranked = self.places_by_rank(request) if self.query else None
        self.by_facet = {
            name: self.index.chosen(name, self.given_values(name))
            for name in self.index.members
            if name in self.given
        }

    def given_values(self, name: str) -> list[str]:
        """The values that are given to a filter that takes several."""
        values = self.given.get(name, [])
        return values if isinstance(values, list) else []

    def places_by_rank(self, request: PortalRequest) -> list[int]:
        """The places of the statements with the words, the most relevant first."""
        statements = offered_statements(request).search(
            self.query, request.data_version
        )
        ranks = statements.order_by().rewrite(False).values_list("pk", "rank")  # type: ignore[misc]
        known = ((pk, rank) for pk, rank in ranks if self.index.knows(pk))
        by_rank = sorted((-rank, self.index.place[pk]) for pk, rank in known)
        return [place for _rank, place in by_rank]

    @cached_property
    def words(self) -> BitMap | None:
        return None if self.ranked is None else BitMap(self.ranked)

    def without(self, *names: str) -> BitMap:
        """The places that are found when these filters ask for nothing."""
        is_browsing = self.is_browsing and "kind" not in names
        places = self.index.counted if is_browsing else self.index.all
        if self.words is not None and "q" not in names:
            places = places & self.words
        for name, members in self.by_facet.items():
            if name not in names:
                places = places & members
        return places

    @cached_property
    def places(self) -> BitMap:
        places = self.index.counted if self.is_browsing else self.index.all
        for members in [self.words, *self.by_facet.values()]:
            if members is not None:
                places = places & members
        return places

    def in_order(self) -> Sequence[int] | BitMap:
        """The places in the order that is asked for."""
        sort = self.given.get("sort")
        if sort == SortOrder.DATE:
            return ByDate(self.index, self.places)
        if sort != SortOrder.CODE and self.ranked is not None:
            return [place for place in self.ranked if place in self.places]
        return self.places


class ByDate(Sequence[int]):
    """The newest first, then what has no date, in the order of the documents."""

    def __init__(self, of: FacetIndex, places: BitMap) -> None:
        self.of, self.places = of, places
        self.undated = places - of.dated

    def __len__(self) -> int:
        return len(self.places)

    # A paginator reads slices alone.
    def __getitem__(self, part: slice) -> list[int]:  # type: ignore[override]
        start, stop, _step = part.indices(len(self))
        dated = (place for place in self.of.newest_first if place in self.places)
        first = len(self) - len(self.undated)
        later = slice(max(start - first, 0), max(stop - first, 0))
        return [*islice(dated, start, stop), *self.undated[later]]
