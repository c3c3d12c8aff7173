"""The differences of two snapshots of a statement, as a reader would see them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, override

from statements.field_rows import (
    FactRow,
    FieldRow,
    FingerprintRow,
    NumberRow,
    PositionRow,
    StateRow,
    TagRow,
    TextRow,
)
from statements.fields import FINGERPRINTS, TAGS, Snapshot, rows_of_kind, value_in
from statements.history.fact_words import (
    differs_in,
    facts_in_full,
    facts_that_differ,
    lines_left_over,
)
from statements.history.snapshot import translation_of
from statements.history.word_diff import Run, WordChange, diff_words
from statements.models import PublicationState, TranslationState

#: The order of a statement's page. One mark of the English speaks for both.
ORDER = (TextRow, TagRow, NumberRow, FactRow, PositionRow, FingerprintRow, StateRow)
SHOWN_FIELDS: tuple[FieldRow, ...] = tuple(
    row
    for kind in ORDER
    for row in rows_of_kind(kind).values()
    if row.name != "en_reviewed"
)


OTHER_LANGUAGE = {"ko": "en", "en": "ko"}


class FieldChange(NamedTuple):
    """`runs` in `language`, of what `label` names."""

    name: str
    label: str | Promise
    language: str
    runs: list[Run]

    @property
    def is_of_white_space(self) -> bool:
        """Nothing that the runs could show."""
        return all(run.change == WordChange.NONE for run in self.runs)


Names = dict[tuple[str, str], str]


def names_of_terms() -> Names:
    """The name of every term in the active language; read once for many changes."""
    return {
        (name, term.slug): term.name
        for name, row in TAGS.items()
        for term in row.model.objects.all()
    }


def diff_snapshots(
    old: Snapshot, new: Snapshot, names: Names, *, in_full: bool = False
) -> list[FieldChange]:
    """In the order of a statement's page; nothing of what only follows from others.

    Readers are told of facts in their language, a line each. In full, for who decides,
    no part of a fact is left out, in either language.
    """
    changes: list[FieldChange] = []
    for row in SHOWN_FIELDS:
        if in_full and isinstance(row, FactRow):
            changes += fact_changes(row, old, new)
            continue
        runs = runs_of_field(row, old, new, names)
        if runs is not None:
            language = row.language if isinstance(row, TextRow) else ""
            language = language or str(get_language())
            changes.append(FieldChange(row.name, row.label, language, runs))
    return changes


def fact_changes(row: FactRow, old: Snapshot, new: Snapshot) -> Iterator[FieldChange]:
    """Every change of such facts, in the language of the page and, where it is written
    otherwise in that too, in the other.
    """
    before, now = value_in(old, row.name), value_in(new, row.name)
    if before == now:
        return
    active, other = str(get_language()), OTHER_LANGUAGE[str(get_language())]
    by_language = {active: runs_of_lists(*facts_in_full(row, before, now))}
    if differs_in(other, before, now):
        with override(other):
            by_language[other] = runs_of_lists(*facts_that_differ(row, before, now))
    if not any(by_language.values()):
        # Two facts have exchanged what stood in one language.
        for language in by_language:
            with override(language):
                by_language[language] = runs_of_lists(
                    *lines_left_over(row, before, now)
                )
    for language, runs in by_language.items():
        if runs is not None:
            yield FieldChange(row.name, row.label, language, runs)


def runs_of_field(
    row: FieldRow, old: Snapshot, new: Snapshot, names: Names
) -> list[Run] | None:
    """The change of one field; None where there is none. Each kind of row has an
    answer, and the last one fits any.
    """
    if isinstance(row, FingerprintRow):
        return runs_of_translation(old, new)
    before, now = value_in(old, row.name), value_in(new, row.name)
    if before == now or (isinstance(row, PositionRow) and row.name not in old):
        return None
    match row:
        case TextRow():
            return diff_words(before, now)
        case TagRow():
            gone = [names.get((row.name, s), s) for s in before if s not in now]
            come = [names.get((row.name, s), s) for s in now if s not in before]
            return runs_of_lists(gone, come)
        case FactRow():
            return runs_of_lists(*facts_that_differ(row, before, now))
    words = (field_in_words(row, snapshot, names) for snapshot in (old, new))
    return runs_of_lists(*([value] if value else [] for value in words))


def field_in_words(row: FieldRow, snapshot: Snapshot, names: Names) -> str:
    """The value of a field as people read it; no words where it is empty."""
    value = value_in(snapshot, row.name)
    match row:
        case FingerprintRow():
            return str(translation_of(snapshot).label)
        case TagRow():
            return ", ".join(names.get((row.name, slug), slug) for slug in value)
        case StateRow() if value:
            return str(PublicationState(value).label)
    return "" if value is None else str(value)


def runs_of_lists(gone: Iterable[str], come: Iterable[str]) -> list[Run] | None:
    """Lists what went, then what came; None of neither: their order is no change."""
    runs = [
        *(Run(WordChange.REMOVED, words) for words in gone),
        *(Run(WordChange.ADDED, words) for words in come),
    ]
    return runs or None


def runs_of_translation(old: Snapshot, new: Snapshot) -> list[Run] | None:
    """A person found the English right, or made from the present Korean, and it was not
    so before; or they said otherwise of it than before.
    """
    before, now = translation_of(old), translation_of(new)
    was_outdated = before == TranslationState.OUTDATED
    is_current = now == TranslationState.DRAFT and was_outdated
    if before != now and (is_current or now == TranslationState.REVIEWED):
        gone = [str(before.label)] if was_outdated else []
        return runs_of_lists(gone, [str(now.label)])
    if is_said_anew(old, new, before, now):
        gone = [str(before.label)] if before != now else []
        return runs_of_lists(gone, [str(now.label)])
    return None


def is_said_anew(
    old: Snapshot, new: Snapshot, before: TranslationState, now: TranslationState
) -> bool:
    """True where a mark of the English has changed that does not follow from its texts:
    one without English has none, and the first English is of the present Korean.
    """
    follows = now == TranslationState.MISSING or (
        before == TranslationState.MISSING and now == TranslationState.DRAFT
    )
    return not follows and any(
        name in old and old[name] != value_in(new, name) for name in FINGERPRINTS
    )
