"""Batches made as the jobs of bulk work make them."""

from django.contrib.auth.models import User

from desk.bulk.jobs import Job, newest_revisions
from desk.bulk.preview import carry_out
from desk.models import Batch, BatchKind
from desk.proposals.record import PLAIN, Terms
from statements.models import Statement
from tests.support import factories
from tests.support.staff import NOTE


def batch_of(
    edits: dict[str, dict], by: User | None = None, terms: Terms = PLAIN
) -> Batch:
    """A sheet with these values by the codes of the statements."""
    keys = dict(Statement.objects.filter(code__in=edits).values_list("code", "pk"))
    by_key = {keys[code]: values for code, values in edits.items()}
    seen = newest_revisions(by_key)
    job = Job("/", by_key, seen, BatchKind.SHEET, "sheet.csv")
    carry_out(job, by or factories.staff_member(), NOTE, terms)
    return Batch.objects.with_counts().first()


def english_of(*codes: str) -> dict[str, dict]:
    """A new English text for each of these."""
    return {code: {"text_en": f"The sheet has {code}"} for code in codes}


def texts(count: int, kind: str = "detail") -> dict[str, dict]:
    """A new English text for so many published statements of the corpus."""
    chosen = Statement.objects.published().exclude(text_ko="").in_outline_order()
    return english_of(*chosen.values_list("code", flat=True)[:count])
