"""How many statements have some groups of words: asked many at once, each once."""

from collections.abc import Iterable

from django.db.models import Count, Value

from statements.search.entries import AllOf, Found, SearchEntry
from statements.search.terms import Group

#: Counted no further.
MOST_COUNTED = 200

Way = tuple[Group, ...]


def condition(way: Way) -> AllOf:
    return tuple(tuple(term.tokens for term in one.terms) for one in way)


class Counts:
    """The numbers for one plan."""

    def __init__(self):
        self.known: dict[Way, int] = {}

    def ask(self, ways: Iterable[Way]) -> None:
        """Looks up, in one query, those that are not known yet."""
        new = [way for way in dict.fromkeys(ways) if way not in self.known]
        if not new:
            return
        self.known |= dict.fromkeys(new, 0)
        first, *rest = (counted(number, way) for number, way in enumerate(new))
        for number, count in first.union(*rest, all=True) if rest else first:
            self.known[new[number]] = count

    def __call__(self, way: Way) -> int:
        self.ask([way])
        return self.known[way]


def counted(number: int, way: Way):
    """A row of the number and of how many entries have all of the groups."""
    found = SearchEntry.objects.filter(pk__in=Found(condition(way), limit=MOST_COUNTED))
    of_number = found.order_by().annotate(number=Value(number)).values("number")
    return of_number.annotate(count=Count("pk")).values_list("number", "count")
