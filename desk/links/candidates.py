"""Which statements may deal with the same matter: pairs that share telling subjects.

A subject weighs the more the fewer statements have it. Nothing is decided here: people
look at each pair, and link it or say why not.
"""

from collections import Counter, defaultdict
from functools import cached_property
from heapq import nlargest
from math import log
from typing import NamedTuple

from desk.links.subjects import Subject, SubjectKind, subjects_of
from statements.models import Kind, Link, Statement
from statements.pages.glossary import folded
from statements.version_cache import version_cache

#: The kinds that links are suggested between: from the later to the earlier.
EARLIER = {
    Kind.KEY_CONTENT: (Kind.TASK, Kind.ACHIEVEMENT),
    Kind.TASK: (Kind.ACHIEVEMENT,),
}
LINKABLE = (Kind.KEY_CONTENT, Kind.TASK, Kind.ACHIEVEMENT)
#: How many are suggested for one statement, and kept for when some are decided.
FEW, KEPT = 5, 20
#: What more than every fourth statement has tells nothing of any.
TOO_COMMON = 4


class CandidatePair(NamedTuple):
    """The keys of a later and an earlier statement, and what they share weighs."""

    weight: float
    later: int
    earlier: int


class Suggester:
    """All that suggesting needs of the public content as it stands."""

    def __init__(self):
        statements = list(Statement.objects.published().with_tags().in_outline_order())
        linkable = [one for one in statements if one.kind in LINKABLE]
        subjects = subjects_of(statements)
        self.kinds = {one.pk: Kind(one.kind) for one in linkable}
        self.holders: dict[Subject, list[int]] = defaultdict(list)
        for pk in self.kinds:
            for subject in subjects[pk]:
                self.holders[subject].append(pk)
        self.weights = {
            subject: log(len(self.kinds) / len(pks))
            for subject, pks in self.holders.items()
            if len(pks) * TOO_COMMON <= len(self.kinds)
        }
        self.subjects = {pk: subjects[pk] & self.weights.keys() for pk in self.kinds}
        #: What a single subject weighs that one statement alone has.
        self.least = log(max(len(self.kinds), 1))
        #: Confirmed, draft or rejected: somebody has looked at these already.
        self.known = set(Link.objects.order_by().values_list("later", "earlier"))

    def pairs_of(self, pk: int) -> list[CandidatePair]:
        """Every pair not linked yet that the statement may be either end of."""
        weights: Counter[int] = Counter()
        for subject in self.subjects.get(pk, ()):
            for other in self.holders[subject]:
                weights[other] += self.weights[subject]
        pairs = (
            self.pair(pk, other, weight)
            for other, weight in weights.items()
            if weight >= self.least
        )
        return [pair for pair in pairs if pair and pair[1:] not in self.known]

    def has(self, *pks: int) -> bool:
        return all(pk in self.kinds for pk in pks)

    def pair(self, one: int, other: int, weight: float) -> CandidatePair | None:
        if self.kinds[other] in EARLIER.get(self.kinds[one], ()):
            return CandidatePair(weight, one, other)
        if self.kinds[one] in EARLIER.get(self.kinds[other], ()):
            return CandidatePair(weight, other, one)
        return None

    @cached_property
    def kept(self) -> list[CandidatePair]:
        """The weightiest pairs of each later statement."""
        return [
            pair
            for pk, kind in self.kinds.items()
            if kind in EARLIER
            for pair in nlargest(
                KEPT, (pair for pair in self.pairs_of(pk) if pair.later == pk)
            )
        ]

    def suggestions(self, decided: set[tuple[int, int]]) -> list[CandidatePair]:
        """A few for each later statement, the weightiest first; none of the decided."""
        counts: Counter[int] = Counter()
        found = []
        for pair in sorted(self.kept, reverse=True):
            if pair[1:] not in decided and counts[pair.later] < FEW:
                counts[pair.later] += 1
                found.append(pair)
        return found

    def suggestions_for(
        self, pk: int, decided: set[tuple[int, int]]
    ) -> list[CandidatePair]:
        """All that one statement may be linked with, the weightiest first."""
        pairs = [pair for pair in self.pairs_of(pk) if pair[1:] not in decided]
        return nlargest(KEPT, pairs)

    def shared(self, pair: CandidatePair) -> list[Subject]:
        """What the two share, the most telling first."""
        both = self.subjects[pair.later] & self.subjects[pair.earlier]
        names = [folded(one.name) for one in both if one.sort != SubjectKind.WORD]
        telling = [
            one
            for one in both
            if one.sort != SubjectKind.WORD
            or not any(one.name in name for name in names)
        ]
        return sorted(telling, key=lambda one: (-self.weights[one], one))


@version_cache
def suggester() -> Suggester:
    """The suggester is made anew after every change of public content."""
    return Suggester()
