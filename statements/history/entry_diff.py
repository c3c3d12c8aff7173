"""The differences of two snapshots of an entry, as a reader would see them."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Field
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.fields import Snapshot
from statements.history.entries import ENTRY_MODELS, entry_fields
from statements.history.snapshot_diff import FieldChange, Names, runs_of_lists
from statements.history.word_diff import Run, diff_words
from statements.models import EntryAct, EntryRevision

#: The languages of the fields that do not end in one.
NAMED = {"korean": "ko", "english": "en"}
#: Fields that the portal never shows to readers.
FOR_STAFF = {"iso"}


def field_language(name: str) -> str:
    """The language of a field by its name; empty where it is the page's own."""
    stem, _sep, ending = name.rpartition("_")
    return ending if stem and ending in NAMED.values() else NAMED.get(name, "")


def label_of(kind: str, field: Field[Any, Any]) -> str:
    """The name of a field, with its language where it is there in both."""
    stem, _sep, ending = field.name.rpartition("_")
    fields = {one.name: one for one in ENTRY_MODELS[kind]._meta.concrete_fields}
    if stem not in fields or ending not in NAMED.values():
        return str(field.verbose_name)
    text = _("%(field)s in Korean") if ending == "ko" else _("%(field)s in English")
    return text % {"field": fields[stem].verbose_name}


def diff_entries(
    kind: str, old: Snapshot, new: Snapshot, names: Names, *, in_full: bool = False
) -> list[FieldChange]:
    """In the order of the model. One of the snapshots is empty where the entry is added
    or deleted. In full, for who decides, nothing is left out.
    """
    changes = []
    for name, field in entry_fields(ENTRY_MODELS[kind]).items():
        before, now = old.get(name), new.get(name)
        if before == now or (name in FOR_STAFF and not in_full):
            continue
        if runs := runs_of_value(field, before, now, names):
            language = field_language(name) or str(get_language())
            changes.append(FieldChange(name, label_of(kind, field), language, runs))
    return changes


def runs_of_value(
    field: Field[Any, Any], before: Any, now: Any, names: Names
) -> list[Run] | None:
    is_text = not field.choices and not field.is_relation
    if is_text and all(isinstance(value, str | None) for value in (before, now)):
        return diff_words(before or "", now or "")
    shown = [
        [] if value is None else [shown_value(field, value, names)]
        for value in (before, now)
    ]
    return runs_of_lists(*shown)


def shown_value(field: Field[Any, Any], value: Any, names: Names) -> str:
    if isinstance(field, BooleanField):
        return _("Yes") if value else _("No")
    if field.is_relation:
        return names.get((f"{field.name}s", str(value)), str(value))
    return str(dict(field.flatchoices).get(value, value))


def sides(
    revision: EntryRevision, earlier: EntryRevision | None
) -> tuple[Snapshot, Snapshot]:
    """The entry before a revision and after it; empty where there was none."""
    after = {} if revision.act == EntryAct.DELETE else revision.snapshot
    was_there = earlier is not None and revision.act != EntryAct.ADD
    return earlier.snapshot if earlier and was_there else {}, after
