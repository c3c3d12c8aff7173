"""The return of a batch: its statements become again what they were before it.

It is a batch itself, which another person approves.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from desk.audit_log import log_made
from desk.batches.decide import open_of
from desk.batches.record import keep_batch
from desk.models import Batch, BatchKind
from desk.proposals.record import Terms, proposing
from statements.fields import Snapshot, value_in
from statements.gate import Note
from statements.history.merge import Merged, changed_values, merge_changes
from statements.history.restore import changeable_values, write_snapshot
from statements.history.snapshot import snapshots
from statements.models import PublicationState, Revision, Statement
from statements.models.states import PUBLIC_STATES
from statements.write_lock import write_lock


class Before(NamedTuple):
    """The values of a statement that a batch changed: as they were, and became."""

    values: Snapshot
    became: Snapshot

    def is_changed_in(self, present: Snapshot) -> bool:
        """Somebody has changed one of these again since."""
        return bool(self.upon(present).clashes)

    def upon(self, present: Snapshot) -> Merged:
        """The values returned to: what others have added since stays."""
        return merge_changes(self.became, self.values, present)


@write_lock()
def return_batch(batch: Batch, by: User, note: Note) -> Batch:
    """Proposes all that it published as it was before; other parts of the statements
    stay. What was no public text before is withdrawn.
    """
    require_returnable(batch)
    before = values_before(batch)
    present = snapshots(before)
    with proposing(by, note, Terms(alone=True)) as proposed:
        for statement in Statement.objects.filter(pk__in=before).in_outline_order():
            returned_to = before[statement.pk].upon(present[statement.pk])
            write_snapshot(statement, returned_to.values, by)
    subject = f"#{batch.pk} {batch.subject}"
    returned = keep_batch(proposed, by, BatchKind.RETURN, subject, batch)
    if returned is None:
        raise ValidationError(
            _("Everything is already as it was before this batch was published.")
        )
    log_made(by, proposed.proposals)
    return returned


def require_returnable(batch: Batch) -> None:
    """Once nothing of it waits, and unless it is returned already."""
    if open_of(batch).exists():
        raise ValidationError(
            _("Some proposals in this batch are still waiting. Decide on them first.")
        )
    if batch.is_returned:
        raise ValidationError(
            _(
                "This batch has already been reverted, or a proposal to revert it is "
                "waiting for review."
            )
        )


def changed_again(batch: Batch) -> list[str]:
    """The codes of statements whose parts somebody has changed since the batch."""
    before = values_before(batch)
    present = snapshots(before)
    return [
        str(present[pk]["code"])
        for pk, one in before.items()
        if one.is_changed_in(present[pk])
    ]


def values_before(batch: Batch) -> dict[int, Before]:
    """By statement, in the order of their keys, those that the batch changed."""
    return dict(sorted(pairs_before(list(revisions_of(batch)))))


def pairs_before(written: list[Revision]) -> Iterator[tuple[int, Before]]:
    first = {one.statement_id: one.pk for one in reversed(written)}
    last = {one.statement_id: one.snapshot for one in written}
    older: dict[int, int] = {}
    every = Revision.objects.filter(statement__in=first).order_by("pk")
    for pk, statement_id in every.values_list("pk", "statement_id"):
        if pk < first[statement_id]:
            older[statement_id] = pk
    revisions = Revision.objects.in_bulk(older.values())
    for statement_id, pk in older.items():
        old, new = revisions[pk].snapshot, last[statement_id]
        values = values_that_differ(old, new)
        if values:
            yield statement_id, Before(values, {n: value_in(new, n) for n in values})


def values_that_differ(old: Snapshot, new: Snapshot) -> Snapshot:
    """The old values; what readers had not seen before is withdrawn as it is."""
    if old["state"] not in PUBLIC_STATES:
        return {"state": PublicationState.WITHDRAWN.value}
    values = changeable_values(old)
    return changed_values(new, values, values)


def revisions_of(batch: Batch) -> QuerySet[Revision]:
    """All that it wrote in public, oldest first: with a statement that it withdrew go
    those below it, by the same gate.
    """
    own = Revision.objects.filter(proposal__batch=batch)
    withdrawals = own.filter(snapshot__state=PublicationState.WITHDRAWN.value)
    with_them = Q(
        proposal=None,
        snapshot__state=PublicationState.WITHDRAWN.value,
        by=batch.author_id,
        at__in=withdrawals.values("at"),
    )
    return Revision.objects.filter(Q(proposal__batch=batch) | with_them).order_by("pk")
