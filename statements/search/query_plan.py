"""The plan that answers a query: by all that it asks for, else by most of it."""

from dataclasses import dataclass, field
from itertools import combinations

from statements.models.revision import DataVersion
from statements.search.hit_counts import Counts, Way
from statements.search.lexicon import lexicon
from statements.search.query_terms import MOST_GROUPS, TermGroup, all_groups
from statements.search.spelling import instead_of
from statements.search.synonyms import synonyms
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


@dataclass(frozen=True)
class Plan:
    """`ways` are groups to look for together, the best way first; `changed` are words
    taken for others, `left_out` those beyond what one query may ask for.
    """

    ways: tuple[Way, ...] = ()
    changed: dict[str, str] = field(default_factory=dict)
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
    found, changed = ways_to(asked[:MOST_GROUPS], version)
    return Plan(found, changed, tuple(group.typed for group in asked[MOST_GROUPS:]))


def ways_to(
    wanted: Way, version: DataVersion | None
) -> tuple[tuple[Way, ...], dict[str, str]]:
    """In one query if all the words are found together, and in few if they are not;
    and the words that were taken for others.
    """
    count = Counts()
    if not wanted:
        return (), {}
    count.ask([wanted, *((group,) for group in wanted)])
    if count(wanted) >= (1 if len(wanted) < FEWEST_TO_WIDEN else FEW_FOUND):
        return (wanted,), {}
    instead = replacements(wanted, count, version)
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
    return ways(kept, weights, total, count), changed


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
