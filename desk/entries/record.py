"""Edits of entries become proposals; nothing of them is saved before approval.

    with proposing_entries(request.user, note) as proposed:
        ...  # saves, deletions

An entry that is to be added is nowhere but in its proposal meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import User

from desk.models import EntryProposal
from desk.proposals.record import own_changes
from statements.dry_run import dry_run
from statements.fields import Snapshot
from statements.gate import Note, gate, settle
from statements.history.entries import EntryKey, entry_snapshots, last_revisions
from statements.models import EntryAct, EntryRevision
from statements.write_lock import write_lock


@dataclass
class ProposedEntries:
    """The outcome of edits; `waiting` are the author's own proposals that say just the
    same already.
    """

    proposals: list[EntryProposal] = field(default_factory=list)
    waiting: list[EntryProposal] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.proposals)


@contextmanager
def proposing_entries(
    by: User, note: Note, seen: int | None = None
) -> Iterator[ProposedEntries]:
    """`seen` is the newest revision that the author can have seen. Raises
    ValidationError where the gate would.
    """
    proposed = ProposedEntries()
    with write_lock():
        with dry_run() as trial, gate(by, note) as change:
            yield proposed
            if change.is_any:
                settle(change, note)
            keys = sorted(change.entries)
            after = entry_snapshots(keys)
            trial.end()
        for proposal in drafted(keys, after, seen):
            proposal.author, proposal.note_ko, proposal.note_en = by, note.ko, note.en
            keep(proposal, proposed)


def newest_entry_revision() -> int:
    newest = EntryRevision.objects.newest_first().values_list("pk", flat=True)
    return newest.first() or 0


def drafted(
    keys: list[EntryKey], after: dict[EntryKey, Snapshot], seen: int | None
) -> Iterator[EntryProposal]:
    """A proposal for each entry that the trial added, changed or deleted."""
    present, bases = entry_snapshots(keys), seen_revisions(keys, seen)
    for key in keys:
        kind, pk = key
        if key not in present:
            if key in after:
                yield EntryProposal(kind=kind, act=EntryAct.ADD, snapshot=after[key])
            continue
        base = bases[key]
        made = EntryProposal(kind=kind, entry_id=pk, base=base, snapshot=base.snapshot)
        if key not in after:
            made.act = EntryAct.DELETE
            yield made
            continue
        new = after[key]
        if changes := own_changes(base.snapshot, present[key], new, names=new):
            made.act, made.snapshot = EntryAct.CHANGE, {**base.snapshot, **changes}
            yield made


def seen_revisions(
    keys: list[EntryKey], seen: int | None
) -> dict[EntryKey, EntryRevision]:
    """The revisions that the author worked from: the latest they can have seen."""
    latest = last_revisions(keys)
    return latest if seen is None else {**latest, **last_revisions(keys, seen)}


def keep(proposal: EntryProposal, proposed: ProposedEntries) -> None:
    """Saves the proposal, unless its author’s own, just the same, waits already."""
    waiting = EntryProposal.objects.open().of(proposal.kind, proposal.entry_id)
    same = [
        one
        for one in waiting.filter(
            act=proposal.act,
            author=proposal.author,
            note_ko=proposal.note_ko,
            note_en=proposal.note_en,
        )
        if one.changes == proposal.changes
    ]
    if same:
        proposed.waiting += same
    else:
        proposal.save()
        proposed.proposals.append(proposal)
