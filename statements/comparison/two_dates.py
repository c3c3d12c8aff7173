"""The difference of what readers saw at the end of one day and of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from statements.comparison.records import (
    OF_STATEMENT,
    Change,
    RecordKey,
    record_changes,
)
from statements.comparison.states import public_state, records_of
from statements.fields import Snapshot
from statements.history.entry_diff import diff_entries
from statements.history.snapshot_diff import (
    FieldChange,
    Names,
    diff_snapshots,
    names_of_terms,
)
from statements.models import EntryAct, PublicationState
from statements.models.entries import kind_and_name
from statements.models.revision import end_of


class ChangeInWords(NamedTuple):
    """One statement or entry, as a page tells of what happened to it."""

    heading: str
    address: str
    act: str | Promise
    #: Of one that came or went, its words, in this language.
    text: str
    language: str
    changes: list[FieldChange]


class TwoDates:
    """The changes from the end of one day to that of another, in Korean time."""

    def __init__(self, first: date, last: date) -> None:
        self.old, self.new = (public_state(end_of(day)) for day in (first, last))

    @cached_property
    def changes(self) -> list[Change]:
        return record_changes(records_of(self.old), records_of(self.new))

    def count(self, act: EntryAct) -> int:
        return sum(change["act"] == act for change in self.changes)

    def counts(self) -> list[tuple[str | Promise, int]]:
        return [(act.label, self.count(act)) for act in EntryAct]

    def in_words(self, changes: Iterable[Change]) -> Iterator[ChangeInWords]:
        names = names_of_terms()
        for change in changes:
            key = RecordKey(change["of"], change["id"])
            yield change_in_words(key, self.old.get(key), self.new.get(key), names)


def change_in_words(
    key: RecordKey, old: Snapshot | None, new: Snapshot | None, names: Names
) -> ChangeInWords:
    known = new or old or {}
    act = EntryAct.ADD if old is None else EntryAct.CHANGE if new else EntryAct.DELETE
    if key.of != OF_STATEMENT:
        changes = diff_entries(key.of, old or {}, new or {}, names)
        address = reverse("statements:entry_history", args=key)
        heading = kind_and_name(key.of, known)
        return ChangeInWords(heading, address, act.label, "", "", changes)
    language, text = words_in_language(known)
    return ChangeInWords(
        heading=key.id,
        address=reverse("statements:history", args=[key.id]),
        act=PublicationState.WITHDRAWN.label if new is None else act.label,
        text="" if act == EntryAct.CHANGE else text,
        language=language,
        changes=diff_snapshots(old, new, names, in_full=True) if old and new else [],
    )


def words_in_language(snapshot: Mapping[str, str]) -> tuple[str, str]:
    """Title and text in the language of the page, or else in Korean, and in which."""
    for language in (str(get_language()), "ko"):
        parts = (snapshot[f"{name}_{language}"] for name in ("title", "text"))
        if text := " ".join(part for part in parts if part):
            return language, text
    return "ko", ""
