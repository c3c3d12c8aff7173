"""Approved proposals become public: those of one author and note by one gate.

What stands in their way was looked for before, under the same write lock
(desk.proposals.approval.obstacles).
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError

from desk.models import Proposal, ProposalState
from desk.proposals.approval.obstacles import (
    NOTHING_NEW,
    in_outline_order,
    newest_each,
    require_none,
)
from desk.proposals.approval.withdrawals import withdrawn_with
from statements.gate import Note, gate
from statements.history.restore import write_snapshot
from statements.models import PublicationState, Statement
from statements.models.ranges import require_fit

WITHDRAWN = PublicationState.WITHDRAWN.value
PUBLISHED = PublicationState.PUBLISHED.value


def publish(proposals: Collection[Proposal]) -> None:
    """Carries approved proposals through gates in their authors' names, parents before
    children; raises ValidationError, in a transaction of the caller's.
    """
    waiting = in_outline_order(proposals)
    while waiting:
        through = first_through_one_gate(waiting)
        publish_by_one_gate(through)
        passed = {proposal.pk for proposal in through}
        waiting = [proposal for proposal in waiting if proposal.pk not in passed]


def first_through_one_gate(waiting: list[Proposal]) -> list[Proposal]:
    """The first, and all on the same terms that need not wait for another: a gate has
    one author and one note, and writes one revision of a statement.
    """
    first, through = waiting[0], []
    taken: set[int] = set()
    left: set[int | None] = set()
    for proposal in waiting:
        pk = proposal.statement_id
        is_free = pk not in taken and pk not in left
        is_free = is_free and proposal.statement.parent_id not in left
        if is_free and signature(proposal) == signature(first):
            through.append(proposal)
            taken.add(pk)
        else:
            left.add(pk)
    return through


def signature(proposal: Proposal) -> tuple[Any, ...]:
    """The author and what else a gate takes: the same of all that go through one."""
    return (
        proposal.author_id,
        proposal.note_ko,
        proposal.note_en,
        proposal.is_minor,
    )


def publish_by_one_gate(proposals: list[Proposal]) -> None:
    first = proposals[0]
    ids = [proposal.statement_id for proposal in proposals]
    note = Note(ko=first.note_ko, en=first.note_en)
    with gate(first.author, note, is_minor=first.is_minor):
        statements = Statement.objects.select_related("parent").in_bulk(ids)
        for proposal in proposals:
            write_changes(proposal, statements[proposal.statement_id])
        withdrawn = [one.statement_id for one in proposals if one.withdraws]
        for below in published_below(withdrawn):
            write_snapshot(below, {"state": WITHDRAWN}, first.author)
        returned = [one.statement_id for one in proposals if one.returns]
        for below in withdrawn_with(returned):
            write_snapshot(below, {"state": PUBLISHED}, first.author)
    newest = newest_each(ids)
    others = Proposal.objects.filter(revision__in=newest.values())
    taken = set(others.values_list("statement_id", flat=True))
    same = {p.pk: NOTHING_NEW for p in proposals if p.statement_id in taken}
    require_none(same, proposals)
    for proposal in proposals:
        proposal.revision_id = newest[proposal.statement_id]
        proposal.state = ProposalState.PUBLISHED
    columns = ["state", "revision"]
    Proposal.objects.bulk_update(proposals, columns, batch_size=200)


def write_changes(proposal: Proposal, statement: Statement) -> None:
    """Writes it upon what its obstacles were looked for on; errors say which of many
    proposals cannot be written.
    """
    try:
        write_snapshot(statement, proposal.merged.values, proposal.author)
    except ValidationError as error:
        raise ValidationError(
            [f"{proposal}: {text}" for text in error.messages]
        ) from error


def published_below(statement_ids: Collection[int]) -> list[Statement]:
    """All that readers see under these statements, however deep."""
    below: list[Statement] = []
    parents = statement_ids
    while parents:
        children = list(Statement.objects.published().filter(parent__in=parents))
        below += children
        parents = [child.pk for child in children]
    return below


def record_together(proposals: Collection[Proposal], **columns: Any) -> None:
    """Writes the same columns of a decision to all of them."""
    for proposal in proposals:
        for name, value in columns.items():
            setattr(proposal, name, value)
        require_fit(proposal)
    keys = [proposal.pk for proposal in proposals]
    Proposal.objects.filter(pk__in=keys).update(**columns)
