"""What holds of statements after every write, whatever became of the writer."""

from collections import Counter

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import connection

from desk.models import Proposal, ProposalState
from statements.fields import Snapshot
from statements.history.merge import changed_values, merge_changes
from statements.history.snapshot import snapshots
from statements.models import Revision, Statement
from statements.models.queries import StatementQuerySet
from statements.search.entries import SearchEntry
from statements.search.index import FIELDS, FORM
from statements.search.tokens import tokens


def faults(statements: StatementQuerySet | None = None) -> list[str]:
    """Of all statements, or of these alone."""
    if statements is None:
        statements = Statement.objects.all()
    pks = list(statements.values_list("pk", flat=True))
    return [
        *in_the_file(),
        *in_the_history(pks),
        *in_the_search(pks),
        *in_the_proposals(pks),
    ]


def faults_of_content(statement: Statement) -> list[str]:
    """Of one statement, whoever changed it and by whatever way."""
    return [*in_the_history([statement.pk]), *in_the_search([statement.pk])]


def in_the_file() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = [line for (line,) in cursor.fetchall() if line != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        return found + [f"leads nowhere: {row}" for row in cursor.fetchall()]


def in_the_history(pks: list[int]) -> list[str]:
    """Every statement is as its last revision says, which says why and by whom."""
    revisions = Revision.objects.filter(statement__in=pks)
    latest = {one.statement_id: one.snapshot for one in revisions.latest_each()}
    found = [
        f"{state['code']}: not as its last revision has it"
        for pk, state in snapshots(pks).items()
        if latest.get(pk) != state
    ]
    known: set[int] = set()
    for revision in revisions.order_by("pk").defer("snapshot"):
        if not (revision.note_ko and revision.note_en):
            found.append(f"revision {revision.pk}: no reason in both languages")
        if revision.statement_id in known and not revision.by_id:
            found.append(f"revision {revision.pk}: a change by nobody")
        known.add(revision.statement_id)
    return found


def in_the_search(pks: list[int]) -> list[str]:
    """What is published is found by its words, all of them and no others."""
    rows = Statement.objects.published().filter(pk__in=pks).values_list("pk", *FIELDS)
    expected = {pk: {FORM}.union(*map(tokens, texts)) for pk, *texts in rows}
    entries = SearchEntry.objects.filter(pk__in=pks).values_list("pk", "tokens")
    kept = {pk: set(words.split()) for pk, words in entries}
    return [
        f"statement {pk}: the search has other words"
        for pk in expected.keys() | kept.keys()
        if expected.get(pk) != kept.get(pk)
    ]


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
