"""`make lint` refuses a migration that the release in service does not survive."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from scripts.check_migrations import complaints, dangers_of

pytestmark = pytest.mark.any_engine
TEXT = models.CharField(max_length=20)


@pytest.fixture(scope="module")
def before() -> ProjectState:
    """A table with a column that must have a value, and one that need not."""
    state = ProjectState()
    fields = [("title", TEXT), ("note", models.CharField(max_length=20, null=True))]
    migrations.CreateModel("Statement", fields).state_forwards("statements", state)
    return state


def add(field: models.Field) -> migrations.AddField:
    return migrations.AddField("statement", "more", field)


def alter(name: str, field: models.Field) -> migrations.AlterField:
    return migrations.AlterField("statement", name, field)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("statement", "title"),
        migrations.DeleteModel("Statement"),
        migrations.RenameField("statement", "title", "name"),
        migrations.RenameModel("Statement", "Sentence"),
        migrations.RunSQL("DROP TABLE statements_statement"),
        add(models.IntegerField(default=0)),
        alter("note", TEXT),
        alter("title", models.TextField()),
        alter("title", models.CharField(max_length=10)),
        migrations.AddIndex("revision", models.Index("at", name="i")),
        migrations.SeparateDatabaseAndState([migrations.DeleteModel("Statement")]),
        migrations.AddConstraint(
            "statement", models.UniqueConstraint("title", name="c")
        ),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_takes_something_away_is_refused(operation, before):
    assert len(list(dangers_of(operation, before, "statements"))) == 1


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("Other", [("title", TEXT)]),
        add(models.IntegerField(null=True)),
        add(models.IntegerField(db_default=0)),
        add(models.ManyToManyField("statements.Statement")),
        alter("title", models.CharField(max_length=30, verbose_name="Title")),
        migrations.AddIndex("goal", models.Index("title", name="i")),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState([], [migrations.DeleteModel("Statement")]),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_only_adds_is_let_through(operation, before):
    assert not list(dangers_of(operation, before, "statements"))


def test_a_new_migration_is_read_unless_it_gives_its_reason():
    loader = MigrationLoader(None)
    key = ("goals", "0002_new")
    new = type(
        "Migration",
        (migrations.Migration,),
        {
            "dependencies": [("goals", "0001_initial")],
            "operations": [
                migrations.CreateModel("Other", [("title", TEXT)]),
                migrations.AddField("other", "number", models.IntegerField()),
                migrations.DeleteModel("Goal"),
            ],
        },
    )(key[1], key[0])
    assert not list(complaints(loader))
    loader.disk_migrations[key] = new
    loader.graph.add_node(key, new)
    loader.graph.add_dependency(new, key, ("goals", "0001_initial"))
    [complaint] = complaints(loader)
    assert complaint.startswith("goals/0002_new: Delete model Goal: takes a table")
    new.rolling = "nothing reads it since 0.12.0"
    assert not list(complaints(loader))
