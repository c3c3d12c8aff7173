"""Refuses migrations that the release in service does not survive.

    python scripts/check_migrations.py

An upgrade migrates while the former release serves, and a roll back goes on with what
was migrated. So columns and tables may come, and go a release after nothing uses them.
Migrations up to those of KNOWN are of releases whose upgrade stopped the portal. One
that is harmless for a reason that cannot be seen says so: `rolling = "the reason"`.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

PROJECT = Path(__file__).resolve().parent.parent
#: The last migration of each app that nobody is asked about.
KNOWN = {
    "statements": "0016_places_of_facts",
    "goals": "0001_initial",
    "achievements": "0001_initial",
    "desk": "0016_problem_reports",
}
#: Their rows are many: an index is made beside those who write (CONCURRENTLY).
LARGE = {"revision", "searchentry", "searchword", "login", "staffsession"}
GONE = {
    migrations.RemoveField: "takes a column that the release in service reads",
    migrations.DeleteModel: "takes a table that the release in service reads",
    migrations.RenameField: "renames a column: add one, copy, remove it later",
    migrations.RenameModel: "renames a table: add one, copy, remove it later",
    migrations.AlterModelTable: "renames a table",
    migrations.AddConstraint: "may refuse what the release in service writes",
    migrations.AlterUniqueTogether: "may refuse what the release in service writes",
    migrations.RunSQL: "is read by no program: say why it does no harm",
}


def dangers_of(operation: Operation, before: ProjectState, app: str) -> Iterator[str]:
    """Why the release in service would not survive the operation; mostly nothing."""
    for kind, reason in GONE.items():
        if isinstance(operation, kind):
            yield reason
    if isinstance(operation, migrations.AddField) and needs_value(operation.field):
        yield "adds a column that must have a value: give it null or db_default"
    if isinstance(operation, migrations.AlterField):
        former = before.models[app, operation.model_name_lower].fields[operation.name]
        if needs_value(operation.field) and not needs_value(former):
            yield "asks for a value that the release in service does not write"
        if type(former) is not type(operation.field):
            yield "changes the type of a column"
        if is_narrower(operation.field, former):
            yield "narrows a column"
    is_index = type(operation) is migrations.AddIndex
    if is_index and operation.model_name_lower in LARGE:
        yield "locks a large table: use AddIndexConcurrently"
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        for inner in operation.database_operations:
            yield from dangers_of(inner, before, app)


def needs_value(field: models.Field) -> bool:
    """Whether a row that says nothing of the column is refused by the database."""
    is_made = field.many_to_many or isinstance(field, models.GeneratedField)
    return not (is_made or field.null or field.has_db_default())


def is_narrower(field: models.Field, former: models.Field) -> bool:
    length = getattr(field, "max_length", None)
    return bool(length) and length < (getattr(former, "max_length", None) or length + 1)


def complaints(loader: MigrationLoader) -> Iterator[str]:
    """A line for each danger of a new migration, in the order of names."""
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if name <= KNOWN.get(app, "~") or getattr(migration, "rolling", ""):
            continue
        state = loader.project_state((app, name), at_end=False)
        made = {
            operation.name_lower
            for operation in migration.operations
            if isinstance(operation, migrations.CreateModel)
        }
        for operation in migration.operations:
            # The release in service knows no table that is made here.
            is_new = getattr(operation, "model_name_lower", "") in made
            for reason in () if is_new else dangers_of(operation, state, app):
                yield f"{app}/{name}: {operation.describe()}: {reason}"
            operation.state_forwards(app, state)


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    found = list(complaints(MigrationLoader(None)))
    print("\n".join(found) or "Migrations: the release in service survives them.")
    sys.exit(bool(found))
