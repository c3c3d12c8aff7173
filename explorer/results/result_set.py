"""The statements that the explorer's query finds, read from the index."""

from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from pyroaring import BitMap

from explorer.query import offered_statements
from explorer.results.facet_index import FacetIndex, keys
from explorer.results.filters import ExplorerFilter
from explorer.results.kept_index import facet_index
from statements.filters.fields import SortOrder
from statements.filters.filterset import ARRANGEMENT
from statements.models import Statement
from statements.requests import PortalRequest
from statements.search.ranking import Match

#: Parameters without a facet that are not to be found by their filter here.
BESIDE_FACETS = {"q", "code", *ARRANGEMENT}


class ResultSet:
    """The statements that meet all filters of a valid query, as places in the index."""

    def __init__(self, request: PortalRequest, filterset: ExplorerFilter) -> None:
        self.given = filterset.given
        self.index = facet_index(request)
        self.is_browsing = "kind" not in request.GET and not self.given.keys() & {
            "q",
            "code",
        }
        self.query = str(self.given.get("q", ""))
        self.matches: dict[int, str] = {}
        self.ranked = self.places_by_rank(request) if self.query else None
        self.by_facet = {
            name: self.found_by(name, self.given_values(name))
            for name in (*self.index.members, "code")
            if name in self.given
        }
        everything = Statement.objects.order_by().rewrite(False)
        for name in self.given.keys() - self.index.members.keys() - BESIDE_FACETS:
            members = filterset.filters[name].filter(everything, self.given[name])
            self.by_facet[name] = self.index.places(keys(members))

    def given_values(self, name: str) -> list[str]:
        """The values that are given to a filter that takes several."""
        values = self.given.get(name, [])
        return values if isinstance(values, list) else []

    @cached_property
    def picked(self) -> dict[str, int]:
        """The place of each code that is given."""
        codes = self.given_values("code")
        found = Statement.objects.rewrite(False).filter(code__in=codes).order_by()
        return {
            code: self.index.place[pk]
            for code, pk in found.values_list("code", "pk")
            if self.index.knows(pk)
        }

    def found_by(self, name: str, values: list[str]) -> BitMap:
        """The places that any of these values of a filter finds."""
        if name == "code":
            return BitMap(self.picked[code] for code in values if code in self.picked)
        return self.index.chosen(name, values)

    def places_by_rank(self, request: PortalRequest) -> list[int]:
        """The places of the statements with the words, the most relevant first."""
        statements = offered_statements(request).search(
            self.query, request.data_version
        )
        plain = statements.order_by().rewrite(False)
        found = plain.values_list("pk", "rank", "match")  # type: ignore[misc]
        known = [
            (-rank, self.index.place[pk], match)
            for pk, rank, match in found
            if self.index.knows(pk)
        ]
        self.matches = {place: match for _rank, place, match in known}
        return [place for _rank, place, _match in sorted(known)]

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

    @property
    def default_sort(self) -> str:
        return SortOrder.CODE if self.ranked is None else SortOrder.RELEVANCE

    @cached_property
    def related(self) -> BitMap:
        """The places that only words related to those that were typed are found at."""
        related = (p for p, match in self.matches.items() if match == Match.RELATED)
        return self.places & BitMap(related)

    def in_order(self) -> Sequence[int] | BitMap:
        """The places in the order that is asked for, the related ones last."""
        if not self.related:
            return self.sorted(self.places)
        first, last = self.places - self.related, self.related
        return [*self.sorted(first)[:], *self.sorted(last)[:]]

    def sorted(self, places: BitMap) -> Sequence[int] | BitMap:
        sort = self.given.get("sort")
        if sort == SortOrder.DATE:
            return ByDate(self.index, places)
        if sort != SortOrder.CODE and self.ranked is not None:
            return [place for place in self.ranked if place in places]
        return places


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
