"""Decisions of links are proposed: one proposal for each later statement.

All links of a statement are one part of it, and two proposals that change one part
collide. So a decision goes on from what its author has already proposed of the links of
the same statement, and takes its place.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from desk.audit_log import log_made
from desk.models import Proposal, ProposalState
from desk.proposals.decide import take_back
from desk.proposals.record import Proposed, proposing
from statements.gate import Note
from statements.history.restore import write_snapshot
from statements.models import Link, LinkState, Relation, Statement
from statements.write_lock import write_lock

LINKS_ALONE = {"links"}
DECISION_NOTES = {
    LinkState.CONFIRMED: Note(ko="연결을 확인함", en="Link confirmed by staff"),
    LinkState.REJECTED: Note(ko="연결이 아님을 확인함", en="Link rejected by staff"),
}
PAIR_DECIDED = gettext_lazy(
    "This pair has been decided meanwhile. Your text is kept here, to be copied."
)
SEVERAL_DECISIONS = Note(ko="연결을 검토함", en="Links reviewed by staff")


class Decision(NamedTuple):
    later: Statement
    earlier: Statement
    state: LinkState
    rationale_ko: str
    rationale_en: str


@write_lock()
def propose_decisions(by: User, decisions: Collection[Decision]) -> Proposed:
    """Raises ValidationError, and keeps nothing, where the gate would, and where a
    colleague has decided of a pair since its author looked at it.
    """
    require_undecided(by, decisions)
    before = own_proposals(by, {decision.later.pk for decision in decisions})
    with proposing(by, decision_note(decisions, before)) as proposed:
        for proposal in before:
            write_snapshot(proposal.statement, proposal.changes, by)
        for decision in decisions:
            save_link(decision, by)
    renewed = {proposal.statement_id for proposal in proposed.proposals}
    for proposal in before:
        if proposal.statement_id in renewed:
            take_back(proposal, by)
    log_made(by, proposed.proposals)
    return proposed


def require_undecided(by: User, decisions: Iterable[Decision]) -> None:
    waiting = waiting_decisions()
    for decision in decisions:
        pair = (decision.later.pk, decision.earlier.pk)
        link = Link.objects.between(decision.later, decision.earlier)
        is_decided = link.exclude(state=LinkState.SUGGESTED).exists()
        is_waiting = pair in waiting.pairs or waiting.blocking_proposal(pair[0], by)
        if is_decided or is_waiting:
            raise ValidationError(PAIR_DECIDED)


def own_proposals(by: User, statement_ids: set[int]) -> list[Proposal]:
    """The author’s proposals to go on from: they stand on top of the present links."""
    proposals = Proposal.objects.in_review().filter(statement__in=statement_ids)
    return [
        proposal
        for proposal in proposals.with_people()
        if can_go_on(proposal, by) and not proposal.conflicts
    ]


def can_go_on(proposal: Proposal, by: User) -> bool:
    """It is the author’s own, in review, to be published at once, of links alone."""
    is_own = proposal.author_id == by.pk and proposal.publish_at is None
    is_in_review = proposal.state == ProposalState.IN_REVIEW
    return is_own and is_in_review and set(proposal.changes) == LINKS_ALONE


def decision_note(decisions: Iterable[Decision], before: list[Proposal]) -> Note:
    states = {decision.state for decision in decisions}
    return (
        SEVERAL_DECISIONS if before or len(states) > 1 else DECISION_NOTES[states.pop()]
    )


def save_link(decision: Decision, by: User) -> None:
    """Saves the link between the two, which there may be already."""
    ends = {"later": decision.later, "earlier": decision.earlier}
    link = Link.objects.filter(**ends).first()
    link = link or Link(**ends, relation=Relation.SAME_SUBJECT)
    link.state = decision.state
    link.rationale_ko = decision.rationale_ko
    link.rationale_en = decision.rationale_en
    link.by, link.at = by, timezone.now()
    link.save()


class WaitingDecisions(NamedTuple):
    """Links that open proposals change, and the proposals by later statement."""

    pairs: set[tuple[int, int]]
    proposals: dict[int, list[Proposal]]

    def blocking_proposal(self, later: int, by: User) -> Proposal | None:
        """The proposal that a decision of `by` would collide with."""
        proposals = self.proposals.get(later, ())
        return next((p for p in proposals if not can_go_on(p, by)), None)


def waiting_decisions() -> WaitingDecisions:
    keys = dict(Statement.objects.values_list("code", "pk"))
    waiting = WaitingDecisions(set(), {})
    for proposal in Proposal.objects.open().with_people():
        if "links" not in proposal.changes:
            continue
        waiting.proposals.setdefault(proposal.statement_id, []).append(proposal)
        then, now = map(links_by_code, (proposal.base.snapshot, proposal.snapshot))
        for code in then.keys() | now.keys():
            if then.get(code) != now.get(code) and code in keys:
                waiting.pairs.add((proposal.statement_id, keys[code]))
    return waiting


def links_by_code(snapshot: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {link["earlier"]: link for link in snapshot["links"]}
