"""Entries as plain data: kept at the exit of the gate, written back, compared.

What `snapshot.py`, `restore.py` and `snapshot_diff.py` do for statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from statements.fields import Snapshot
from statements.models import (
    Country,
    Document,
    Entry,
    EntryAct,
    EntryRevision,
    GlossaryTerm,
    Organisation,
    Region,
    Theme,
)

#: An entry by its kind and the key that it has in the database.
EntryKey = tuple[str, int]
ENTRY_MODELS: dict[str, type[Entry]] = {
    model.entry_kind(): model
    for model in (Region, Country, Theme, Organisation, GlossaryTerm, Document)
}


def entry_fields(model: type[Entry]) -> dict[str, Field[Any, Any]]:
    """The fields of a snapshot; a translated one is there once in each language."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return {
        name: field
        for name, field in fields.items()
        if not field.primary_key and f"{name}_ko" not in fields
    }


def entry_snapshot(entry: Entry) -> Snapshot:
    return {
        name: plain_value(entry, field)
        for name, field in entry_fields(type(entry)).items()
    }


def plain_value(entry: Entry, field: Field[Any, Any]) -> str | int | bool | None:
    """The value as JSON has it; of another entry, its slug."""
    value = getattr(entry, field.name)
    if isinstance(value, Model):
        return str(getattr(value, "slug", value.pk))
    return value if value is None or isinstance(value, int) else str(value)


def entry_snapshots(keys: Iterable[EntryKey]) -> dict[EntryKey, Snapshot]:
    """The entries that there are, in a number of queries that does not grow."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, []).append(pk)
    found: dict[EntryKey, Snapshot] = {}
    for kind, pks in by_kind.items():
        model = ENTRY_MODELS[kind]
        relations = [
            field.name for field in entry_fields(model).values() if field.is_relation
        ]
        for entry in model._base_manager.select_related(*relations).filter(pk__in=pks):
            found[kind, entry.pk] = entry_snapshot(entry)
    return found


def last_revisions(
    keys: Iterable[EntryKey], up_to: int | None = None
) -> dict[EntryKey, EntryRevision]:
    """The last of each entry, or the last up to a revision."""
    wanted = set(keys)
    some = EntryRevision.objects.filter(
        kind__in={kind for kind, _pk in wanted}, entry_id__in={pk for _k, pk in wanted}
    )
    if up_to is not None:
        some = some.filter(pk__lte=up_to)
    last = {(one.kind, one.entry_id): one for one in some.latest_each()}
    return {key: one for key, one in last.items() if key in wanted}


def record_entries(
    keys: Iterable[EntryKey],
    by: User | None,
    note: tuple[str, str],
    now: datetime,
    untold: frozenset[EntryKey] | set[EntryKey] = frozenset(),
) -> None:
    """One revision for each entry that is not as its last one has it, and for each that
    readers see for the first time.
    """
    keys = sorted(untold.union(keys))
    if not keys:
        return
    present = entry_snapshots(keys)
    last = last_revisions(key for key in keys if key not in untold)
    EntryRevision.objects.bulk_create(
        EntryRevision(
            kind=key[0],
            entry_id=key[1],
            act=act,
            at=now,
            by=by,
            note_ko=note[0],
            note_en=note[1],
            snapshot=snapshot,
        )
        for key in keys
        for act, snapshot in acts(present.get(key), last.get(key))
    )


def acts(
    present: Snapshot | None, last: EntryRevision | None
) -> Iterator[tuple[EntryAct, Snapshot]]:
    """The act that an entry went through since its last revision: one act or none."""
    before = None if last is None or last.act == EntryAct.DELETE else last.snapshot
    if present is not None and before is None:
        yield EntryAct.ADD, present
    elif present is not None and differs(before, present):
        yield EntryAct.CHANGE, present
    elif present is None and before is not None:
        yield EntryAct.DELETE, before


def differs(before: Snapshot | None, present: Snapshot) -> bool:
    """Fields that the model has no longer make no difference."""
    return before is None or any(before.get(n) != v for n, v in present.items())


def write_entry(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """Gives the entry these values of a snapshot, and writes no other column; called
    inside an open gate. Raises ValidationError where they do not hold.
    """
    fields = entry_fields(type(entry))
    for name, value in values.items():
        field = fields[name]
        is_entry = isinstance(field, ForeignKey)
        setattr(entry, name, related_entry(field, value) if is_entry else value)
    entry.full_clean()
    if entry.pk is None:
        entry.save()
    else:
        entry.save(update_fields=[*columns_of(type(entry), values)])
    return entry


def columns_of(model: type[Entry], names: Iterable[str]) -> Iterator[str]:
    """The columns that hold these values: Korean is in that of no language too."""
    columns = {field.name for field in model._meta.concrete_fields}
    for name in names:
        yield name
        if name.endswith("_ko") and name.removesuffix("_ko") in columns:
            yield name.removesuffix("_ko")


def related_entry(field: Field[Any, Any], slug: str) -> Model:
    model = cast(type[Model], field.related_model)
    found = model._base_manager.filter(slug=slug).first()
    if found is None:
        raise ValidationError(
            _("No longer in the list of regions, countries and themes: %(slugs)s")
            % {"slugs": slug}
        )
    return found
