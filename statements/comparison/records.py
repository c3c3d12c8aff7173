"""Public content as plain records, and the differences of two sets of them.

A difference says of every field what it was and what it is: `apply_changes` leads by it
from the first records to the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from statements.field_rows import ComputedRow, FingerprintRow, FixedRow
from statements.fields import STATEMENT_FIELDS, Snapshot, rows_of_kind, value_in
from statements.history.entries import ENTRY_MODELS, entry_fields
from statements.history.entry_diff import FOR_STAFF
from statements.history.snapshot import translation_of
from statements.models.entries import EntryAct

#: The kind of a record that is no entry's.
OF_STATEMENT = "statement"
RECORDED_FIELDS = tuple(
    row.name
    for row in STATEMENT_FIELDS
    if not isinstance(row, ComputedRow | FingerprintRow)
)

FIXED_FIELDS = rows_of_kind(FixedRow)


class RecordKey(NamedTuple):
    """`of` a statement, or of an entry by its kind; `id` is its code or its number."""

    of: str
    id: str


#: The fields of a statement or an entry by name, as JSON has them.
Record = dict[str, Any]
Records = dict[RecordKey, Record]
#: A change as JSON has it.
Change = dict[str, Any]


def statement_record(snapshot: Snapshot) -> Record:
    """All that readers see of a public snapshot: the state of the English, not the
    marks that it is known by.
    """
    fields = {name: value_in(snapshot, name) for name in RECORDED_FIELDS}
    return with_values({**fields, "translation": translation_of(snapshot).value})


def changeable_record(snapshot: Snapshot) -> Record:
    """The part of it that can change; of no snapshot, nothing."""
    record = statement_record(snapshot) if snapshot else {}
    return {name: value for name, value in record.items() if name not in FIXED_FIELDS}


def entry_record(kind: str, snapshot: Snapshot) -> Record:
    names = [n for n in entry_fields(ENTRY_MODELS[kind]) if n not in FOR_STAFF]
    return with_values({name: snapshot.get(name) for name in names})


def with_values(fields: Record) -> Record:
    """Without those of no value: they are as if they were not there."""
    return {name: value for name, value in fields.items() if value is not None}


def field_changes(old: Record, new: Record) -> list[Change]:
    """Every field that differs; null stands for no value."""
    return [
        {"field": name, "old": old.get(name), "new": new.get(name)}
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]


def record_changes(old: Records, new: Records) -> list[Change]:
    """In the order of the new records, and behind these what went."""
    keys = [*new, *(key for key in old if key not in new)]
    return [
        {
            "of": key.of,
            "id": key.id,
            "act": act_between(old.get(key), new.get(key)).value,
            "fields": field_changes(old.get(key, {}), new.get(key, {})),
        }
        for key in keys
        if old.get(key) != new.get(key)
    ]


def act_between(old: Record | None, new: Record | None) -> EntryAct:
    if old is None:
        return EntryAct.ADD
    return EntryAct.DELETE if new is None else EntryAct.CHANGE


def apply_changes(
    records: Mapping[RecordKey, Record], changes: Iterable[Change]
) -> Records:
    """The records after these changes.

    ValueError where a field was not as the change says.
    """
    after = {key: dict(record) for key, record in records.items()}
    for change in changes:
        key = RecordKey(change["of"], change["id"])
        record = after.setdefault(key, {})
        for field in change["fields"]:
            if record.get(field["field"]) != field["old"]:
                raise ValueError(f"{key.of} {key.id}: {field['field']}")
            record[field["field"]] = field["new"]
        after[key] = with_values(record)
        if change["act"] == EntryAct.DELETE:
            del after[key]
    return after
