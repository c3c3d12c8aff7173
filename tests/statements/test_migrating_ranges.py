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
from desk.models import Proposal
from statements.models import Event
from tests.support.staff import propose

def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)

def migrate(*target):
    call_command("migrate", *target, verbosity=0)

migrate()
call_command("load_corpus", verbosity=0)
one, other = propose("G1.C1.1", text_en="X"), propose("G1.C1.2", text_en="Y")
event = Event.objects.first()
migrate("desk", "0004")
migrate("statements", "0005")
proposals = "UPDATE desk_proposal SET "
execute(proposals + "publish_at = '0001-01-01 00:00:00' WHERE id = %s", one.pk)
execute(proposals + "publish_at = '9999-12-31 00:00:00' WHERE id = %s", other.pk)
execute(proposals + "reason = %s WHERE id = %s", "a\x07b" + "c" * 60000, one.pk)
ends = "UPDATE statements_event SET \"end\" = %s WHERE id = %s"
texts = "UPDATE statements_statement SET text_en = %s WHERE code = 'G1.C1.1'"
execute(ends, "9999-12-31", event.pk)
execute(texts, "a\x08b")
refusal = ""
try:
    migrate()
except CommandError as error:
    refusal = str(error)
execute(ends, event.end, event.pk)
execute(texts, "ab")
migrate()
rows = Proposal.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk")
print(json.dumps([
    refusal,
    [row.publish_at.year for row in rows],
    [len(row.reason) for row in rows],
    event.statement.code,
]))
"""


def test_rows_out_of_range_are_mended_or_named(scratch_database):
    refusal, years, reasons, code = run(WITH_ROWS, scratch_database)
    assert f"event {code}: event_days_in_range" in refusal
    assert "statement G1.C1.1: statement_texts_fit" in refusal
    assert "Correct them" in refusal and "고친 뒤" in refusal
    assert years == [2000, 2100]
    assert reasons == [50_000, 0]
