"""From a proposal to the public page: always by another person than its author.

Whoever decides holds the write lock before anything is read that the decision depends
on: the proposal, its statement, the revisions and what stands above and below.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.accounts.rights import require_settled
from desk.models import Proposal, ProposalState
from desk.proposals.states import AnyProposal
from statements.gate import Note, gate
from statements.history.restore import write_snapshot
from statements.models import PublicationState, Revision, Statement
from statements.write_lock import Busy, write_lock

NOT_OPEN = gettext_lazy("This proposal has been decided already.")
FOUR_EYES = gettext_lazy("Nobody publishes alone: another person has to approve this.")
CONFLICT = gettext_lazy(
    "The same part of the statement has changed since this was proposed. Both texts "
    "are kept: propose again on top of the present one."
)
MOVED_ON = gettext_lazy(
    "The statement has changed since you opened this page. Please look at it again."
)
NOTHING_NEW = gettext_lazy(
    "Somebody else has proposed the same, and it is public already. There is nothing "
    "left to publish: send this back."
)
#: The columns of a proposal that a decision writes.
DECISION = ["state", "decided_by", "decided_at"]


@write_lock()
def approve(proposal: Proposal, by: User, seen: int | None = None) -> None:
    """Publishes it, or at its time; `seen` is the `mark` that `by` looked at."""
    proposal = open_proposal(proposal.pk)
    if seen is not None and mark(proposal) != seen:
        raise ValidationError(MOVED_ON)
    require_another(
        by, {proposal.author_id, *unpublished_authors(proposal.statement_id)}
    )
    require_no_conflict(proposal)
    record_decision(proposal, by, ProposalState.SCHEDULED)
    if not proposal.publish_at or proposal.publish_at <= timezone.now():
        publish(proposal)
    else:
        proposal.save(update_fields=DECISION)


def mark(proposal: Proposal) -> int:
    """Grows with each revision of the statement, and each change that joins."""
    return latest(proposal.statement_id).pk + proposal.joined


def require_another(by: User, authors: Collection[int | None]) -> None:
    """The one rule of who approves, whatever is proposed: raises ValidationError."""
    require_settled(by)
    if by.pk in authors:
        raise ValidationError(FOUR_EYES)


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("Say why it is sent back."))


def send_back(proposal: Proposal, by: User, reason: str) -> None:
    require_reason(reason)
    close(proposal, by, ProposalState.RETURNED, reason)


def take_back(proposal: Proposal, by: User) -> None:
    close(proposal, by, ProposalState.RETRACTED)


@write_lock()
def close(proposal: Proposal, by: User, state: ProposalState, reason: str = "") -> None:
    """A draft that stood in review is a draft again."""
    proposal = open_proposal(proposal.pk)
    proposal.reason = reason
    record_decision(proposal, by, state)
    proposal.save(update_fields=[*DECISION, "reason"])
    if proposal.statement.state == PublicationState.IN_REVIEW:
        note = Note(ko="초안으로 되돌림", en="A draft again")
        with gate(by, note):
            write_snapshot(
                proposal.statement, {"state": PublicationState.DRAFT.value}, by
            )


def publish_due(moment: datetime) -> tuple[list[Proposal], list[Proposal]]:
    """Publishes what is scheduled up to `moment`, each on its own; what cannot be
    published goes back to review. Returns both; what others were writing on for too
    long stays scheduled.
    """
    published: list[Proposal] = []
    refused: list[Proposal] = []
    for proposal in Proposal.objects.due(moment):
        with suppress(Busy):
            state = publish_scheduled(proposal)
            if state == ProposalState.PUBLISHED:
                published.append(proposal)
            elif state == ProposalState.IN_REVIEW:
                refused.append(proposal)
    return published, refused


@write_lock()
def publish_scheduled(proposal: Proposal) -> ProposalState | None:
    """Its new state; None where it was sent back, or published, meanwhile."""
    kept = Proposal.objects.get(pk=proposal.pk)
    if kept.state != ProposalState.SCHEDULED:
        return None
    try:
        with transaction.atomic():
            require_no_conflict(kept)
            publish(kept)
    except Busy:
        raise
    except ValidationError as error:
        proposal.reason = "\n".join(error.messages)
        proposal.state = ProposalState.IN_REVIEW
        proposal.decided_by = proposal.decided_at = None
        proposal.save(update_fields=[*DECISION, "reason"])
        return ProposalState.IN_REVIEW
    return ProposalState.PUBLISHED


def publish(proposal: Proposal) -> None:
    """Carries an approved proposal through the gate, in the author's name."""
    require_published_above(proposal)
    note = Note(ko=proposal.note_ko, en=proposal.note_en)
    with gate(proposal.author, note, is_minor=proposal.is_minor):
        write_snapshot(proposal.statement, proposal.merged.values, proposal.author)
        if proposal.withdraws:
            for below in published_below(proposal.statement):
                state = PublicationState.WITHDRAWN.value
                write_snapshot(below, {"state": state}, proposal.author)
    revision = latest(proposal.statement_id)
    if Proposal.objects.filter(revision=revision).exists():
        raise ValidationError(NOTHING_NEW)
    proposal.revision = revision
    proposal.state = ProposalState.PUBLISHED
    proposal.save(update_fields=[*DECISION, "revision"])


def open_proposal(pk: int) -> Proposal:
    """The proposal as the database has it now."""
    proposal = Proposal.objects.get(pk=pk)
    if not proposal.is_open:
        raise ValidationError(NOT_OPEN)
    return proposal


def require_no_conflict(proposal: Proposal) -> None:
    if proposal.conflicts:
        raise ValidationError(CONFLICT)


def record_decision(proposal: AnyProposal, by: User, state: ProposalState) -> None:
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.state = state


def latest(statement_id: int) -> Revision:
    return Revision.objects.filter(statement=statement_id).newest_first()[0]


def unpublished_authors(statement_id: int) -> Iterable[int]:
    """The authors of all that readers have not yet seen of a draft."""
    revisions = Revision.objects.filter(statement=statement_id)
    shown = revisions.public().newest_first().values_list("pk", flat=True).first()
    return revisions.filter(pk__gt=shown or 0).values_list("by", flat=True)


def published_below(statement: Statement) -> list[Statement]:
    below: list[Statement] = []
    parents = [statement.pk]
    while parents:
        children = list(Statement.objects.published().filter(parent__in=parents))
        below += children
        parents = [child.pk for child in children]
    return below


def require_published_above(proposal: Proposal) -> None:
    parent = proposal.statement.parent
    is_coming = proposal.changes.get("state") == PublicationState.PUBLISHED
    if is_coming and parent and parent.state != PublicationState.PUBLISHED:
        raise ValidationError(
            _("First publish the statement above it: %(code)s.") % {"code": parent.code}
        )
