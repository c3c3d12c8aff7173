"""The history: everything public is as its last revision has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from portal.backups.tables import plain_rows
from statements.fields import is_same
from statements.history.entries import ENTRY_MODELS, EntryKey, entry_snapshots
from statements.history.entries import differs as entry_differs
from statements.history.snapshot import snapshots
from statements.models import EntryAct, EntryRevision, Revision, Statement

#: Statements that are in memory together.
TOGETHER = 500


def in_batches(keys: list[int]) -> Iterator[list[int]]:
    return (keys[n : n + TOGETHER] for n in range(0, len(keys), TOGETHER))


def all_statements() -> list[int]:
    return list(plain_rows(Statement).order_by("pk").values_list("pk", flat=True))


def faults_of_history(pks: Iterable[int] | None = None) -> Iterator[str]:
    """Every statement is as its last revision says, which says why and by whom."""
    keys = all_statements() if pks is None else sorted(pks)
    for batch in in_batches(keys):
        revisions = Revision.objects.filter(statement__in=batch)
        latest = revisions.latest_each().values_list("statement", "snapshot")
        kept = dict(latest.order_by())
        for pk, state in snapshots(batch).items():
            if pk not in kept:
                yield f"{state['code']}: no revision"
            elif not is_same(kept[pk], state):
                names = [n for n, v in state.items() if kept[pk].get(n) != v]
                yield f"{state['code']}: not as its last revision has it: {names}"
        yield from faults_of_reasons(revisions.order_by("pk"))


def faults_of_reasons(revisions: QuerySet[Revision]) -> Iterator[str]:
    known: set[int] = set()
    columns = revisions.values_list("pk", "statement", "note_ko", "note_en", "by")
    for pk, statement, ko, en, by in columns:
        if not (ko and en):
            yield f"revision {pk}: no reason in both languages"
        if statement in known and not by:
            yield f"revision {pk}: a change by nobody"
        known.add(statement)


def faults_of_entries() -> Iterator[str]:
    """Every term, glossary term and document is as its last revision says; what was
    deleted is gone.
    """
    last = {(one.kind, one.entry_id): one for one in last_of_entries()}
    present: set[EntryKey] = {
        (kind, pk)
        for kind, model in ENTRY_MODELS.items()
        for pk in plain_rows(model).values_list("pk", flat=True)
    }
    for key in sorted(present | last.keys()):
        one, name = last.get(key), f"{key[0]} {key[1]}"
        if one is None:
            yield f"{name}: no revision"
        elif (one.act == EntryAct.DELETE) == (key in present):
            yield f"{name}: its last revision says “{one.act}”"
    for key, state in entry_snapshots(present).items():
        one = last.get(key)
        if one and one.act != EntryAct.DELETE and entry_differs(one.snapshot, state):
            yield f"{key[0]} {key[1]}: not as its last revision has it"


def last_of_entries() -> Iterator[EntryRevision]:
    yield from EntryRevision.objects.all().latest_each().order_by()
