"""The tables of the search, and the one expression that differs by database."""

from collections.abc import Iterable

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

#: A search finds no more than these, so that common words cost what rare ones do.
MOST_FOUND = 1000


class SearchEntry(models.Model):
    """The tokens of a published statement; FTS5 or a GIN index stand on them."""

    statement = models.OneToOneField(
        "statements.Statement",
        models.CASCADE,
        primary_key=True,
        related_name="search_entry",
    )
    tokens = models.TextField()
    #: Of two statements that say the words, the shorter one says less else.
    brevity = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.statement_id}"


class SearchWord(models.Model):
    """A word of the corpus, spelled by letters both ways, to find it by a slip."""

    word = models.CharField(max_length=100, unique=True)
    letters = models.CharField(max_length=300, db_index=True)
    reversed_letters = models.CharField(max_length=300, db_index=True)

    def __str__(self) -> str:
        return self.word


#: Alternatives, any of which will do, each of tokens that must all be there.
AnyOf = tuple[tuple[str, ...], ...]
#: Conditions that must all hold.
AllOf = tuple[AnyOf, ...]
#: The SQL, and the values for its placeholders.
CompiledQuery = tuple[str, tuple[str | int, ...]]


class MatchingEntries(Expression):
    """The keys of the entries for which one of `ways` holds: a subquery."""

    def __init__(self, *ways: AllOf, limit: int = MOST_FOUND) -> None:
        super().__init__(output_field=models.BigIntegerField())
        self.ways = ways
        self.limit = limit

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> CompiledQuery:
        return (
            "(SELECT rowid FROM statements_searchentry_fts "
            "WHERE statements_searchentry_fts MATCH %s LIMIT %s)",
            (expression(self.ways, '"', " AND ", " OR "), self.limit),
        )

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> CompiledQuery:
        return (
            "(SELECT statement_id FROM statements_searchentry "
            "WHERE statements_lexemes(tokens) @@ %s::tsquery LIMIT %s)",
            (expression(self.ways, "'", " & ", " | "), self.limit),
        )


def expression(ways: tuple[AllOf, ...], quote: str, and_: str, or_: str) -> str:
    """The query as FTS5 or PostgreSQL reads it; tokens hold nothing that it reads."""

    def every(parts: Iterable[str]) -> str:
        return f"({and_.join(parts)})"

    def any_(parts: Iterable[str]) -> str:
        return f"({or_.join(parts)})"

    return any_(
        every(
            any_(every(f"{quote}{token}{quote}" for token in term) for term in group)
            for group in way
        )
        for way in ways
    )
