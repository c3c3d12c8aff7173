"""From the proposal of an entry to readers: always by another person.

Whoever decides holds the write lock before anything is read that the decision depends
on: the proposal, its entry, and the statements that would lose a tag.
"""

import json
import zlib
from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.accounts.rights import require_settled
from desk.models import EntryProposal, ProposalState
from desk.proposals.approval.obstacles import (
    FOUR_EYES,
    NOT_OPEN,
    reason_of_state,
)
from desk.proposals.decide import require_reason
from desk.proposals.states import DECISION_COLUMNS, record_decision
from statements.fields import TAGS
from statements.gate import Note, gate
from statements.history.entries import (
    entry_snapshots,
    last_revisions,
    write_entry,
)
from statements.models import Entry, EntryAct, Statement, StatementQuerySet
from statements.write_lock import write_lock

ENTRY_CONFLICT = gettext_lazy(
    "The same part has changed since this was submitted. Both texts are kept. Submit "
    "it again, based on the present text."
)
ENTRY_MOVED_ON = gettext_lazy(
    "This has changed since you opened the page. Please check it again."
)
GONE = gettext_lazy("It has been deleted since this was submitted.")
SAID_ALREADY = gettext_lazy("This is already public. There is nothing left to approve.")


@write_lock()
def approve_entry(proposal: EntryProposal, by: User, seen: int | None = None) -> None:
    """Publishes it; `seen` is the mark of what `by` looked at."""
    require_settled(by)
    proposal = open_entry_proposal(proposal.pk)
    if seen is not None and seen != mark_of_present(proposal):
        raise ValidationError(ENTRY_MOVED_ON)
    if reason := reason_against(proposal, by):
        raise ValidationError(str(reason))
    record_decision(proposal, by, ProposalState.PUBLISHED)
    publish_entry(proposal)


@write_lock()
def approve_entries_together(
    by: User, proposals: Iterable[EntryProposal]
) -> list[EntryProposal]:
    """Approves all of these, or raises ValidationError, which names the first that
    cannot be, and approves none.
    """
    approved = sorted(proposals, key=lambda proposal: proposal.pk)
    for proposal in approved:
        try:
            approve_entry(proposal, by)
        except ValidationError as error:
            named = [f"{proposal}: {text}" for text in error.messages]
            raise ValidationError(named) from error
    return approved


def find_entry_obstacles(
    proposals: Collection[EntryProposal], by: User
) -> dict[int, Promise]:
    """The reasons why `by` cannot approve these, in a number of queries that does not
    grow. Sets `present` of each.
    """
    keys = {(one.kind, one.entry_id) for one in proposals if one.entry_id is not None}
    present = entry_snapshots(keys)
    found: dict[int, Promise] = {}
    for proposal in proposals:
        key = (proposal.kind, proposal.entry_id or 0)
        proposal.present = present.get(key, {})
        if reason := reason_against(proposal, by):
            found[proposal.pk] = reason
    return found


def reason_against(proposal: EntryProposal, by: User) -> Promise | None:
    if reason := reason_of_state(proposal):
        return reason
    if by.pk == proposal.author_id:
        return FOUR_EYES
    if proposal.is_gone:
        return GONE
    if proposal.conflicts:
        return ENTRY_CONFLICT
    return SAID_ALREADY if proposal.result == proposal.present else None


def send_entry_back(proposal: EntryProposal, by: User, reason: str) -> None:
    require_reason(reason)
    close_entry(proposal, by, ProposalState.RETURNED, reason)


def take_entry_back(proposal: EntryProposal, by: User) -> None:
    close_entry(proposal, by, ProposalState.RETRACTED)


@write_lock()
def close_entry(
    proposal: EntryProposal, by: User, state: ProposalState, reason: str = ""
) -> None:
    proposal = open_entry_proposal(proposal.pk)
    proposal.reason = reason
    record_decision(proposal, by, state)
    proposal.save(update_fields=[*DECISION_COLUMNS, "reason"])


def publish_entry(proposal: EntryProposal) -> None:
    """Carries an approved proposal through the gate, in the author's name."""
    note = Note(ko=proposal.note_ko, en=proposal.note_en)
    try:
        with gate(proposal.author, note):
            proposal.entry_id = carry_out(proposal)
    except ProtectedError as error:
        needing = ", ".join(sorted(str(row) for row in error.protected_objects))
        text = _("It cannot be deleted while it is used by: %(names)s")
        raise ValidationError(text % {"names": needing}) from error
    key = (proposal.kind, proposal.entry_id)
    proposal.revision = last_revisions([key])[key]
    proposal.save(update_fields=[*DECISION_COLUMNS, "entry_id", "revision"])


def carry_out(proposal: EntryProposal) -> int:
    """Adds, changes or deletes the entry; returns its key."""
    if proposal.act == EntryAct.ADD:
        return int(write_entry(proposal.model(), proposal.changes).pk)
    entry: Entry = proposal.model._base_manager.get(pk=proposal.entry_id)
    key: int = entry.pk
    if proposal.act == EntryAct.DELETE:
        entry.delete()
    else:
        write_entry(entry, proposal.changes)
    return key


def open_entry_proposal(pk: int) -> EntryProposal:
    """The proposal as the database has it now."""
    proposal = EntryProposal.objects.get(pk=pk)
    if not proposal.is_open:
        raise ValidationError(NOT_OPEN)
    return proposal


def losing_a_tag(proposal: EntryProposal) -> StatementQuerySet:
    """The statements that lose a tag where the proposal deletes a term."""
    for name, row in TAGS.items():
        if row.model is proposal.model and proposal.act == EntryAct.DELETE:
            return Statement.objects.filter(**{name: proposal.entry_id})
    return Statement.objects.none()


def mark_of_present(proposal: EntryProposal) -> int:
    """A number that is another one once what the proposal is approved upon changes."""
    codes = losing_a_tag(proposal).in_outline_order().values_list("code", flat=True)
    text = json.dumps([proposal.present, list(codes)], sort_keys=True)
    return zlib.crc32(text.encode())
