"""What statements are found by: on SQLite FTS5, on PostgreSQL a GIN index.

The tables are empty here; statements/search/backfill.py fills them after `migrate`.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "statements_searchentry"
SQLITE = (
    f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(tokens, content='{TABLE}', "
    "content_rowid='statement_id', tokenize='ascii', detail=none)",
    f"CREATE TRIGGER {TABLE}_insert AFTER INSERT ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_fts(rowid, tokens) VALUES (new.statement_id, new.tokens); "
    "END",
    f"CREATE TRIGGER {TABLE}_delete AFTER DELETE ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, tokens) "
    "VALUES ('delete', old.statement_id, old.tokens); END",
    f"CREATE TRIGGER {TABLE}_update AFTER UPDATE ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, tokens) "
    "VALUES ('delete', old.statement_id, old.tokens); "
    f"INSERT INTO {TABLE}_fts(rowid, tokens) VALUES (new.statement_id, new.tokens); "
    "END",
)
#: The cost tells the planner to ask the index rather than to read every row. Tokens
#: stay uncompressed in their row: ranking reads them once for each word that counts.
POSTGRESQL = (
    f"ALTER TABLE {TABLE} SET (toast_tuple_target = 8160)",
    "CREATE FUNCTION statements_lexemes(tokens text) RETURNS tsvector AS "
    "$$ BEGIN RETURN array_to_tsvector(string_to_array(btrim(tokens), ' ')); END $$ "
    "LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000",
    f"CREATE INDEX {TABLE}_tokens ON {TABLE} USING GIN (statements_lexemes(tokens))",
)


def make_index(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    """The triggers go with the table that they stand on."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TABLE {TABLE}_fts")
    else:
        schema_editor.execute(f"DROP INDEX {TABLE}_tokens")
        schema_editor.execute("DROP FUNCTION statements_lexemes(text)")


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="statements.statement",
                    ),
                ),
                ("tokens", models.TextField()),
                ("brevity", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("word", models.CharField(max_length=100, unique=True)),
                ("letters", models.CharField(db_index=True, max_length=300)),
                ("reversed_letters", models.CharField(db_index=True, max_length=300)),
            ],
        ),
        migrations.RunPython(make_index, drop_index),
    ]
