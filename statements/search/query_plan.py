"""The plan that answers a query: by all that it asks for, else by most of it."""

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import NamedTuple

from statements.models.revision import DataVersion
from statements.search.hit_counts import Counts, Way
from statements.search.languages.segments import segments
from statements.search.lexicon import lexicon
from statements.search.query_terms import MOST_GROUPS, QueryTerm, TermGroup, all_groups
from statements.search.spelling import instead_of
from statements.search.synonyms import synonyms
from statements.search.words import words
from statements.version_cache import VersionCache

#: What must be found, at least, of the weight of all that is asked for.
LEAST_SHARE = 0.35
#: With so many groups or more, and few that have them all, some may lack a light one.
FEWEST_TO_WIDEN, FEW_FOUND, WIDENED_BY = 3, 5, 0.25
#: The weights of a word that nothing has, and of one that everything has.
RARE, COMMON = 4.0, 0.5
#: How many ways are tried, and how many of them at once.
MOST_TRIED, TRIED_AT_ONCE = 40, 8
#: How many ways a plan has.
MOST_WAYS = 6
MOST_KEPT = 64


class OtherWords(NamedTuple):
    """A word that no statement has, and what is found for it: other ways to write the
    same, and words that are related.
    """

    typed: str
    same: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """`ways` are groups to look for together, the best way first; `changed` are words
    taken for others, `left_out` those beyond what one query may ask for, `absent` those
    that no statement has, nor another word for them. `size` is the number of groups
    that a statement with all that was asked for has.
    """

    ways: tuple[Way, ...] = ()
    changed: dict[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    other_words: tuple[OtherWords, ...] = ()
    size: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[TermGroup, ...]:
        return tuple(dict.fromkeys(group for way in self.ways for group in way))


plans: VersionCache[Plan] = VersionCache(MOST_KEPT)


def plan(query: str, version: DataVersion | None = None) -> Plan:
    """The plan for the data as they are, of which `version` need not be looked up.

    Once made for a version it is read from memory, so that all parts of a page may ask.
    """
    version = version or DataVersion.current()
    return plans.answer(version, lambda: make(query, version), key=query)


def telling(query: str, version: DataVersion | None) -> Way:
    """The groups that must be found: words that nearly all say only if there are no
    others.
    """
    query_groups = all_groups(query, synonyms(version))
    return tuple(group for group in query_groups if not group.is_common) or query_groups


def make(query: str, version: DataVersion | None) -> Plan:
    asked = telling(query, version)
    wanted, count = asked[:MOST_GROUPS], Counts()
    left_out = tuple(group.typed for group in asked[MOST_GROUPS:])
    if not wanted:
        return Plan()
    alone = [(typed_alone(group),) for group in wanted if group.same or group.related]
    count.ask([wanted, *((group,) for group in wanted), *alone])
    others = other_words(query, wanted, count)
    if count(wanted) >= (1 if len(wanted) < FEWEST_TO_WIDEN else FEW_FOUND):
        return Plan((wanted,), {}, (), others, len(wanted), left_out)
    instead = replacements(wanted, count, version)
    absent = tuple(typed_in(query, g) for g, way in instead.items() if not way)
    found, changed, size = ways_to(wanted, instead, count)
    return Plan(found, changed, absent, others, size, left_out)


def typed_alone(group: TermGroup) -> TermGroup:
    return replace(group, same=(), related=())


def typed_in(query: str, group: TermGroup) -> str:
    """The words of a group in the reader's own letters, Korean without endings."""
    letters = {
        word.text: segments(word.text).stem
        if word.is_hangul
        else query[word.start : word.end]
        for word in words(query)
    }
    return " ".join(letters.get(word, word) for word in group.typed.split(" "))


def other_words(query: str, wanted: Way, count: Counts) -> tuple[OtherWords, ...]:
    """The other words that there are for each that no statement has as it was typed."""
    untyped = [g for g in wanted if not count((typed_alone(g),)) and count((g,))]
    forms = {g: (in_form(g.same), in_form(g.related)) for g in untyped}
    count.ask((form,) for both in forms.values() for part in both for form in part)
    return tuple(
        OtherWords(
            typed_in(query, group),
            *(tuple(f.typed for f in part if count((f,))) for part in both),
        )
        for group, both in forms.items()
    )


def in_form(terms: tuple[QueryTerm, ...]) -> tuple[TermGroup, ...]:
    return tuple(TermGroup(term.form, own=(term,)) for term in terms)


def ways_to(
    wanted: Way, instead: dict[TermGroup, Way], count: Counts
) -> tuple[tuple[Way, ...], dict[str, str], int]:
    """The ways to what is found together, the words that were taken for others, and
    how many groups there are of all that was asked for.
    """
    weights: dict[TermGroup, float] = {}
    known: list[TermGroup] = []
    for group in wanted:
        others = instead.get(group, (group,))
        weights[group] = weight(count((group,)) or len(others))
        for other in others:
            weights.setdefault(other, max(weights[group] / len(others), COMMON))
            known.append(other)
    total = sum(weights[group] for group in wanted)
    changed = {
        group.typed: " ".join(other.typed for other in others)
        for group, others in instead.items()
        if others
    }
    known.sort(key=lambda group: -weights[group])
    heaviest = {*known[:MOST_GROUPS]}
    kept = tuple(group for group in weights if group in heaviest)
    size = len({*known}) + sum(not others for others in instead.values())
    return ways(kept, weights, total, count), changed, size


def replacements(
    wanted: Way, count: Counts, version: DataVersion | None
) -> dict[TermGroup, Way]:
    """The groups to look for in place of each that nothing has, if there are any."""
    missing = [group for group in wanted if not count((group,))]
    candidates = {
        group: instead_of(group, len(missing), synonyms(version), lexicon(version))
        for group in missing
    }
    pairs = [(group, way) for group, ways in candidates.items() for way in ways]
    # With one of two missing words put right, still nothing has them all.
    swaps = [swapped(wanted, *pair) for pair in pairs] if len(missing) == 1 else []
    count.ask([way for _group, way in pairs] + swaps)
    return {group: next(filter(count, ways), ()) for group, ways in candidates.items()}


def swapped(wanted: Way, missing: TermGroup, others: Way) -> Way:
    at = wanted.index(missing)
    return tuple(dict.fromkeys((*wanted[:at], *others, *wanted[at + 1 :])))


def ways(
    wanted: Way, weights: dict[TermGroup, float], total: float, count: Counts
) -> tuple[Way, ...]:
    """The heaviest groups that are found together, and what lacks little of them."""
    chosen: list[Way] = []
    least = LEAST_SHARE * total
    tried = heaviest_first(wanted, weights)
    for at, way in enumerate(tried):
        heavy = sum(weights[group] for group in way)
        if heavy < least:
            break
        if way not in count.known:
            count.ask(tried[at : at + TRIED_AT_ONCE])
        if count(way):
            if not chosen:
                least = max(least, heavy - WIDENED_BY * total)
                if len(way) < FEWEST_TO_WIDEN:
                    return (way,)
            chosen.append(way)
    return tuple(chosen[:MOST_WAYS])


def weight(number: int) -> float:
    """More for what fewer statements have; what none has weighs most."""
    return max(COMMON, RARE - 0.5 * max(number - 1, 0).bit_length())


def heaviest_first(wanted: Way, weights: dict[TermGroup, float]) -> list[Way]:
    """All of the groups, then all but the lightest, and so on."""
    sizes = range(len(wanted), 0, -1)
    subsets = [way for size in sizes for way in combinations(wanted, size)]
    subsets.sort(key=lambda way: -sum(weights[group] for group in way))
    return subsets[:MOST_TRIED]
