"""The numbers that the database gives to new rows: none is ever given twice."""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Max

from portal.backups.tables import KeptTable


def last_numbers(tables: Iterable[KeptTable]) -> dict[str, int]:
    """The highest number that was given out in each table that counts its rows."""
    return {
        table.name: max(
            number_given(table), table.rows().aggregate(m=Max("pk"))["m"] or 0
        )
        for table in tables
        if table.counted_column
    }


def number_given(table: KeptTable) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name]
            )
            found = cursor.fetchone()
            return int(found[0]) if found else 0
        cursor.execute(f"SELECT last_value, is_called FROM {sequence_of(table)}")
        last, is_called = cursor.fetchone()
        return int(last) if is_called else 0


def sequence_of(table: KeptTable) -> str:
    """The name of the sequence behind a table's key on PostgreSQL, quoted."""
    name = connection.ops.quote_name(table.name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", [name, table.counted_column]
        )
        return str(cursor.fetchone()[0])


def go_on_after(tables: Iterable[KeptTable], numbers: Mapping[str, int]) -> None:
    """New rows get numbers after these, and after those given out here before.

    PostgreSQL takes no sequence back with a transaction, so none is ever set lower.
    """
    tables = [table for table in tables if table.counted_column]
    given = last_numbers(tables)
    with connection.cursor() as cursor:
        for table in tables:
            last = max(numbers.get(table.name, 0), given[table.name])
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(%s, %s, %s)",
                    [sequence_of(table), max(last, 1), last > 0],
                )
                continue
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [table.name, last],
            )
