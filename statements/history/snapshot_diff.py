"""What differs between two snapshots of a statement, as a reader would see it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.history.snapshot import TAGS, TEXTS, translation_of
from statements.history.word_diff import Run, WordChange, diff_words
from statements.models import (
    Country,
    LinkState,
    Organisation,
    PublicationState,
    Region,
    Relation,
    Status,
    Theme,
    TranslationState,
)

TEXT_LABELS = {
    "title_ko": _("Title in Korean"),
    "title_en": _("Title in English"),
    "text_ko": _("Text in Korean"),
    "text_en": _("Text in English"),
    "editor_note_ko": _("Editor’s note in Korean"),
    "editor_note_en": _("Editor’s note in English"),
}
TAG_LABELS = dict(
    zip(
        TAGS,
        (_("Regions"), _("Countries"), _("Themes"), _("Responsible organizations")),
        strict=True,
    )
)
FACT_LABELS = {
    "events": _("Events"),
    "figures": _("Figures"),
    "statusupdates": _("Status"),
    "links": _("Links to earlier statements"),
}
OUTCOME_LABEL = _("Outcome (recorded by staff, not stated in the source)")
TERMS = dict(zip(TAGS, (Region, Country, Theme, Organisation), strict=True))


class FieldChange(NamedTuple):
    """`runs` in `language`, of what `label` names."""

    name: str
    label: str
    language: str
    runs: list[Run]

    @property
    def is_of_white_space(self) -> bool:
        """Nothing that the runs could show."""
        return all(run.change == WordChange.NONE for run in self.runs)


Names = dict[tuple[str, str], str]


def names_of_terms() -> Names:
    """What every term is called in the active language; read once for many changes."""
    return {
        (kind, term.slug): term.name
        for kind, model in TERMS.items()
        for term in model.objects.all()
    }


def diff_snapshots(old: dict, new: dict, names: Names) -> list[FieldChange]:
    """In the order of a statement's page; nothing of what only follows from others."""
    found = [
        FieldChange(name, TEXT_LABELS[name], name[-2:], diff_words(*pair))
        for name in TEXTS
        if (pair := (old.get(name, ""), new.get(name, "")))[0] != pair[1]
    ]
    for name, label in TAG_LABELS.items():
        pair = [
            [names.get((name, slug), slug) for slug in snapshot.get(name, [])]
            for snapshot in (old, new)
        ]
        found += lists_differ(name, label, *pair)
    for name, label in FACT_LABELS.items():
        pair = [
            [fact_in_words(name, fact) for fact in snapshot.get(name, [])]
            for snapshot in (old, new)
        ]
        found += lists_differ(name, label, *pair)
    found += position_changes(old, new)
    found += translation_changes(old, new)
    found += publication_changes(old, new)
    return found


def lists_differ(
    name: str, label: str, old: list[str], new: list[str]
) -> Iterable[FieldChange]:
    gone = [Run(WordChange.REMOVED, one) for one in old if one not in new]
    come = [Run(WordChange.ADDED, one) for one in new if one not in old]
    if gone or come:
        yield FieldChange(name, label, get_language(), gone + come)


def fact_in_words(name: str, fact: dict) -> str:
    """A fact on one line, in the active language where it has that."""
    if name == "links":
        relation = Relation(fact["relation"]).label
        state = LinkState(fact["state"]).label
        return f"{fact['earlier']} ({relation}; {state}): {wording(fact, 'rationale')}"
    if name == "figures":
        label = wording(fact, "label")
        return f"{label}: {fact['value']} {wording(fact, 'unit')} ({fact['quote']})"
    if name == "statusupdates":
        status = Status(fact["status"]).label
        return f"{fact['as_of']} {status}: {wording(fact, 'note')} {fact['evidence']}"
    dates = " – ".join(dict.fromkeys((fact["start"], fact["end"])))
    place = wording(fact, "place")
    told = f"{dates}: {wording(fact, 'title')}{f' ({place})' if place else ''}"
    if outcome := wording(fact, "outcome"):
        evidence = fact["outcome_evidence"]
        told += f". {OUTCOME_LABEL}: {outcome} {evidence}"
    return told


def wording(fact: dict, name: str) -> str:
    return fact.get(f"{name}_{get_language()}") or fact.get(f"{name}_ko", "")


def translation_changes(old: dict, new: dict) -> Iterable[FieldChange]:
    """A person found the English right, or made from the present Korean; it was not
    so before.
    """
    before, now = translation_of(old), translation_of(new)
    was_outdated = before == TranslationState.OUTDATED
    is_current = now == TranslationState.DRAFT and was_outdated
    if before != now and (is_current or now == TranslationState.REVIEWED):
        gone = [Run(WordChange.REMOVED, str(before.label))] if was_outdated else []
        runs = [*gone, Run(WordChange.ADDED, str(now.label))]
        yield FieldChange("en_from", _("English"), get_language(), runs)


def position_changes(old: dict, new: dict) -> Iterable[FieldChange]:
    """Its place among those that stand under the same statement."""
    if "position" in old and old["position"] != new["position"]:
        runs = [
            Run(WordChange.REMOVED, str(old["position"])),
            Run(WordChange.ADDED, str(new["position"])),
        ]
        yield FieldChange("position", _("position"), get_language(), runs)


def publication_changes(old: dict, new: dict) -> Iterable[FieldChange]:
    if old.get("state") != new.get("state"):
        runs = [
            Run(change, str(PublicationState(snapshot["state"]).label))
            for change, snapshot in ((WordChange.REMOVED, old), (WordChange.ADDED, new))
            if "state" in snapshot
        ]
        yield FieldChange("state", _("publication"), get_language(), runs)
