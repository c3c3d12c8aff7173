"""The tables that writers change: kept once, put back after each try, and compared."""

import json
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection, models, transaction

from statements.models import (
    Country,
    Document,
    Organisation,
    Paragraph,
    Region,
    Theme,
    VersionStep,
)
from statements.search.entries import SearchWord

#: Nobody changes these in a race; words that nothing holds any longer stay.
STEADY = {Country, Document, Organisation, Paragraph, Region, Theme, SearchWord}
#: Each row is of two versions, whose tokens are others each time.
OF_CHANCE = {VersionStep}
#: Moments and marks of chance, which are others each time.
OF_THE_MOMENT = {"at", "made_at", "decided_at", "moved_at", "token", "action_time"}


class Table(NamedTuple):
    name: str
    columns: list[str]


def changing_tables() -> list[Table]:
    models_of = [
        model
        for label in ("statements", "desk")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model not in STEADY | OF_CHANCE and not model._meta.proxy
    ]
    return [table_of(model) for model in [*models_of, LogEntry]]


def table_of(model: type[models.Model]) -> Table:
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    return Table(model._meta.db_table, [field.column for field in fields])


class Kept:
    """What the tables held when this was made."""

    def __init__(self) -> None:
        self.tables = changing_tables()
        with connection.cursor() as cursor:
            for name, _columns in self.tables:
                cursor.execute(f"CREATE TABLE kept_{name} AS SELECT * FROM {name}")
        self.first = self.found()
        self.ids = {
            name: {row[0] for row in lines}
            for name, (_heads, lines) in self.first.items()
        }
        self.as_first = self.told(self.first)
        #: Those that may hold other rows than at first.
        self.changed = set(self.first)

    @transaction.atomic
    def put_back(self) -> None:
        with connection.cursor() as cursor:
            for name, names in self.tables:
                if name in self.changed:
                    columns = ", ".join(f'"{column}"' for column in names)
                    cursor.execute(f"DELETE FROM {name}")
                    cursor.execute(
                        f"INSERT INTO {name} ({columns})"
                        f" SELECT {columns} FROM kept_{name}"
                    )
        self.changed = set(self.first)

    def now(self) -> dict[str, list[dict[str, Any]]]:
        """All rows; those that are new are told by their order, not by their number."""
        found = self.found()
        changed = {name: of for name, of in found.items() if of != self.first[name]}
        self.changed = set(changed)
        return self.as_first | self.told(changed)

    def found(self) -> dict[str, tuple[list[str], list[tuple]]]:
        return {name: rows(name) for name, _columns in self.tables}

    def told(
        self, found: dict[str, tuple[list[str], list[tuple]]]
    ) -> dict[str, list[dict[str, Any]]]:
        new = {
            name: {
                row[0]: f"new {place}"
                for place, row in enumerate(
                    row for row in lines if row[0] not in self.ids[name]
                )
            }
            for name, (_heads, lines) in (self.first | found).items()
        }
        return {
            name: [self.plain(name, heads, line, new) for line in lines]
            for name, (heads, lines) in found.items()
        }

    def plain(self, name: str, heads: list[str], line: tuple, new: dict) -> dict:
        row = dict(zip(heads, line, strict=True))
        for column in OF_THE_MOMENT & row.keys():
            row[column] = row[column] is not None
        for column in ("snapshot", "change_message"):
            if isinstance(row.get(column), str) and row[column].startswith(("{", "[")):
                row[column] = json.loads(row[column])
        if "id" in row:
            row["id"] = new[name].get(row["id"], row["id"])
        for column in ("base_id", "revision_id"):
            if column in row:
                of_revision = new["statements_revision"]
                row[column] = of_revision.get(row[column], row[column])
        if "batch_id" in row:
            row["batch_id"] = new["desk_batch"].get(row["batch_id"], row["batch_id"])
        if "object_id" in row:
            of_proposal = new["desk_proposal"]
            key = int(row["object_id"])
            row["object_id"] = of_proposal.get(key, key)
            row["object_repr"] = ""
        return row


def rows(name: str) -> tuple[list[str], list[tuple]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name} ORDER BY 1")
        return [column[0] for column in cursor.description], cursor.fetchall()
