"""Edits become proposals: whatever may be done inside the gate may be done here.

    with proposing(request.user, note) as proposed:
        ...  # saves, imports, bulk changes

What it would change in public is undone again and kept as proposals, one a statement;
what touches drafts alone is saved at once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desk.models import Proposal, ProposalState
from desk.proposals.approval.changed_since import wait_again
from desk.proposals.further.joined import JOINED, Further, join_first
from statements.dry_run import dry_run
from statements.fields import CHANGEABLE, FACTS, Snapshot, value_in
from statements.gate import Note, gate, settle
from statements.history.merge import differs, merge_changes, own_facts
from statements.history.restore import write_snapshot
from statements.history.snapshot import snapshots
from statements.models import PublicationState, Revision, Statement
from statements.models.states import PUBLIC_STATES
from statements.write_lock import write_lock


class Terms(NamedTuple):
    """The terms of a proposal: `seen` is the newest revision that its author saw;
    `seen_each` the one of each statement, where they were not looked at together. One
    that stands `alone` never joins what its author has proposed already.
    """

    is_minor: bool = False
    publish_at: datetime | None = None
    seen: int | None = None
    seen_each: Mapping[int, int] = MappingProxyType({})
    alone: bool = False


PLAIN = Terms()
SUBMITTED = (PublicationState.IN_REVIEW, PublicationState.PUBLISHED)


@dataclass
class Proposed:
    """The outcome of edits: proposals, and drafts saved at once; `joined` are the
    author's own that a change has joined, `waiting` those that say the same already,
    `again` those whose approval a changed draft has undone.
    """

    proposals: list[Proposal] = field(default_factory=list)
    drafts: list[Statement] = field(default_factory=list)
    joined: list[Proposal] = field(default_factory=list)
    waiting: list[Proposal] = field(default_factory=list)
    again: list[Proposal] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.proposals or self.joined or self.drafts)


@contextmanager
def proposing(by: User, note: Note, terms: Terms = PLAIN) -> Iterator[Proposed]:
    """Raises ValidationError where the gate would, and where a statement would skip a
    step on its way to readers.

    Nobody else writes from before the trial until its proposals are kept: read inside
    what is edited.
    """
    proposed = Proposed()
    with write_lock():
        newest = newest_revision()
        with dry_run() as trial, gate(by, note, is_minor=terms.is_minor) as change:
            yield proposed
            touched = set(change.statement_ids)
            if change.is_any:
                settle(change, note)
            after = snapshots(touched)
            if touched and not is_of_new_drafts(touched, after, newest):
                trial.end()
            trial.keep()
        if not trial.is_kept:
            ProposalMaker(proposed, by, note, terms).make(after)


def newest_revision() -> int:
    return Revision.objects.newest_first().values_list("pk", flat=True).first() or 0


def is_of_new_drafts(
    touched: set[int], after: dict[int, Snapshot], newest: int
) -> bool:
    """Statements made just now are saved as they are, as long as they are drafts."""
    known = Revision.objects.filter(statement__in=touched, pk__lte=newest)
    if set(known.values_list("statement", flat=True)) == touched:
        return False
    if known.exists():
        raise ValidationError(_("Add new statements separately from other changes."))
    if any(state["state"] != PublicationState.DRAFT for state in after.values()):
        raise ValidationError(_("A new statement starts as a draft."))
    return True


@dataclass
class ProposalMaker:
    """Makes proposals of what was tried and taken back, and saves drafts."""

    proposed: Proposed
    by: User
    note: Note
    terms: Terms

    def make(self, after: dict[int, Snapshot]) -> None:
        present = snapshots(after)
        statements = Statement.objects.in_bulk(list(after))
        bases, waiting = self.bases(after), self.waiting(after)
        for pk in sorted(after, key=lambda pk: statements[pk].sort_key):
            base = bases[pk]
            changes = own_changes(base.snapshot, present[pk], after[pk])
            if not changes:
                continue
            require_step(present[pk]["state"], after[pk]["state"])
            own = [one for one in waiting if one.statement_id == pk]
            same = [one for one in own if says(one, changes, self.note)]
            if same:
                self.proposed.waiting += same
                continue
            merged = merge_changes(base.snapshot, changes, present[pk])
            is_draft = present[pk]["state"] not in PUBLIC_STATES
            if is_draft and not merged.clashes:
                self.save_draft(statements[pk], merged.values)
            elif not self.join(own, Further(changes, base, self.note)):
                self.propose(statements[pk], changes, base)
        self.proposed.again += wait_again(self.proposed.drafts)

    def bases(self, statement_ids: Collection[int]) -> dict[int, Revision]:
        """The revisions that the author worked from: the latest they can have seen."""
        known = Revision.objects.filter(statement__in=statement_ids)
        latest = by_statement(known.latest_each())
        seen = known.filter(pk__in=self.terms.seen_each.values())
        if self.terms.seen is not None:
            seen = known.filter(pk__lte=self.terms.seen).latest_each()
        return {**latest, **by_statement(seen)}

    def waiting(self, statement_ids: Collection[int]) -> list[Proposal]:
        """The author’s open proposals of these for the same time, perhaps a moment old:
        whoever sends a form or a sheet twice proposes once.
        """
        same = Proposal.objects.open().filter(
            statement__in=statement_ids,
            author=self.by,
            is_minor=self.terms.is_minor,
            publish_at=self.terms.publish_at,
        )
        return list(same.with_people())

    def join(self, own: list[Proposal], further: Further) -> bool:
        """Puts the change into what its author has in review, where it fits there; a
        batch is decided as it was made.
        """
        in_review = [
            one
            for one in own
            if one.state == ProposalState.IN_REVIEW and one.batch_id is None
        ]
        if self.terms.alone or not in_review:
            return False
        known = Revision.objects.filter(statement=further.base.statement_id)
        found = join_first(in_review, further, known.newest_first()[0])
        if found is None:
            return False
        if found.is_new:
            found.proposal.save(update_fields=JOINED)
            self.proposed.joined.append(found.proposal)
        else:
            self.proposed.waiting.append(found.proposal)
        return True

    def propose(self, statement: Statement, changes: Snapshot, base: Revision) -> None:
        proposal = Proposal(
            statement=statement,
            base=base,
            snapshot={**base.snapshot, **changes},
            author=self.by,
            note_ko=self.note.ko,
            note_en=self.note.en,
            is_minor=self.terms.is_minor,
            publish_at=self.terms.publish_at,
        )
        proposal.save()
        self.proposed.proposals.append(proposal)

    def save_draft(self, statement: Statement, changes: Snapshot) -> None:
        """A draft that is to be published stands in review meanwhile."""
        is_submitted = changes.get("state") in SUBMITTED
        if is_submitted:
            changes = {**changes, "state": PublicationState.IN_REVIEW.value}
        with gate(self.by, self.note, is_minor=self.terms.is_minor):
            write_snapshot(statement, changes, self.by)
        self.proposed.drafts.append(statement)
        if is_submitted:
            base = statement.revisions.newest_first()[0]
            public = {"state": PublicationState.PUBLISHED.value}
            self.propose(statement, public, base)


def by_statement(revisions: Iterable[Revision]) -> dict[int, Revision]:
    return {revision.statement_id: revision for revision in revisions}


def own_changes(
    base: Snapshot,
    present: Snapshot,
    after: Snapshot,
    names: Iterable[str] = CHANGEABLE,
) -> Snapshot:
    """The values that the author changed; not those that they left as they saw them,
    while someone else changed them.
    """
    own = {
        name: own_facts(FACTS[name], value_in(base, name), present[name], after[name])
        if name in FACTS
        else after[name]
        for name in names
        if after[name] not in (present[name], base.get(name, present[name]))
    }
    return {
        name: value
        for name, value in own.items()
        if name not in FACTS or differs(name, value, value_in(base, name))
    }


def says(proposal: Proposal, changes: Snapshot, note: Note) -> bool:
    has_same_note = note == (proposal.note_ko, proposal.note_en)
    return has_same_note and proposal.changes == changes


def require_step(old: str, new: str) -> None:
    if old in PUBLIC_STATES and new not in PUBLIC_STATES:
        raise ValidationError(_("You can stop publishing it, but you cannot hide it."))
    if old not in PUBLIC_STATES and new == PublicationState.WITHDRAWN:
        raise ValidationError(_("You can stop publishing only published statements."))
