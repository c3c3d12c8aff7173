"""The first page of the desk: the work that waits for each person."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from desk.intake.models import ADD_DOCUMENTS
from desk.models import (
    AccountChange,
    DocumentRequest,
    EntryProposal,
    Intake,
    ProblemReport,
    Proposal,
)
from desk.proposals.review_admin import APPROVE
from desk.translations.queue import count_states, waiting_for_english
from desk.upkeep.due_dates import passed_dates
from statements.history.change_log import ChangeLog
from statements.models import TranslationState

#: Rows that a list shows; the page it leads to has all of them.
ROWS_SHOWN = 5
BEHIND = (TranslationState.MISSING, TranslationState.OUTDATED)


@dataclass(frozen=True)
class FirstRows:
    """The first rows of a list, and how many it has."""

    rows: list[Any]
    count: int

    @property
    def rest(self) -> int:
        return self.count - len(self.rows)


def first_rows(*lists: QuerySet[Any]) -> FirstRows:
    rows = [row for some in lists for row in some[:ROWS_SHOWN]]
    return FirstRows(rows[:ROWS_SHOWN], sum(some.count() for some in lists))


def inbox_of_readers() -> dict[str, Any]:
    reports = ProblemReport.objects.select_related("statement")
    return {
        "reports": first_rows(reports.open()),
        "reports_held": reports.held().count(),
    }


def dashboard(user: User) -> dict[str, Any]:
    """The lists that the user may see, in a number of queries that does not grow."""
    lists: dict[str, Any] = {}
    if user.has_perm("desk.view_proposal"):
        kinds = (
            DocumentRequest.objects.with_people(),
            Proposal.objects.with_people(),
            EntryProposal.objects.with_people(),
        )
        lists["sent_back"] = first_rows(*(some.sent_back_to(user) for some in kinds))
        lists["own_waiting"] = first_rows(
            *(some.open().filter(author=user) for some in kinds)
        )
        lists["overdue"] = first_rows(kinds[1].overdue(timezone.now()))
        lists["recent"] = ChangeLog().revisions(ROWS_SHOWN)
    if user.has_perm(APPROVE):
        others = (some.in_review().exclude(author=user) for some in kinds)
        lists["to_review"] = first_rows(*(some.order_by("pk") for some in others))
    if user.has_perm("desk.view_accountchange"):
        changes = AccountChange.objects.with_people().waiting()
        lists["account_changes"] = first_rows(changes)
    if user.has_perm("desk.view_problemreport"):
        lists |= inbox_of_readers()
    if user.has_perm(ADD_DOCUMENTS):
        lists["intakes"] = first_rows(Intake.objects.open().with_people())
    if user.has_perm("statements.view_statement"):
        waiting: QuerySet[Any] = waiting_for_english()
        behind = waiting.filter(translation__in=BEHIND)
        lists["behind"] = first_rows(behind)
        lists["own_behind"] = first_rows(behind.filter(upkeep__owner=user))
        lists["translation_counts"] = count_states(waiting_for_english())
    if user.has_perm("statements.view_event"):
        lists["passed"] = first_rows(passed_dates())
        lists["own_passed"] = first_rows(
            passed_dates().filter(statement__upkeep__owner=user)
        )
    return lists
