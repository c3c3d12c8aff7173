"""Two people's changes of one statement put together: field by field, facts one by one.

All is told against the snapshot that its author saw. Only who changes the same field,
or the same fact, is in another's way.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from statements.field_rows import FactRow
from statements.fields import FACTS, Snapshot, value_in
from statements.history.fact_words import PlainFact, left_over


class FactChange(NamedTuple):
    """A fact that comes has no `old`, one that goes no `new`."""

    old: PlainFact | None
    new: PlainFact | None


class Clash(NamedTuple):
    """A field, or one fact of it, that two people made different things of."""

    name: str
    base: Any
    present: Any
    proposed: Any


class Merged(NamedTuple):
    """Fields as they would be; where two clash, as whoever proposes would have them."""

    values: Snapshot
    clashes: list[Clash]


def merge_changes(base: Snapshot, changes: Snapshot, present: Snapshot) -> Merged:
    """The changes of a base, made of what the present has become since."""
    merged = Merged({}, [])
    for name, value in changes.items():
        before, now = value_in(base, name), value_in(present, name)
        if name in FACTS:
            facts, clashes = merge_facts(FACTS[name], before, value, now)
            merged.values[name] = facts
            merged.clashes.extend(clashes)
            continue
        merged.values[name] = value
        if now not in (before, value):
            merged.clashes.append(Clash(name, before, now, value))
    return merged


def merge_facts(
    row: FactRow,
    base: list[PlainFact],
    proposed: list[PlainFact],
    present: list[PlainFact],
) -> tuple[list[PlainFact], list[Clash]]:
    facts, clashes = list(present), []
    theirs = pair_facts(row, base, present)
    for change in pair_facts(row, base, proposed):
        if change in theirs:
            theirs.remove(change)
            continue
        rivals = [one for one in theirs if is_rival(row, change, one)]
        if change.old is None and change.new in [one.new for one in rivals]:
            continue
        for rival in rivals[:1]:
            clashes.append(Clash(row.name, change.old, rival.new, change.new))
        put_fact(facts, [change.old, *(one.new for one in rivals)], change.new)
    return facts, clashes


def is_rival(row: FactRow, change: FactChange, other: FactChange) -> bool:
    """True where both are of one fact: it was the same, or it would be."""
    if change.old is not None and change.old == other.old:
        return True
    if change.new is None or other.new is None:
        return False
    return all(change.new[name] == other.new[name] for name in row.same_where)


def pair_facts(
    row: FactRow, old: list[PlainFact], new: list[PlainFact]
) -> list[FactChange]:
    """The facts that change or go, then those that come; of the pairs that could be one
    fact, those that have most in common are.
    """
    gone, come = left_over(old, new), left_over(new, old)
    alike = [
        (count, i, j)
        for i, before in enumerate(gone)
        for j, now in enumerate(come)
        if (count := parts_in_common(row, before, now))
    ]
    partner: dict[int, int] = {}
    for _count, i, j in sorted(alike, key=lambda pair: -pair[0]):
        if i not in partner and j not in partner.values():
            partner[i] = j
    return [
        *(
            FactChange(fact, come[partner[i]] if i in partner else None)
            for i, fact in enumerate(gone)
        ),
        *(
            FactChange(None, fact)
            for j, fact in enumerate(come)
            if j not in partner.values()
        ),
    ]


def parts_in_common(row: FactRow, fact: PlainFact, other: PlainFact) -> int:
    """The number of telling parts, filled in, that are the same of both."""
    return sum(
        bool(fact.get(name)) and fact.get(name) == other.get(name)
        for name in row.known_by
    )


def put_fact(
    facts: list[PlainFact], taken: list[PlainFact | None], fact: PlainFact | None
) -> None:
    """Puts the fact, if there is one, in the place of those that are taken away."""
    place = len(facts)
    for one in taken:
        if one is not None and one in facts:
            place = min(place, facts.index(one))
            facts.remove(one)
    if fact is not None:
        facts.insert(place, fact)


def own_facts(
    row: FactRow,
    base: list[PlainFact],
    present: list[PlainFact],
    after: list[PlainFact],
) -> list[PlainFact]:
    """The base with what its author changed in the present; a fact that they left as
    they saw it, while somebody else changed it, is none of theirs.
    """
    facts = list(base)
    since = [change for change in pair_facts(row, base, present) if change.new]
    for old, new in pair_facts(row, present, after):
        seen = next((change.old for change in since if change.new == old), old)
        if new is None or new != seen:
            put_fact(facts, [seen], new)
    return facts


def differs(name: str, value: Any, other: Any) -> bool:
    """True where a field is another one; the order of facts makes no difference."""
    if name in FACTS:
        return bool(left_over(value, other) or left_over(other, value))
    return bool(value != other)


def changed_values(old: Snapshot, new: Snapshot, names: Iterable[str]) -> Snapshot:
    """Those of the named fields of `new` that differ."""
    return {
        name: new[name]
        for name in names
        if differs(name, value_in(new, name), value_in(old, name))
    }
