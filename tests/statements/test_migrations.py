"""Migrations: none missing, and all of them lead back as well as forth."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

from tests.site.test_floors import FLOORS, imported, package_of

#: What columns themselves are made of.
FIELD_MODULES = {"statements.fingerprints"}
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

#: Fills a database, leads it back to before the search was, and forth again.
WITH_ROWS = """
import json
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from statements.models import Kind, PublicationState, Statement
from statements.search.entries import SearchEntry, SearchWord
from tests.support import factories

def searchable():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM statements_statement")
        count = cursor.fetchone()[0]
    return [
        count,
        list(SearchEntry.objects.order_by("pk").values_list()),
        sorted(SearchWord.objects.values_list("word", "letters", "reversed_letters")),
        list(Statement.objects.search("경제안보").values_list("code", flat=True)),
    ]

call_command("migrate", verbosity=0)
call_command("load_corpus", verbosity=0)
factories.statement(Kind.TASK, state=PublicationState.DRAFT)
there = searchable()
call_command("migrate", "statements", "0001", verbosity=0)
gone = "statements_searchentry" not in connection.introspection.table_names()
call_command("migrate", "statements", "0002", verbosity=0)
half_way = SearchEntry.objects.count()
call_command("migrate", verbosity=0)
print(json.dumps([there, gone, half_way, searchable()]))
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


def run(script: str, database: str, *arguments: str) -> list:
    """The last line that the script prints, in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        },
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_migrations_lead_back_to_nothing_and_forth_again(scratch_database):
    there, back, forth_again = run(BACK_AND_FORTH, scratch_database, *APPS)
    ours = {table for table in there if table.startswith(APPS)}
    assert "statements_statement" in ours
    assert back.keys() == there.keys() - ours
    assert forth_again == there


def test_a_database_with_rows_from_before_the_search_can_be_searched(scratch_database):
    there, is_gone, half_way, forth_again = run(WITH_ROWS, scratch_database)
    assert is_gone
    assert half_way == 0
    assert forth_again == there
    count, entries, words, found = forth_again
    assert len(entries) == count - 1, "all but the draft are found"
    assert words
    assert found


def test_migrations_stand_alone():
    """What they would take from the code may change after they were written."""
    taken = {
        path.relative_to(settings.BASE_DIR).as_posix(): modules
        for path in settings.BASE_DIR.glob("*/migrations/*.py")
        if (modules := {*project_modules(path)} - FIELD_MODULES)
    }
    assert taken == {}


def project_modules(path: Path) -> Iterator[str]:
    for module in imported(path.read_text("utf-8"), package_of(path)):
        if module.partition(".")[0] in FLOORS:
            yield module


FIRST_REVISIONS = """
import json
import django
django.setup()
from django.core.management import call_command
from statements.history.entries import ENTRY_MODELS, entry_snapshot
from statements.models import EntryRevision

call_command("migrate", verbosity=0)
call_command("load_corpus", verbosity=0)
call_command("migrate", "statements", "0005", verbosity=0)
call_command("migrate", verbosity=0)
entries = [entry for model in ENTRY_MODELS.values() for entry in model.objects.all()]
revisions = {(one.kind, one.entry_id): one for one in EntryRevision.objects.all()}
faults = [
    str(entry)
    for entry in entries
    if revisions[entry.entry_kind(), entry.pk].snapshot != entry_snapshot(entry)
]
notes = sorted({(r.act, r.by_id, r.note_ko, r.note_en) for r in revisions.values()})
print(json.dumps([len(entries), EntryRevision.objects.count(), faults, notes]))
"""


def test_every_entry_of_an_older_database_gets_a_first_revision(scratch_database):
    entries, revisions, faults, notes = run(FIRST_REVISIONS, scratch_database)
    assert revisions == entries > 100
    assert faults == []
    assert notes == [["add", None, "여기서 이력을 시작함", "The history begins here"]]
