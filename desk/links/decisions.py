"""What people decide of links: proposed, one proposal for each later statement.

All links of a statement are one part of it, and two proposals that change one part
collide. So a decision goes on from what its author has already proposed of the links of
the same statement, and takes its place.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from desk.audit_log import log_made
from desk.models import Proposal, ProposalState
from desk.proposals.decide import take_back
from desk.proposals.record import Proposed, proposing
from statements.gate import Note
from statements.history.restore import write_snapshot
from statements.models import Link, LinkState, Relation, Statement

PART = {"links"}
NOTES = {
    LinkState.CONFIRMED: Note(ko="연결을 확인함", en="Link confirmed by staff"),
    LinkState.REJECTED: Note(ko="연결이 아님을 확인함", en="Link rejected by staff"),
}
BOTH = Note(ko="연결을 검토함", en="Links reviewed by staff")


class Decision(NamedTuple):
    later: Statement
    earlier: Statement
    state: LinkState
    rationale_ko: str
    rationale_en: str


@transaction.atomic
def propose_decisions(
    by: AbstractBaseUser, decisions: Collection[Decision]
) -> Proposed:
    """Raises ValidationError, and keeps nothing, where the gate would."""
    before = own_proposals(by, {decision.later.pk for decision in decisions})
    with proposing(by, note_of(decisions, before)) as proposed:
        for proposal in before:
            write_snapshot(proposal.statement, proposal.changes, by)
        for decision in decisions:
            save(decision, by)
    renewed = {proposal.statement_id for proposal in proposed.proposals}
    for proposal in before:
        if proposal.statement_id in renewed:
            take_back(proposal, by)
    log_made(by, proposed.proposals)
    return proposed


def own_proposals(by: AbstractBaseUser, statement_ids: set[int]) -> list[Proposal]:
    """Those to go on from, as long as they stand on top of the present links."""
    proposals = Proposal.objects.in_review().filter(statement__in=statement_ids)
    return [
        proposal
        for proposal in proposals.with_people()
        if can_go_on(proposal, by) and not proposal.conflicts
    ]


def can_go_on(proposal: Proposal, by: AbstractBaseUser) -> bool:
    """An author’s own in review, at once and of nothing but links."""
    is_own = proposal.author_id == by.pk and proposal.publish_at is None
    is_in_review = proposal.state == ProposalState.IN_REVIEW
    return is_own and is_in_review and set(proposal.changes) == PART


def note_of(decisions: Iterable[Decision], before: list[Proposal]) -> Note:
    states = {decision.state for decision in decisions}
    return BOTH if before or len(states) > 1 else NOTES[states.pop()]


def save(decision: Decision, by: AbstractBaseUser) -> None:
    """The link between the two, which there may be already."""
    ends = {"later": decision.later, "earlier": decision.earlier}
    link = Link.objects.filter(**ends).first()
    link = link or Link(**ends, relation=Relation.SAME_SUBJECT)
    link.state = decision.state
    link.rationale_ko = decision.rationale_ko
    link.rationale_en = decision.rationale_en
    link.by, link.at = by, timezone.now()
    link.save()


class Waiting(NamedTuple):
    """What open proposals would change: `pairs` of links, by later statement too."""

    pairs: set[tuple[int, int]]
    proposals: dict[int, list[Proposal]]

    def in_the_way(self, later: int, by: AbstractBaseUser) -> Proposal | None:
        """What a decision of `by` would collide with."""
        found = self.proposals.get(later, ())
        return next((one for one in found if not can_go_on(one, by)), None)


def waiting_decisions() -> Waiting:
    keys = dict(Statement.objects.values_list("code", "pk"))
    found = Waiting(set(), {})
    for proposal in Proposal.objects.open().with_people():
        if "links" not in proposal.changes:
            continue
        found.proposals.setdefault(proposal.statement_id, []).append(proposal)
        then, now = map(by_code, (proposal.base.snapshot, proposal.snapshot))
        for code in then.keys() | now.keys():
            if then.get(code) != now.get(code) and code in keys:
                found.pairs.add((proposal.statement_id, keys[code]))
    return found


def by_code(snapshot: dict) -> dict[str, dict]:
    return {link["earlier"]: link for link in snapshot["links"]}
