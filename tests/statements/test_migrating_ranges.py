"""A database with rows out of range: proposals are mended, public content is refused by
name until somebody corrects it.
"""

from tests.statements.test_migrations import run, scratch_database

__all__ = ["scratch_database"]

WITH_ROWS = r"""
import json
import django
django.setup()
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from desk.models import Proposal

BEFORE = [("statements", "0005_order_by_position"), ("desk", "0004_upkeep")]

def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)

def migrate(*target):
    call_command("migrate", *target, verbosity=0)

for app, name in BEFORE:
    migrate(app, name)
apps = MigrationLoader(connection).project_state(BEFORE).apps
Document, Statement, Event, Revision = (
    apps.get_model("statements", name)
    for name in ("Document", "Statement", "Event", "Revision")
)
user = apps.get_model("auth", "User").objects.create(username="somebody")
document = Document.objects.create(slug="goals", position=1)
statement = Statement.objects.create(
    code="G1", kind="goal", document=document, position=1, title_ko="A", sort_key="0"
)
event = Event.objects.create(
    statement=statement, quote="2026", start="2026-01-01", end="2026-12-31"
)
revision = Revision.objects.create(
    statement=statement, at=timezone.now(), snapshot={"code": "G1"}
)
one, other = (
    apps.get_model("desk", "Proposal").objects.create(
        statement=statement, base=revision, snapshot={}, author=user
    )
    for _ in range(2)
)
proposals = "UPDATE desk_proposal SET "
execute(proposals + "publish_at = '0001-01-01 00:00:00' WHERE id = %s", one.pk)
execute(proposals + "publish_at = '9999-12-31 00:00:00' WHERE id = %s", other.pk)
execute(proposals + "reason = %s WHERE id = %s", "a\x07b" + "c" * 60000, one.pk)
ends = "UPDATE statements_event SET \"end\" = %s"
texts = "UPDATE statements_statement SET title_en = %s"
execute(ends, "9999-12-31")
execute(texts, "a\x08b")
refusal = ""
try:
    migrate()
except CommandError as error:
    refusal = str(error)
execute(ends, "2026-12-31")
execute(texts, "ab")
migrate()
rows = Proposal.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk")
print(json.dumps([
    refusal,
    [row.publish_at.year for row in rows],
    [len(row.reason) for row in rows],
]))
"""


def test_rows_out_of_range_are_mended_or_named(scratch_database):
    refusal, years, reasons = run(WITH_ROWS, scratch_database)
    assert "event G1: event_days_in_range" in refusal
    assert "statement G1: statement_texts_fit" in refusal
    assert "Correct them" in refusal and "고친 뒤" in refusal
    assert years == [2000, 2100]
    assert reasons == [50_000, 0]
