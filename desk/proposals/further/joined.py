"""A further change joins what its author has proposed of the statement already."""

from collections.abc import Iterable
from typing import NamedTuple

from desk.models import Proposal
from statements.fields import Snapshot
from statements.gate import Note
from statements.history.merge import changed_values, merge_changes
from statements.models import Revision

#: As long as a note may be.
LONGEST_NOTE = 200
BETWEEN_NOTES = "; "
#: The columns of a proposal that a joined change writes.
JOINED = ["base", "snapshot", "note", "note_ko", "note_en", "joined"]


class Further(NamedTuple):
    """The changes of an author, against the revision that they saw, and why."""

    changes: Snapshot
    base: Revision
    note: Note


class Joined(NamedTuple):
    """A proposal with what has joined it; `is_new` unless it said all of it before."""

    proposal: Proposal
    is_new: bool


def join_first(
    proposals: Iterable[Proposal], further: Further, latest: Revision
) -> Joined | None:
    """Joins the change to the first of the proposals that it fits; saves nothing."""
    return next(filter(None, (join(one, further, latest) for one in proposals)), None)


def join(proposal: Proposal, further: Further, latest: Revision) -> Joined | None:
    """The proposal as it would be of the latest revision, with the further change; None
    where the two are of the same part, or cannot have one decision or note.
    """
    note = Note(
        joined_note(proposal.note_ko, further.note.ko),
        joined_note(proposal.note_en, further.note.en),
    )
    present = latest.snapshot
    waiting = merge_changes(proposal.base.snapshot, proposal.changes, present)
    proposed = {**present, **waiting.values}
    coming = merge_changes(further.base.snapshot, further.changes, present)
    both = merge_changes(present, coming.values, proposed)
    is_of_state = "state" in {*waiting.values, *coming.values}
    is_too_long = max(map(len, note)) > LONGEST_NOTE
    if is_of_state or is_too_long or [*waiting.clashes, *coming.clashes, *both.clashes]:
        return None
    is_new = note != (proposal.note_ko, proposal.note_en) or bool(
        changed_values(proposed, both.values, both.values)
    )
    proposal.base, proposal.snapshot = latest, {**proposed, **both.values}
    proposal.note_ko, proposal.note_en = note
    proposal.joined += is_new
    return Joined(proposal, is_new)


def joined_note(note: str, further: str) -> str:
    """Both notes in one; one that is said already is not said again."""
    said = note.split(BETWEEN_NOTES)
    return note if further in said else BETWEEN_NOTES.join([note, further])
