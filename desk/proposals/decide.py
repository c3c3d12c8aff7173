"""From a proposal to the public page: always by another person than its author.

Whoever decides holds the write lock before anything is read that the decision depends
on: the proposal, its statement, the revisions and what stands above and below.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.accounts.rights import require_settled
from desk.models import Proposal, ProposalState
from desk.proposals.approval.changed_since import (
    NOT_APPROVED,
    base_on_what_was_read,
    changed_since,
    review_again,
)
from desk.proposals.approval.obstacles import (
    NOT_OPEN,
    UNSEEN,
    Seen,
    find_obstacles,
    in_outline_order,
    is_due,
    require_none,
)
from desk.proposals.approval.publish import publish, record_together
from statements.gate import Note, gate
from statements.history.restore import write_snapshot
from statements.models import PublicationState, Revision
from statements.write_lock import Busy, write_lock

DRAFT_AGAIN = Note(ko="초안으로 되돌림", en="A draft again")


def approve(proposal: Proposal, by: User, seen: int | None = None) -> None:
    """Publishes it, or at its time; `seen` is the mark that `by` looked at."""
    looked_at = UNSEEN if seen is None else {proposal.pk: seen}
    approve_together(by, [proposal], looked_at)


@write_lock()
def approve_together(
    by: User,
    proposals: Iterable[Proposal],
    seen: Seen = UNSEEN,
    publish_at: datetime | None = None,
) -> list[Proposal]:
    """Approves all of these as one decision, parents before children, or raises
    ValidationError, which names each that stands in the way, and approves none.

    They are public at once or at the time of each; `publish_at` is one for all. Those
    of one author and note go through one gate.
    """
    require_settled(by)
    approved = as_they_are(proposals)
    if publish_at is not None:
        record_together(approved, publish_at=publish_at)
    require_none(find_obstacles(approved, by, seen), approved)
    now, state = timezone.now(), ProposalState.SCHEDULED
    record_together(approved, state=state, decided_by=by, decided_at=now)
    base_on_what_was_read(p for p in approved if not is_due(p, now))
    publish([proposal for proposal in approved if is_due(proposal, now)])
    return approved


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("Give a reason for returning it."))


def send_back(proposal: Proposal, by: User, reason: str) -> None:
    send_back_together([proposal], by, reason)


def send_back_together(
    proposals: Iterable[Proposal], by: User, reason: str
) -> list[Proposal]:
    require_reason(reason)
    return close_together(proposals, by, ProposalState.RETURNED, reason)


def take_back(proposal: Proposal, by: User) -> None:
    close_together([proposal], by, ProposalState.RETRACTED)


@write_lock()
def close_together(
    proposals: Iterable[Proposal], by: User, state: ProposalState, reason: str = ""
) -> list[Proposal]:
    """Closes all of these, or none. A draft that stood in review is a draft again."""
    closed = as_they_are(proposals)
    decided = {one.pk: NOT_OPEN for one in closed if not one.is_open}
    require_none(decided, closed)
    decision = {"state": state, "decided_by": by, "decided_at": timezone.now()}
    record_together(closed, reason=reason, **decision)
    drafts = {
        proposal.statement_id: proposal.statement
        for proposal in closed
        if proposal.statement.state == PublicationState.IN_REVIEW
    }
    with gate(by, DRAFT_AGAIN):
        for draft in drafts.values():
            write_snapshot(draft, {"state": PublicationState.DRAFT.value}, by)
    return closed


def publish_due(moment: datetime) -> tuple[list[Proposal], list[Proposal]]:
    """Publishes what is scheduled up to `moment`: each on its own, a batch as a whole.
    What cannot be published goes back to review. Returns both; what others were writing
    on for too long stays scheduled.
    """
    published: list[Proposal] = []
    refused: list[Proposal] = []
    for unit in units(Proposal.objects.due(moment)):
        with suppress(Busy):
            for proposal in publish_scheduled(unit):
                is_public = proposal.state == ProposalState.PUBLISHED
                (published if is_public else refused).append(proposal)
    return published, refused


def units(proposals: Iterable[Proposal]) -> Iterable[list[Proposal]]:
    """The units that are published whole or not at all: a batch, or a single one."""
    found: dict[tuple[bool, int], list[Proposal]] = {}
    for proposal in proposals:
        unit = (proposal.batch_id is None, proposal.batch_id or proposal.pk)
        found.setdefault(unit, []).append(proposal)
    return found.values()


@write_lock()
def publish_scheduled(unit: Iterable[Proposal]) -> list[Proposal]:
    """Those of them that still were scheduled: published, or all in review again."""
    kept = [p for p in as_they_are(unit) if p.state == ProposalState.SCHEDULED]
    if changed := changed_since(kept):
        return review_again(kept, changed)
    try:
        with transaction.atomic():
            require_none(find_obstacles(kept), kept)
            publish(kept)
    except Busy:
        raise
    except ValidationError as error:
        reason = "\n".join(error.messages)
        record_together(kept, reason=reason, **NOT_APPROVED)
    return kept


def as_they_are(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals as the database has them now, in the order of the outline."""
    keys = [proposal.pk for proposal in proposals]
    rows = Proposal.objects.with_people()
    return in_outline_order(rows.filter(pk__in=keys))


def latest(statement_id: int) -> Revision:
    return Revision.objects.filter(statement=statement_id).newest_first()[0]
