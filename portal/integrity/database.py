"""The database itself: its file, its keys, and the numbers of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection
from django.db.models import Exists, Field, Max, OuterRef

from portal.backups.sequences import number_given
from portal.backups.tables import KeptTable, all_tables, plain_rows
from statements.models import DataVersion

#: Findings of one kind that are named one by one; the others are counted.
NAMED_ROWS = 20
CHECK_INDEX = (
    "INSERT INTO statements_searchentry_fts(statements_searchentry_fts, rank) "
    "VALUES ('integrity-check', 1)"
)


def faults_of_file() -> Iterator[str]:
    """On SQLite: damaged pages, and an index of the search that is not that of its
    table. PostgreSQL checks its pages itself, where it was told to.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (line for (line,) in cursor.fetchall() if line != "ok")
        try:
            cursor.execute(CHECK_INDEX)
        except DatabaseError as error:
            yield f"the index of the search is not that of its table: {error}"


def orphans() -> Iterator[str]:
    """Rows that belong to others that are not there, foreign keys enforced or not."""
    for table in all_tables():
        for field in table.fields:
            if field.is_relation:
                yield from orphans_by(table, field)


def orphans_by(table: KeptTable, field: Field[Any, Any]) -> Iterator[str]:
    key = cast("Any", field)
    owners = plain_rows(key.related_model).filter(
        **{key.target_field.attname: OuterRef(field.attname)}
    )
    lost = table.rows().filter(
        ~Exists(owners.order_by()), **{f"{field.attname}__isnull": False}
    )
    keys = lost.values_list("pk", field.attname)
    for pk, owner in keys[:NAMED_ROWS]:
        yield f"{table.name} {pk}: {field.column} {owner} is not there"
    more = lost.count() - NAMED_ROWS
    if more > 0:
        yield f"{table.name}: {more} more rows whose {field.column} is not there"


def faults_of_numbers() -> Iterator[str]:
    """Tables whose next row would get the number of one that there was."""
    for table in all_tables():
        if table.counted_column:
            given = number_given(table)
            highest = table.rows().aggregate(highest=Max("pk"))["highest"] or 0
            if given < highest:
                yield f"{table.name}: the next number is {given + 1}, after {highest}"


def faults_of_version() -> Iterator[str]:
    """Without a version of the data, no answer that is kept is ever made anew."""
    keys = list(plain_rows(DataVersion).values_list("pk", flat=True))
    if keys != [1]:
        yield f"the version of the data is not one row with the key 1: {keys}"


def faults_of_types() -> Iterator[str]:
    """Models that rights and the log do not know by their content type."""
    known = set(plain_rows(ContentType).values_list("app_label", "model"))
    for table in all_tables():
        meta = table.model._meta
        label = (meta.app_label, str(meta.model_name))
        if not meta.auto_created and label not in known and label[0] != "migrations":
            yield f"{'.'.join(label)}: no content type"
