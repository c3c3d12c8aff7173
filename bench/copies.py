"""A corpus of any size: the real one, copied until it has so many statements.

Goals and parts are not copied: every copy's statements stand under the same five.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

#: How many keys lie between a statement and its copy in the next round: all of the
#: corpus and few more, because a portal, where nothing is deleted, has hardly any gaps.
STEP = 200
#: Ends the codes and sort keys of copies: two numbers of at most four digits each.
CODE_ENDING = "'.' || (9000 + n / 1000) || '.' || (1 + n % 1000)"
MOVED = f"+ n * {STEP}"
OF_STATEMENT = {"statement_id": f"statement_id {MOVED}"}
#: What differs from the original in the copy number n, by table and column.
COPIED = {
    "statements_statement": {
        "id": f"id {MOVED}",
        "code": f"code || {CODE_ENDING}",
        "sort_key": "sort_key || (9000000 + n)",
        "parent_id": "CASE WHEN parent_kind IN ('goal', 'part') THEN parent_id "
        f"ELSE parent_id {MOVED} END",
    },
    "statements_statement_regions": OF_STATEMENT,
    "statements_statement_countries": OF_STATEMENT,
    "statements_statement_themes": OF_STATEMENT,
    "statements_paragraph": {**OF_STATEMENT, "ordinal": f"ordinal {MOVED}"},
    "statements_event": OF_STATEMENT,
    "statements_figure": OF_STATEMENT,
    "statements_link": {
        "later_id": f"later_id {MOVED}",
        "earlier_id": f"earlier_id {MOVED}",
    },
    "statements_searchentry": OF_STATEMENT,
}
#: The column by which a row belongs to a statement, where it is not statement_id.
OWNERS = {"statements_statement": "id", "statements_link": "later_id"}
NEVER_COPIED = {"ko_hash", "en_hash"}
COPIES = (
    "WITH RECURSIVE copies(n) AS "
    "(SELECT {first} UNION ALL SELECT n + 1 FROM copies WHERE n < {last})"
)
ORIGINALS = (
    f"SELECT id FROM statements_statement WHERE id < {STEP} "
    "AND kind NOT IN ('goal', 'part')"
)


def grow(number: int) -> None:
    """Copies the corpus until there are at least `number` statements.

    It writes behind the gate's back, into a database made to be measured and dropped.
    """
    from statements.models import DataVersion

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({ORIGINALS}) AS originals")
        (size,) = cursor.fetchone()
        cursor.execute("SELECT COUNT(*), MAX(id) FROM statements_statement")
        have, newest = cursor.fetchone()
        done, more = newest // STEP, -(-max(number - have, 0) // size)
        if more:
            with indexed_afterwards(cursor):
                for table, changes in COPIED.items():
                    copy_rows(cursor, table, changes, done + 1, done + more)
        cursor.execute("ANALYZE")
    DataVersion.move()


@contextmanager
def indexed_afterwards(cursor: CursorWrapper) -> Iterator[None]:
    """On PostgreSQL, no look-up of the keys, which copies have right, and the index of
    the search made at once: ten times as fast.
    """
    if connection.vendor != "postgresql":
        yield
        return
    name = "statements_searchentry_tokens"
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
    (definition,) = cursor.fetchone()
    cursor.execute(f"DROP INDEX {name}")
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = origin")
    cursor.execute("SET maintenance_work_mem = '512MB'")
    cursor.execute(definition)


def copy_rows(
    cursor: CursorWrapper, table: str, changes: dict[str, str], first: int, last: int
) -> None:
    described = connection.introspection.get_table_description(cursor, table)
    kept = NEVER_COPIED if "id" in changes else NEVER_COPIED | {"id"}
    columns = [column.name for column in described if column.name not in kept]
    values = ", ".join(changes.get(column, f'"{column}"') for column in columns)
    listed = ", ".join(f'"{column}"' for column in columns)
    owner = OWNERS.get(table, "statement_id")
    cursor.execute(
        f"{COPIES.format(first=first, last=last)} "
        f"INSERT INTO {table} ({listed}) SELECT {values} FROM copies, {table} "
        f"WHERE {owner} IN ({ORIGINALS}) ORDER BY n, {owner}"
    )
