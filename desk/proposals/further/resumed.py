"""The proposal that somebody goes on from: it waits, or it was sent back."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest

from desk.models import Proposal, ProposalState
from desk.proposals.further.facts import PROPOSAL, initial_values, shown_fact
from desk.proposals.states import DECISION_COLUMNS, AnyProposal, record_decision
from statements.fields import ENGLISH, FACTS, FINGERPRINTS, TAGS, Snapshot
from statements.history.merge import Clash, merge_changes, put_fact
from statements.input.keys import read_key

EDIT_KOREAN = "desk.edit_korean"
#: What can be proposed without that right.
FOR_TRANSLATORS = {*ENGLISH, *FINGERPRINTS}
#: What the form of the translation desk has, or says.
ON_TRANSLATION_DESK = {"title_en", "text_en", "en_from"}


def may_resume(user: User, proposal: Proposal) -> bool:
    """Says whether the user could have proposed it: nobody hands in another's Korean by
    going on from it.
    """
    is_english = FOR_TRANSLATORS.issuperset(proposal.changes)
    is_free = is_english or user.has_perm(EDIT_KOREAN)
    may_change = user.has_perm("statements.change_statement")
    return proposal.is_resumable and may_change and is_free


def is_for_translation_desk(proposal: Proposal) -> bool:
    return ON_TRANSLATION_DESK.issuperset(proposal.changes)


def proposal_to_resume(
    request: HttpRequest, user: User, statement: int | None
) -> Proposal | None:
    """The proposal that the address names, if it is of that statement, or the form is
    of none yet.
    """
    key = read_key(request.GET.get(PROPOSAL, ""))
    proposal = None if key is None else still_resumable(key, user)
    is_of_it = proposal and statement in (None, proposal.statement_id)
    return proposal if is_of_it else None


def still_resumable(key: int, user: User) -> Proposal | None:
    """The proposal as the database has it now; None where it was decided meanwhile."""
    proposal = Proposal.objects.with_people().filter(pk=key).first()
    return proposal if proposal and may_resume(user, proposal) else None


class Resumed(NamedTuple):
    """A proposal as one form goes on from it: the values that are written before the
    form is, what a form of a new fact begins with, and what is left out.
    """

    proposal: Proposal
    values: Snapshot
    initial: dict[str, Any]
    left_out: list[Clash]


def go_on_from(
    proposal: Proposal, model: type[Model], edited: Model | None, mark: str
) -> Resumed:
    """Leaves out the changes that clash with those of others and that the form does not
    show: they would be written over theirs unseen. A form of texts and tags shows no
    fact, that of a fact nothing else.
    """
    shown = shown_fact(proposal, model, edited, mark)
    left_out = [
        clash
        for clash in proposal.merged.clashes
        if not (shown.is_of(clash) if shown else clash.name not in FACTS)
    ]
    values = values_without(proposal, left_out)
    if shown and shown.proposed:
        put_fact(values[shown.row.name], [shown.proposed], None)
    initial = initial_values(proposal, shown) if shown else {}
    return Resumed(proposal, values, initial, left_out)


def values_without(proposal: Proposal, left_out: Iterable[Clash]) -> Snapshot:
    """The values as they would be, but for these; tags that are no longer in the
    vocabulary are left out too.
    """
    changes = proposal.changes
    for clash in left_out:
        if clash.name in FACTS:
            changes[clash.name] = list(changes[clash.name])
            put_fact(changes[clash.name], [clash.proposed], clash.base)
        else:
            del changes[clash.name]
    base, present = proposal.base.snapshot, proposal.present
    values = merge_changes(base, changes, present).values
    for name in TAGS.keys() & values.keys():
        known = TAGS[name].model.objects.filter(slug__in=values[name])
        slugs = set(known.values_list("slug", flat=True))
        values[name] = [slug for slug in values[name] if slug in slugs]
    return values


def put_in_place(old: Proposal | None, made: Iterable[Proposal], by: User) -> None:
    """The proposal made of the same statement stands for the old one."""
    for new in made:
        if old and new.statement_id == old.statement_id:
            stand_for(old, new, by)


def stand_for(old: AnyProposal, new: AnyProposal, by: User) -> None:
    """Takes back the old one, which its author goes on from, or names the one that was
    sent back; a colleague's that still waits is not taken from them.

    The statement stays as it is: a draft is in review with the new one.
    """
    if old.is_open and old.author_id != by.pk:
        return
    if old.is_open:
        record_decision(old, by, ProposalState.RETRACTED)
        old.save(update_fields=DECISION_COLUMNS)
    new.replaces = old
    new.save(update_fields=["replaces"])
