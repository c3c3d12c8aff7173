"""The rules for Prometheus name what /metrics has, and say what to do."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from desk.status.runs import recorded_run
from portal.mirror.copies import CopyFacts, begin_copy, finish_copy
from tests.portal.monitoring.test_metrics import samples

RULES = settings.BASE_DIR / "deploy" / "monitoring" / "alerts.yml"
MANUAL = settings.BASE_DIR / "docs"
#: SQLite has no connections to count.
OF_POSTGRESQL = {"portal_database_connections", "portal_database_connections_limit"}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_rule_says_what_to_do_and_the_manual_has_it():
    names = [rule["alert"] for rule in rules()]
    assert len(set(names)) == len(names) > 10
    manuals = [
        (MANUAL / f"monitoring{ending}").read_text() for ending in (".md", ".ko.md")
    ]
    for rule in rules():
        notes = rule["annotations"]
        assert notes["summary"].endswith("."), rule
        assert notes["action"].endswith("."), rule
        file, _, fragment = notes["runbook"].partition("#")
        assert (settings.BASE_DIR / file).is_file()
        assert fragment == rule["alert"].lower()
        assert all(f"### {rule['alert']}\n" in manual for manual in manuals), rule


@pytest.mark.django_db
def test_every_rule_names_metrics_that_there_are(client: Client, tmp_path: Path):
    facts = CopyFacts("2026-11-30T20:30:00+00:00", "token", pages=2, files=3, bytes=4)
    finish_copy(begin_copy(tmp_path, facts.moment), facts)
    (tmp_path / "portal-20261130T030000Z.zip").write_bytes(b"backup")
    with recorded_run("publish_due"):
        client.get("/en/about/")
    with override_settings(BACKUP_DIR=tmp_path, MIRROR_DIR=tmp_path):
        text = client.get("/metrics").content.decode()
    known = set(re.findall(r"^# TYPE (\w+) ", text, re.M))
    known |= {key[0] for key in samples(text)}
    if connection.vendor != "postgresql":
        known |= OF_POSTGRESQL
    for rule in rules():
        named = set(re.findall(r"\bportal_\w+", rule["expr"]))
        assert named, rule["alert"]
        assert named <= known, rule["alert"]
