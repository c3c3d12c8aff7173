"""The facts that hang on a statement, in words: a line each, and changes beside it."""

from typing import Any, cast

from django.db.models import Field
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.field_rows import FactRow
from statements.models import LinkState, Relation, Status

OUTCOME_LABEL = _("Outcome (recorded by staff, not stated in the source)")

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
        return f"{label}: {fact['value']} {wording(fact, 'unit')} ({fact['quote']})"
    if name == "statusupdates":
        status = Status(fact["status"]).label
        return f"{fact['as_of']} {status}: {wording(fact, 'note')} {fact['evidence']}"
    return event_in_words(fact)


def event_in_words(event: PlainFact) -> str:
    dates = " – ".join(dict.fromkeys((event["start"], event["end"])))
    place = wording(event, "place")
    words = f"{dates}: {wording(event, 'title')}{f' ({place})' if place else ''}"
    if outcome := wording(event, "outcome"):
        words += f". {OUTCOME_LABEL}: {outcome} {event['outcome_evidence']}"
    return words


def wording(fact: PlainFact, name: str) -> str:
    """A translated part, in Korean where the active language has none."""
    words: str = fact.get(f"{name}_{get_language()}") or fact.get(f"{name}_ko", "")
    return words


def facts_that_differ(
    row: FactRow, old: list[PlainFact], new: list[PlainFact], for_readers: bool
) -> tuple[list[str], list[str]]:
    """Those that went and those that came, in words; a fact that changes did both.

    Behind its line stand the parts that the line does not say, unless they are the
    same of all these facts: no part changes unseen. Readers have the other language on
    a page of its own, and a new fact in brief, as long as the lines tell a change.
    """
    gone, come = left_over(old, new), left_over(new, old)
    names = [name for name in untold_parts(row) if not is_shared(name, gone, come)]
    if for_readers:
        brief = [n for n in names if gone and come and not n.endswith(("_ko", "_en"))]
        went, came = lines_of(row, gone, brief), lines_of(row, come, brief)
        if went != came:
            return went, came
    return lines_of(row, gone, names), lines_of(row, come, names)


def lines_of(row: FactRow, facts: list[PlainFact], names: list[str]) -> list[str]:
    return [in_full(row, fact, names) for fact in facts]


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
    """The parts that no line of words says in the active language."""
    told = {*row.told, *(f"{name}_{get_language()}" for name in row.told)}
    return [name for name in (*row.parts, *row.filled) if name not in told]


def is_shared(name: str, gone: list[PlainFact], come: list[PlainFact]) -> bool:
    """True where a part is the same before and after, of every fact."""
    values = {fact.get(name, "") for fact in (*gone, *come)}
    return bool(gone and come) and len(values) == 1


def in_full(row: FactRow, fact: PlainFact, names: list[str]) -> str:
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
