"""What holds of statements after every write, whatever became of the writer."""

from collections import Counter

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import connection

from desk.models import Proposal, ProposalState
from portal.integrity.database import faults_of_file, orphans
from portal.integrity.history import faults_of_history
from portal.integrity.search import faults_of_search
from statements.fields import Snapshot
from statements.history.merge import changed_values, merge_changes
from statements.models import Statement
from statements.models.queries import StatementQuerySet


def faults(statements: StatementQuerySet | None = None) -> list[str]:
    """Of all statements, or of these alone."""
    if statements is None:
        statements = Statement.objects.all()
    pks = list(statements.values_list("pk", flat=True))
    return [
        *faults_of_file(),
        *(orphans() if connection.vendor == "sqlite" else ()),
        *faults_of_history(pks),
        *faults_of_search(pks),
        *in_the_proposals(pks),
    ]


def faults_of_content(statement: Statement) -> list[str]:
    """Of one statement, whoever changed it and by whatever way."""
    return [*faults_of_history([statement.pk]), *faults_of_search([statement.pk])]


def in_the_proposals(pks: list[int]) -> list[str]:
    """What they became is in the history, and in the log who proposed and decided."""
    entries = LogEntry.objects.filter(content_type__model="proposal")
    logged = Counter(entries.values_list("object_id", "action_flag"))
    found = []
    proposals = Proposal.objects.filter(statement__in=pks)
    for one in proposals.select_related("statement", "base", "revision"):
        is_published = one.state == ProposalState.PUBLISHED
        if is_published and not is_whole_in(one, one.revision.snapshot):
            found.append(f"{one}: its revision says something else")
        acts = sum(n for (pk, _), n in logged.items() if pk == str(one.pk)) - 1
        decided = acts - one.joined
        if logged[str(one.pk), ADDITION] != 1:
            found.append(f"{one}: not logged once as proposed")
        if decided != (one.decided_by_id is not None):
            found.append(f"{one}: not logged once as decided")
    return found


def is_whole_in(proposal: Proposal, snapshot: Snapshot) -> bool:
    """Every change is in it; of facts each one, whatever else has come."""
    changes = proposal.changes
    merged = merge_changes(proposal.base.snapshot, changes, snapshot)
    now = {name: snapshot[name] for name in changes}
    return not changed_values(now, merged.values, changes)
