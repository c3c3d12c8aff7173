"""All changes in public, of statements and of entries, the last first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value

from statements.history.entry_diff import diff_entries, sides
from statements.history.log import Step, public_changes, steps
from statements.history.public_view import public_entry_revisions
from statements.history.snapshot_diff import FieldChange, Names, names_of_terms
from statements.models import EntryAct, EntryRevision, Revision
from statements.models.entries import EntryRevisionQuerySet

STATEMENT, ENTRY = "statement", "entry"


class EntryStep(NamedTuple):
    """One revision of an entry, and its changes to the one before it."""

    revision: EntryRevision
    changes: list[FieldChange]

    @property
    def is_first(self) -> bool:
        """The initial load: nobody added it."""
        return self.revision.by_id is None and self.revision.act == EntryAct.ADD

    @property
    def act(self) -> str:
        return "" if self.is_first else str(self.revision.get_act_display())

    @property
    def heading(self) -> str:
        return self.revision.subject

    @property
    def address(self) -> str:
        return self.revision.history_url

    @property
    def public_id(self) -> str:
        """As a statement's, by its moment."""
        revision = self.revision
        return f"{revision.kind}:{revision.entry_id}:{revision.at.isoformat()}"


def entry_steps(revisions: EntryRevisionQuerySet) -> list[EntryStep]:
    """In the order given, in a number of queries that does not grow."""
    shown = list(revisions.with_previous())
    wanted = {revision.previous for revision in shown} - {None}
    earlier = EntryRevision.objects.in_bulk(wanted)
    names = names_of_terms() if shown else {}
    return [entry_step(one, earlier.get(one.previous), names) for one in shown]


def entry_step(
    revision: EntryRevision, earlier: EntryRevision | None, names: Names
) -> EntryStep:
    if revision.by_id is None and revision.act == EntryAct.ADD:
        return EntryStep(revision, [])
    old, new = sides(revision, earlier)
    return EntryStep(revision, diff_entries(revision.kind, old, new, names))


class ChangeLog:
    """The public changes as a paginator takes them: counted, and in slices."""

    def __init__(self, kind: str | None = None) -> None:
        """Of all, or of entries of one kind."""
        entries = public_entry_revisions().changes()
        self.statements = Revision.objects.none() if kind else public_changes()
        self.entries = entries.filter(kind=kind) if kind else entries

    def count(self) -> int:
        return self.statements.count() + self.entries.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Step | EntryStep]:
        wanted = list(self.keys()[part])
        shown: dict[tuple[str, int], Step | EntryStep] = {}
        for step in self.statement_steps(wanted):
            shown[STATEMENT, step.revision.pk] = step
        for entry_step in self.entry_steps(wanted):
            shown[ENTRY, entry_step.revision.pk] = entry_step
        return [shown[row["of"], row["pk"]] for row in wanted]

    def keys(self) -> QuerySet[Any, dict[str, Any]]:
        """Time, table and key of each, the last first."""
        entries: QuerySet[Any, dict[str, Any]] = self.entries.order_by().raw_values(
            "at", "pk", of=Value(ENTRY)
        )
        statements = self.statements.order_by().raw_values(
            "at", "pk", of=Value(STATEMENT)
        )
        if not self.statements.query.is_empty():
            entries = entries.union(statements, all=True)
        return entries.order_by("-at", "-of", "-pk")

    def revisions(self, most: int) -> list[Revision | EntryRevision]:
        """The last of them alone, with whose they are and who made them."""
        both = [
            *self.statements.select_related("by")[:most],
            *self.entries.newest_first().select_related("by")[:most],
        ]
        return sorted(both, key=lambda one: one.at, reverse=True)[:most]

    def statement_steps(self, wanted: Iterable[dict[str, Any]]) -> list[Step]:
        keys = [row["pk"] for row in wanted if row["of"] == STATEMENT]
        return steps(self.statements.filter(pk__in=keys).with_reports()) if keys else []

    def entry_steps(self, wanted: Iterable[dict[str, Any]]) -> list[EntryStep]:
        keys = [row["pk"] for row in wanted if row["of"] == ENTRY]
        return entry_steps(self.entries.filter(pk__in=keys)) if keys else []
