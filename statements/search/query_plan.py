"""How a query is answered: by all that it asks for, else by most of it."""

from dataclasses import dataclass, field
from itertools import combinations

from statements.models.revision import DataVersion
from statements.search.hit_counts import Counts, Way
from statements.search.lexicon import lexicon
from statements.search.query_terms import TermGroup, groups
from statements.search.spelling import instead_of
from statements.search.synonyms import synonyms
from statements.version_cache import VersionCache

#: What must be found, at least, of the weight of all that is asked for.
LEAST_SHARE = 0.35
#: With so many groups or more, and few that have them all, some may lack a light one.
FEWEST_TO_WIDEN, FEW, WIDENED_BY = 3, 5, 0.25
#: The weights of a word that nothing has, and of one that everything has.
RARE, COMMON = 4.0, 0.5
#: How many ways are tried, and how many of them at once.
MOST_TRIED, TRIED_AT_ONCE = 40, 8
MOST_KEPT = 64


@dataclass(frozen=True)
class Plan:
    """`ways` are groups to look for together, the best way first; `changed` are words
    taken for others.
    """

    ways: tuple[Way, ...] = ()
    changed: dict[str, str] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[TermGroup, ...]:
        return tuple(dict.fromkeys(one for way in self.ways for one in way))


plans: VersionCache[Plan] = VersionCache(MOST_KEPT)


def plan(query: str, version: DataVersion | None = None) -> Plan:
    """The plan for the data as they are, of which `version` need not be looked up.

    Once made for a version it is read from memory, so that all parts of a page may ask.
    """
    version = version or DataVersion.current()
    return plans.answer(version, lambda: make(query, version), key=query)


def telling(query: str, version: DataVersion | None) -> Way:
    """What must be found: words that nearly all say only if there are no others."""
    asked = groups(query, synonyms(version))
    return tuple(one for one in asked if not one.is_common) or asked


def make(query: str, version: DataVersion | None) -> Plan:
    """In one query if all the words are found together, and in few if they are not."""
    asked, count = telling(query, version), Counts()
    if not asked:
        return Plan()
    count.ask([asked, *((one,) for one in asked)])
    if count(asked) >= (1 if len(asked) < FEWEST_TO_WIDEN else FEW):
        return Plan((asked,))
    instead = replacements(asked, count, version)
    weights, known = {}, []
    for one in asked:
        others = instead.get(one, (one,))
        weights[one] = weight(count((one,)) or len(others))
        for other in others:
            weights.setdefault(other, max(weights[one] / len(others), COMMON))
            known.append(other)
    total = sum(weights[one] for one in asked)
    changed = {
        one.typed: " ".join(other.typed for other in others)
        for one, others in instead.items()
        if others
    }
    return Plan(ways(tuple(dict.fromkeys(known)), weights, total, count), changed)


def replacements(
    asked: Way, count: Counts, version: DataVersion | None
) -> dict[TermGroup, Way]:
    """What is looked for in place of each group that nothing has, if anything."""
    candidates = {
        one: instead_of(one, synonyms(version), lexicon(version))
        for one in asked
        if not count((one,))
    }
    pairs = [(one, way) for one, found in candidates.items() for way in found]
    count.ask([way for _one, way in pairs] + [swapped(asked, *pair) for pair in pairs])
    return {one: next(filter(count, found), ()) for one, found in candidates.items()}


def swapped(asked: Way, one: TermGroup, others: Way) -> Way:
    at = asked.index(one)
    return tuple(dict.fromkeys((*asked[:at], *others, *asked[at + 1 :])))


def ways(
    asked: Way, weights: dict[TermGroup, float], total: float, count: Counts
) -> tuple[Way, ...]:
    """The heaviest groups that are found together, and what lacks little of them."""
    chosen: list[Way] = []
    least = LEAST_SHARE * total
    tried = heaviest_first(asked, weights)
    for at, way in enumerate(tried):
        heavy = sum(weights[one] for one in way)
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
    return tuple(chosen)


def weight(number: int) -> float:
    """More for what fewer statements have; what none has weighs most."""
    return max(COMMON, RARE - 0.5 * max(number - 1, 0).bit_length())


def heaviest_first(asked: Way, weights: dict[TermGroup, float]) -> list[Way]:
    """All of the groups, then all but the lightest, and so on."""
    some = [way for n in range(len(asked), 0, -1) for way in combinations(asked, n)]
    some.sort(key=lambda way: -sum(weights[group] for group in way))
    return some[:MOST_TRIED]
