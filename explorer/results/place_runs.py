"""Places that moved, because statements came, went or stand elsewhere."""

from array import array
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from pyroaring import BitMap

from explorer.results.facet_index import FacetIndex

#: With more runs than this an index is made anew: each takes a few operations for each
#: choice of each filter.
MOST_RUNS = 50


class PlaceRuns:
    """Runs of places between the changed statements, each moved as one: `runs` are the
    first place, the one behind the last, and how far they move; `pks` is the new order.
    """

    def __init__(
        self,
        former: FacetIndex,
        changed: Collection[int],
        placed: Mapping[int | None, list[int]],
    ) -> None:
        left = former.places(changed)
        self.come = [*chain(*placed.values())]
        self.left = [former.pks[place] for place in left]
        come = {
            0 if behind is None else former.place[behind] + 1: pks
            for behind, pks in placed.items()
        }
        self.runs: list[tuple[int, int, int]] = []
        self.pks = array("I")
        start, end = 0, len(former.pks)
        for cut in sorted({*come, *left, end}):
            if start < cut:
                self.runs.append((start, cut, len(self.pks) - start))
                self.pks += former.pks[start:cut]
            self.pks.extend(come.get(cut, ()))
            start = cut + (cut in left)

    @property
    def are_many(self) -> bool:
        return len(self.runs) > MOST_RUNS

    def places_by_key(self, former: "array[int]") -> "array[int]":
        """As of the new order; only what comes behind the first change is put anew."""
        length = max([len(former), *(pk + 1 for pk in self.come)])
        if self.left and max(self.left) + 1 == len(former):
            length = max(self.pks, default=0) + 1
        places = former[:length]
        places.extend(array("I", [0]) * (length - len(places)))
        for pk in filter(range(length).__contains__, self.left):
            places[pk] = 0
        start, stop, by = self.runs[0] if self.runs else (0, 0, 0)
        first = 0 if start or by else stop
        for place, pk in enumerate(self.pks[first:], first):
            places[pk] = place
        return places

    def by_place(self, values: "array[int]") -> "array[int]":
        """Values where their places are now; those of the changed statements are 0."""
        moved = array("I", [0]) * len(self.pks)
        for start, stop, by in self.runs:
            moved[start + by : stop + by] = values[start:stop]
        return moved

    def of(self, places: Iterable[int]) -> "array[int]":
        """Places of what did not change, as they are now."""
        moved = array("I", [0]) * self.runs[-1][1] if self.runs else array("I")
        for start, stop, by in self.runs:
            moved[start:stop] = BitMap(range(start + by, stop + by)).to_array()
        return array("I", map(moved.__getitem__, places))

    def bitmaps(self, members: Mapping[str, BitMap]) -> dict[str, BitMap]:
        """The members where they are now, without the changed statements."""
        ranges = [(BitMap(range(start, stop)), by) for start, stop, by in self.runs]
        return {
            value: BitMap().union(*((places & run).shift(by) for run, by in ranges))
            for value, places in members.items()
        }
