"""The facts that hang on a statement, in words: a line each, and changes beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.db.models import Field
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from statements.field_rows import FactRow
from statements.models import LinkState, Relation, Status

OUTCOME_LABEL = _("Outcome (recorded by staff, not stated in the source)")

LANGUAGES_OF_PARTS = ("ko", "en")

#: An event, a figure, a status or a link as a snapshot has it.
PlainFact = dict[str, Any]


def fact_in_words(name: str, fact: PlainFact) -> str:
    """A fact on one line, in the active language where it has that."""
    if name == "links":
        relation = Relation(fact["relation"]).label
        state = LinkState(fact["state"]).label
        return f"{fact['earlier']} ({relation}; {state}): {wording(fact, 'rationale')}"
    if name == "figures":
        label = wording(fact, "label")
        values = {"value": fact["value"], "unit": wording(fact, "unit")}
        return f"{label}: {_('%(value)s %(unit)s') % values} ({fact['quote']})"
    if name == "statusupdates":
        status = Status(fact["status"]).label
        day = day_in_words(fact["as_of"])
        return f"{day} {status}: {wording(fact, 'note')} {fact['evidence']}"
    return event_in_words(fact)


def event_in_words(event: PlainFact) -> str:
    days = map(day_in_words, dict.fromkeys((event["start"], event["end"])))
    dates = pgettext("range", "–").join(days)
    place = wording(event, "place")
    words = f"{dates}: {wording(event, 'title')}{f' ({place})' if place else ''}"
    if outcome := wording(event, "outcome"):
        words += f". {OUTCOME_LABEL}: {outcome} {event['outcome_evidence']}"
    return words


def day_in_words(day: str) -> str:
    return date_format(date.fromisoformat(day))


def wording(fact: PlainFact, name: str) -> str:
    """A translated part, in Korean where the active language has none."""
    words: str = fact.get(f"{name}_{get_language()}") or fact.get(f"{name}_ko", "")
    return words


def facts_that_differ(
    row: FactRow, old: list[PlainFact], new: list[PlainFact]
) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, in the active language."""
    before, now = lines_of(row, old), lines_of(row, new)
    return [w for w in before if w not in now], [w for w in now if w not in before]


def facts_in_full(
    row: FactRow, old: list[PlainFact], new: list[PlainFact]
) -> tuple[list[str], list[str]]:
    """The facts that went and those that came; one that changes did both.

    Behind its line stand the parts that no line says, unless they are the same of all
    these facts. A fact that has changed in the other language alone is left out.
    """
    gone, come = left_over(old, new), left_over(new, old)
    names = [name for name in untold_parts(row) if not is_shared(name, gone, come)]
    before, now = lines_of(row, gone, names), lines_of(row, come, names)
    if not (gone and come):
        return before, now
    return [w for w in before if w not in now], [w for w in now if w not in before]


def lines_left_over(
    row: FactRow, old: list[PlainFact], new: list[PlainFact]
) -> tuple[list[str], list[str]]:
    """The lines of all facts that are not the same, even where their words are."""
    return lines_of(row, left_over(old, new)), lines_of(row, left_over(new, old))


def lines_of(
    row: FactRow, facts: list[PlainFact], names: Sequence[str] = ()
) -> list[str]:
    return [in_words_with(row, fact, names) for fact in facts]


def differs_in(language: str, old: list[PlainFact], new: list[PlainFact]) -> bool:
    """True where a part that is written in the language is another one now."""
    before, now = (
        [
            {n: v for n, v in fact.items() if n.endswith(f"_{language}")}
            for fact in facts
        ]
        for facts in (old, new)
    )
    return before != now


def left_over(facts: list[PlainFact], others: list[PlainFact]) -> list[PlainFact]:
    """The facts without those that the others have too, each as often."""
    rest = list(others)
    left = []
    for fact in facts:
        if fact in rest:
            rest.remove(fact)
        else:
            left.append(fact)
    return left


def untold_parts(row: FactRow) -> list[str]:
    """The parts that no line of words says in any language."""
    told = {*row.told}
    for language in LANGUAGES_OF_PARTS:
        told |= {f"{name}_{language}" for name in row.told}
    return [name for name in (*row.parts, *row.filled) if name not in told]


def is_shared(name: str, gone: list[PlainFact], come: list[PlainFact]) -> bool:
    """True where a part is the same before and after, of every fact."""
    values = {fact.get(name, "") for fact in (*gone, *come)}
    return bool(gone and come) and len(values) == 1


def in_words_with(row: FactRow, fact: PlainFact, names: Sequence[str]) -> str:
    """The line, and behind it the named parts; a mark that is not set is left out."""
    words = [fact_in_words(row.name, fact)]
    for name in names:
        field = cast("Field[Any, Any]", row.model._meta.get_field(name))
        value = fact.get(name, "")
        if value is True:
            words.append(str(field.verbose_name))
        elif value:
            label = dict(field.flatchoices).get(value, value)
            words.append(f"{field.verbose_name}: {label}")
    return "; ".join(words)
