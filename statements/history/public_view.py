"""The one place that says what readers see of a snapshot.

Snapshots are whole, for staff. Of their links readers see those that were not rejected,
to what was published then: never a link to a draft, nor why staff rejected one.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from statements.fields import Snapshot, is_same, value_in
from statements.models import (
    Document,
    EntryKind,
    EntryRevision,
    LinkState,
    PublicationState,
    Revision,
    Statement,
)
from statements.models.entries import EntryRevisionQuerySet
from statements.models.states import PUBLIC_STATES


class Publications:
    """The times at which the statements that snapshots link to were published."""

    def __init__(self, snapshots: Iterable[Snapshot]) -> None:
        self.states: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        revisions = Revision.objects.filter(statement__code__in=linked(snapshots))
        for code, at, state in revisions.order_by("pk").values_list(
            "statement__code", "at", KT("snapshot__state")
        ):
            self.states[code].append((at, state))

    def published(self, codes: Iterable[str], at: datetime) -> set[str]:
        """Those of the codes that were published at a moment."""
        return {code for code in codes if self.is_published(code, at)}

    def is_published(self, code: str, at: datetime) -> bool:
        states = self.states[code]
        known = bisect_right(states, at, key=lambda state: state[0])
        return bool(known) and states[known - 1][1] == PublicationState.PUBLISHED

    def snapshot(self, snapshot: Snapshot, at: datetime) -> Snapshot:
        """A snapshot as readers saw it at a moment."""
        return public_snapshot(snapshot, self.published(linked([snapshot]), at))


def public_entry_revisions() -> EntryRevisionQuerySet:
    """Those of entries, without those of documents from when they had drafts alone."""
    hidden = Document.objects.exclude(pk__in=Document.objects.known().values("pk"))
    shown = Revision.objects.shown().filter(statement__document=OuterRef("entry_id"))
    first = shown.order_by("at").values("at")[:1]
    of_documents = EntryRevision.objects.filter(kind=EntryKind.DOCUMENT)
    unseen = of_documents.filter(
        Q(entry_id__in=hidden.values("pk")) | Q(at__lt=Subquery(first))
    )
    return EntryRevision.objects.exclude(pk__in=unseen.order_by().values("pk"))


def untold_documents(statement_ids: Iterable[int]) -> set[tuple[str, int]]:
    """The documents of these statements that readers know by now, and that none of the
    public revisions tells of.
    """
    touched = Statement.objects.filter(pk__in=statement_ids).order_by()
    told = public_entry_revisions().filter(kind=EntryKind.DOCUMENT).order_by()
    known = Document.objects.known().filter(pk__in=touched.values("document"))
    untold = known.exclude(pk__in=told.values("entry_id")).order_by()
    return {(Document.entry_kind(), pk) for pk in untold.values_list("pk", flat=True)}


def public_snapshot(snapshot: Snapshot, published: set[str]) -> Snapshot:
    """A snapshot as readers see it while statements with these codes are public."""
    links = [
        link
        for link in value_in(snapshot, "links")
        if link["state"] != LinkState.REJECTED and link["earlier"] in published
    ]
    return {**snapshot, "links": links}


def linked(snapshots: Iterable[Snapshot]) -> set[str]:
    """The codes of the statements that snapshots link to."""
    return {link["earlier"] for s in snapshots for link in value_in(s, "links")}


def seen_by_readers(
    changes: Mapping[int, tuple[Snapshot | None, Snapshot]],
) -> set[int]:
    """The keys of those changes of snapshots that readers can see now."""
    snapshots = [s for change in changes.values() for s in change if s is not None]
    codes = Statement.objects.published().filter(code__in=linked(snapshots))
    published = set(codes.values_list("code", flat=True))
    return {key for key, change in changes.items() if differs(*change, published)}


def differs(old: Snapshot | None, new: Snapshot, published: set[str]) -> bool:
    """True where readers see something else; of a draft they see nothing."""
    was_public = old is not None and old["state"] in PUBLIC_STATES
    is_public = new["state"] in PUBLIC_STATES
    if old is None or not (was_public and is_public):
        return was_public or is_public
    return not is_same(public_snapshot(old, published), public_snapshot(new, published))
