"""Numbers of statements that have some groups of words: many in one query."""

from collections.abc import Callable, Iterable

from django.db import connections, router

from statements.search.entries import AllOf, MatchingEntries, SearchEntry
from statements.search.query_terms import QueryTerm, TermGroup

#: Counted no further.
MOST_COUNTED = 200
#: How many tokens are looked up for one query, however it is written; the searches of
#: the gold set take 200 at most.
MOST_TOKENS = 4000

Way = tuple[TermGroup, ...]
QueryTerms = tuple[QueryTerm, ...]


def every_term(group: TermGroup) -> QueryTerms:
    return group.terms


def condition(
    way: Way, terms_of: Callable[[TermGroup], QueryTerms] = every_term
) -> AllOf:
    """The groups by those of their terms that are to count."""
    return tuple(tuple(term.tokens for term in terms_of(group)) for group in way)


class Counts:
    """The numbers that one plan is made by, each looked up once; no more of them than
    a query may cost, and what is beyond counts for nothing.
    """

    def __init__(self) -> None:
        self.known: dict[Way, int] = {}
        self.tokens_left = MOST_TOKENS

    def ask(self, ways: Iterable[Way]) -> None:
        """Looks up, in one query, those that are not known yet."""
        new = [way for way in dict.fromkeys(ways) if self.is_to_be_asked(way)]
        if not new:
            return
        # Where the ORM would look it up.
        database = connections[router.db_for_read(SearchEntry)]
        with database.cursor() as cursor:
            cursor.execute(*union(new))
            self.known |= {new[number]: count for number, count in cursor}

    def is_to_be_asked(self, way: Way) -> bool:
        if way in self.known:
            return False
        self.tokens_left -= sum(
            len(term.tokens) for group in way for term in group.terms
        )
        if self.tokens_left < 0:
            self.known[way] = 0
        return self.tokens_left >= 0

    def __call__(self, way: Way) -> int:
        self.ask([way])
        return self.known[way]


def union(ways: list[Way]) -> tuple[str, list[str | int]]:
    """Plain SQL: put together by the ORM, each of many small counts costs more to
    write down than to answer.
    """
    entries = SearchEntry.objects.all()
    compiler = entries.query.get_compiler(using=entries.db)
    selects: list[str] = []
    params: list[str | int] = []
    for number, way in enumerate(ways):
        matching = MatchingEntries(condition(way), limit=MOST_COUNTED)
        subquery, its_params = compiler.compile(matching)
        selects.append(f"SELECT {number}, count(*) FROM {subquery} AS found")
        params += its_params
    return " UNION ALL ".join(selects), params
