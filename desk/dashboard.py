"""The first page of the desk: what waits, and for whom."""

from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from desk.models import Proposal
from desk.proposals.review import APPROVE
from desk.translations.queue import count_states, waiting_for_english
from desk.upkeep.due_dates import passed_dates
from statements.history.log import public_changes
from statements.models import TranslationState

#: Rows that a list shows; the page it leads to has all of them.
ROWS_SHOWN = 5
BEHIND = (TranslationState.MISSING, TranslationState.OUTDATED)


class Listed(NamedTuple):
    """The first rows of a list, and how many it has."""

    rows: list
    count: int

    @property
    def rest(self) -> int:
        return self.count - len(self.rows)


def first_rows(rows: QuerySet) -> Listed:
    return Listed(list(rows[:ROWS_SHOWN]), rows.count())


def dashboard(user: AbstractBaseUser) -> dict[str, object]:
    """What the user may see of it, in a number of queries that does not grow."""
    found: dict[str, object] = {}
    if user.has_perm("desk.view_proposal"):
        proposals = Proposal.objects.with_people()
        found["sent_back"] = first_rows(proposals.sent_back_to(user))
        found["own_waiting"] = first_rows(proposals.open().filter(author=user))
        found["recent"] = list(public_changes().select_related("by")[:ROWS_SHOWN])
    if user.has_perm(APPROVE):
        others = proposals.in_review().exclude(author=user)
        found["to_review"] = first_rows(others.order_by("pk"))
    if user.has_perm("statements.view_statement"):
        behind = waiting_for_english().filter(translation__in=BEHIND)
        found["behind"] = first_rows(behind)
        found["own_behind"] = first_rows(behind.filter(upkeep__owner=user))
        found["translation_counts"] = count_states(waiting_for_english())
    if user.has_perm("statements.view_event"):
        found["passed"] = first_rows(passed_dates())
        found["own_passed"] = first_rows(
            passed_dates().filter(statement__upkeep__owner=user)
        )
    return found
