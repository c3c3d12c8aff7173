"""Migrations: none missing, and all of them lead back as well as forth."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

APPS = ("desk", "achievements", "goals", "statements")

#: Runs in a process of its own, on a database of its own.
BACK_AND_FORTH = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection

def shape():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {
            table: [
                [column.name for column in
                 connection.introspection.get_table_description(cursor, table)],
                sorted(connection.introspection.get_constraints(cursor, table)),
            ]
            for table in sorted(tables)
        }

def migrate(*target):
    call_command("migrate", *target, verbosity=0)

migrate()
there = shape()
for app in sys.argv[1:]:
    migrate(app, "zero")
back = shape()
migrate()
print(json.dumps([there, back, shape()]))
"""


@pytest.fixture
def scratch_database(tmp_path) -> Iterator[str]:
    """The DATABASE_URL of an empty database on the engine under test."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
        return
    url, name = os.environ["DATABASE_URL"], f"scratch_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_lead_back_to_nothing_and_forth_again(scratch_database):
    environment = {
        **os.environ,
        "DATABASE_URL": scratch_database,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    run = subprocess.run(
        [sys.executable, "-c", BACK_AND_FORTH, *APPS],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    there, back, forth_again = json.loads(run.stdout)
    ours = {table for table in there if table.startswith(APPS)}
    assert "statements_statement" in ours
    assert back.keys() == there.keys() - ours
    assert forth_again == there
