"""Public changes, with day and reason: steps from one revision to the next."""

from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from statements.fields import Snapshot
from statements.history.public_view import Publications
from statements.history.snapshot_diff import (
    FieldChange,
    Names,
    diff_snapshots,
    names_of_terms,
)
from statements.models import PublicationState, Revision, Statement
from statements.models.revision import RevisionQuerySet


class Step(NamedTuple):
    """One revision, and its changes to the one before it."""

    revision: Revision
    is_first: bool
    changes: list[FieldChange]
    #: As readers saw them when it came; nothing before the first.
    before: Snapshot
    after: Snapshot

    @property
    def heading(self) -> str:
        return str(self.revision.statement.code)

    @property
    def address(self) -> str:
        return reverse("statements:history", args=[self.heading])

    @property
    def public_id(self) -> str:
        """Stays the same, and tells nothing of drafts, as a key does by its number."""
        return f"statement:{self.heading}:{self.revision.at.isoformat()}"

    @property
    def is_withdrawal(self) -> bool:
        return bool(self.revision.snapshot["state"] == PublicationState.WITHDRAWN)


def steps(revisions: RevisionQuerySet) -> list[Step]:
    """In the order given, in a number of queries that does not grow."""
    shown = list(revisions.with_previous())
    wanted = {revision.previous for revision in shown} - {None}
    earlier = Revision.objects.in_bulk(wanted)
    names = names_of_terms()
    ends = Publications(one.snapshot for one in (*shown, *earlier.values()))
    return [
        step(revision, earlier.get(revision.previous), names, ends)
        for revision in shown
    ]


def step(
    revision: Revision, earlier: Revision | None, names: Names, ends: Publications
) -> Step:
    """Both snapshots as readers saw them when the later one came: what happened to the
    other end of a link meanwhile is no change of this statement.
    """
    new = ends.snapshot(revision.snapshot, revision.at)
    if earlier is None:
        return Step(revision, True, [], {}, new)
    old = ends.snapshot(earlier.snapshot, revision.at)
    return Step(revision, False, diff_snapshots(old, new, names), old, new)


def public_changes() -> RevisionQuerySet:
    """All but the initial load, the last first."""
    shown = Revision.objects.shown().with_previous()
    return (
        shown.exclude(Q(by=None, previous=None))
        .select_related("statement")
        .newest_first()
    )


def history_of(statement: Statement) -> RevisionQuerySet:
    return statement.revisions.shown().newest_first()


def reason_of_withdrawal(statement: Statement) -> Revision | None:
    """The revision that first says withdrawn, of those since it was last published."""
    first = None
    for revision in history_of(statement):
        if revision.snapshot["state"] != PublicationState.WITHDRAWN:
            break
        first = revision
    return first
