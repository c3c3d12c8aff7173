"""Statuses and outcomes, recorded through the admin's forms."""

from django.test import Client

from tests.support.desk.admin_forms import WHY
from tests.support.rows import statement
from tests.support.staff import approve_all

OUTCOME = {
    "outcome_ko": "행사를 마쳤습니다.",
    "outcome_en": "The event was held.",
    "outcome_evidence": "https://example.org/outcome",
}
ADD = "/admin/statements/statusupdate/add/"


def status_of(code: str, **changes) -> dict:
    return {
        "statement": statement(code).pk,
        "status": "under-way",
        "as_of": "2026-01-15",
        "note_ko": "협의를 시작했습니다.",
        "note_en": "Talks have begun.",
        "evidence": "https://example.org/status",
        **WHY,
        **changes,
    }


def record(client: Client, code: str, **changes):
    answer = client.post(ADD, status_of(code, **changes))
    assert answer.status_code == 302
    approve_all()
