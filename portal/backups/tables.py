"""The tables of a backup, read and written as they are, behind the back of the models.

The models refuse to write outside the gate, derive columns and note a history: right
for people, wrong for rows that have all that already and must come back as they were.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import AutoField, BinaryField, Field, QuerySet

from portal.backups.values import decoder_of, plain, prepared

#: Left out: a session that was ended after the backup would be open again, and what ran
#: on another machine is told of there. The record of a run is no change by itself. The
#: steps between versions of the data help running processes alone.
LEFT_OUT_TABLES = frozenset(
    {
        *("django_session", "desk_staffsession", "desk_commandrun"),
        "statements_versionstep",
    }
)
#: The rows that `migrate` itself makes, which an empty database has.
MADE_BY_MIGRATE = frozenset(
    {
        *("django_migrations", "django_content_type", "auth_permission", "auth_group"),
        *("auth_group_permissions", "statements_dataversion"),
    }
)
#: Rows that are in memory together; of files, one.
ROWS_TOGETHER = 500


class KeptTable:
    """A table as backups have it: each row a line of JSON, in the order of its key."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name: str = model._meta.db_table
        self.fields: list[Field[Any, Any]] = [
            # What the database computes, it computes anew.
            field
            for field in model._meta.local_concrete_fields
            if not field.generated
        ]
        self.columns = [str(field.column) for field in self.fields]
        has_files = any(isinstance(field, BinaryField) for field in self.fields)
        self.rows_together = 1 if has_files else ROWS_TOGETHER

    @property
    def counted_column(self) -> str | None:
        """The column whose numbers the database gives out; None without one."""
        key = self.model._meta.pk
        return key.column if isinstance(key, AutoField) else None

    def rows(self) -> QuerySet[Any, Any]:
        return plain_rows(self.model).order_by(self.key)

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.attname)

    def lines(self) -> Iterator[bytes]:
        values = self.rows().values_list(*(field.attname for field in self.fields))
        for row in values.iterator(chunk_size=self.rows_together):
            yield json_line(row)

    def write(self, lines: Iterable[bytes]) -> None:
        """Inserts the rows of the lines; raises ValueError where one is none."""
        decoders = [decoder_of(field) for field in self.fields]
        listed = ", ".join(map(connection.ops.quote_name, self.columns))
        places = ", ".join(["%s"] * len(self.columns))
        name = connection.ops.quote_name(self.name)
        statement = f"INSERT INTO {name} ({listed}) VALUES ({places})"
        with connection.cursor() as cursor:
            for batch in batches_of(lines, self.rows_together):
                cursor.executemany(
                    statement,
                    [
                        [
                            prepared(field, decode(value))
                            for field, decode, value in zip(
                                self.fields, decoders, json.loads(line), strict=True
                            )
                        ]
                        for line in batch
                    ],
                )

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(self.name)}")


def plain_rows(model: type[models.Model]) -> QuerySet[Any, Any]:
    """The rows as they are: a manager has texts of one language for those of none."""
    return QuerySet(model)


def json_line(row: Iterable[Any]) -> bytes:
    """One line: the same for the same values, whichever database they came from."""
    values = [plain(value) for value in row]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Databases keep keys of JSON in orders of their own, hence the sorting.
    return text.encode("utf-8", "surrogatepass") + b"\n"


def batches_of(lines: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def all_tables() -> list[KeptTable]:
    """Those of all models and of the migrations, by name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    migrations = cast("type[models.Model]", MigrationRecorder.Migration)
    tables = [KeptTable(model) for model in (*found, migrations)]
    return sorted(tables, key=lambda table: table.name)


def kept_tables() -> list[KeptTable]:
    return [table for table in all_tables() if table.name not in LEFT_OUT_TABLES]
