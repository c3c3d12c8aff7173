"""Decisions of links are proposed, each with what its author has proposed already of
the later statement; those of colleagues for other pairs are in nobody's way.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from desk.models import Proposal
from desk.proposals.messages import log
from desk.proposals.record import Proposed, proposing
from statements.fields import Snapshot, value_in
from statements.gate import Note
from statements.history.fact_words import PlainFact
from statements.models import Link, LinkState, Relation, Statement
from statements.write_lock import write_lock

DECISION_NOTES = {
    LinkState.CONFIRMED: Note(ko="연결을 확인함", en="Link confirmed by staff"),
    LinkState.REJECTED: Note(ko="연결이 아님을 확인함", en="Link rejected by staff"),
}
PAIR_DECIDED = gettext_lazy(
    "A decision on this pair was submitted in the meantime. Your text is kept here so "
    "that you can copy it."
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
    require_undecided(decisions)
    note = decision_note(decisions)
    with proposing(by, note) as proposed:
        for decision in decisions:
            save_link(decision, by)
    log(by, proposed, note)
    return proposed


def require_undecided(decisions: Iterable[Decision]) -> None:
    waiting = waiting_pairs()
    for decision in decisions:
        pair = (decision.later.pk, decision.earlier.pk)
        link = Link.objects.between(decision.later, decision.earlier)
        is_decided = link.exclude(state=LinkState.SUGGESTED).exists()
        if is_decided or pair in waiting:
            raise ValidationError(PAIR_DECIDED)


def decision_note(decisions: Iterable[Decision]) -> Note:
    states = {decision.state for decision in decisions}
    return SEVERAL_DECISIONS if len(states) > 1 else DECISION_NOTES[states.pop()]


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


def waiting_pairs() -> set[tuple[int, int]]:
    """The ends of the links that open proposals change, later and earlier."""
    keys = dict(Statement.objects.values_list("code", "pk"))
    pairs = set()
    for proposal in Proposal.objects.open().select_related("base"):
        then, now = map(links_by_code, (proposal.base.snapshot, proposal.snapshot))
        pairs |= {
            (proposal.statement_id, keys[code])
            for code in then.keys() | now.keys()
            if then.get(code) != now.get(code) and code in keys
        }
    return pairs


def links_by_code(snapshot: Snapshot) -> dict[str, PlainFact]:
    return {link["earlier"]: link for link in value_in(snapshot, "links")}
