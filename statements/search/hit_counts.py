"""How many statements have some groups of words: asked many at once, each once."""

from collections.abc import Iterable

from django.db import connection

from statements.search.entries import AllOf, Found, SearchEntry
from statements.search.query_terms import TermGroup

#: Counted no further.
MOST_COUNTED = 200

Way = tuple[TermGroup, ...]


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
        with connection.cursor() as cursor:
            cursor.execute(*union(new))
            self.known |= {new[number]: count for number, count in cursor}

    def __call__(self, way: Way) -> int:
        self.ask([way])
        return self.known[way]


def union(ways: list[Way]) -> tuple[str, list]:
    """Plain SQL: put together by the ORM, each of many small counts costs more to
    write down than to answer.
    """
    compiler = SearchEntry.objects.all().query.get_compiler(connection=connection)
    selects, params = [], []
    for number, way in enumerate(ways):
        found, its_params = compiler.compile(Found(condition(way), limit=MOST_COUNTED))
        selects.append(f"SELECT {number}, count(*) FROM {found} AS found")
        params += its_params
    return " UNION ALL ".join(selects), params
