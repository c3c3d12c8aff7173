"""Both databases find the same statements in the same order."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from statements.models import Statement

GOLD = Path(__file__).with_name("search_gold.csv")

#: Runs in a process of its own, on SQLite.
FIND = """
import json, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_corpus", verbosity=0)
from tests.statements.search.test_search_parity import results
print(json.dumps(results()))
"""


def results() -> dict[str, list]:
    """Query to code and rank of all that it finds."""
    with GOLD.open(encoding="utf-8") as file:
        queries = [row["query"] for row in csv.DictReader(file)]
    found = {}
    for query in queries:
        statements = Statement.objects.published().search(query)
        ranked = statements.order_by("-rank", "sort_key")
        found[query] = [list(row) for row in ranked.values_list("code", "rank")]
    return found


@pytest.mark.django_db
def test_postgresql_finds_what_sqlite_finds(is_postgresql, tmp_path):
    if not is_postgresql:
        pytest.skip("compared with SQLite when PostgreSQL is tested")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    run = subprocess.run(
        [sys.executable, "-c", FIND],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1]) == results()
