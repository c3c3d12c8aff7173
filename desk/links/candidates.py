"""Pairs of statements that may deal with the same matter: they share telling subjects.

A subject weighs the more the fewer statements have it. Nothing is decided here: people
look at each pair, and link it or say why not.
"""

from collections import Counter, defaultdict
from functools import cached_property
from heapq import nlargest
from math import log
from typing import NamedTuple

from desk.links.subjects import Subject, SubjectKind, subjects_of
from statements.input.letters import squeezed
from statements.models import Kind, Link, Statement
from statements.models.links import place_in_time
from statements.version_cache import version_cache

#: The kinds that links are suggested between, from any later time to any earlier one.
LINKABLE = (Kind.KEY_CONTENT, Kind.TASK, Kind.ACHIEVEMENT)
#: Pairs suggested for a statement, and pairs kept for when some of them are decided.
MOST_PER_STATEMENT, MOST_PAIRS_KEPT = 5, 20
#: A subject that more than every fourth statement has tells nothing of any.
TOO_COMMON = 4


class CandidatePair(NamedTuple):
    """The keys of a later and an earlier statement, and what they share weighs."""

    weight: float
    later: int
    earlier: int


class Suggester:
    """Pairs up the public statements as they stand when it is made."""

    def __init__(self) -> None:
        published = Statement.objects.published().select_related("document")
        statements = list(published.with_tags().in_outline_order())
        linkable = [s for s in statements if s.kind in LINKABLE]
        subjects = subjects_of(statements)
        self.places = {s.pk: place_in_time(s) for s in linkable}
        self.holders: dict[Subject, list[int]] = defaultdict(list)
        for pk in self.places:
            for subject in subjects[pk]:
                self.holders[subject].append(pk)
        self.weights = {
            subject: log(len(self.places) / len(pks))
            for subject, pks in self.holders.items()
            if len(pks) * TOO_COMMON <= len(self.places)
        }
        self.subjects = {pk: subjects[pk] & self.weights.keys() for pk in self.places}
        #: The weight of a single subject that one statement alone has.
        self.least = log(max(len(self.places), 1))
        #: Confirmed, draft or rejected: somebody has looked at these already.
        self.known = linked_pairs()

    def pairs_of(self, pk: int) -> list[CandidatePair]:
        """Finds every pair not linked yet that the statement may be either end of."""
        weights: dict[int, float] = defaultdict(float)
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
        return all(pk in self.places for pk in pks)

    def pair(self, pk: int, other: int, weight: float) -> CandidatePair | None:
        """The two in the order of time; None for two of one time."""
        if self.places[pk] == self.places[other]:
            return None
        is_later = self.places[pk] > self.places[other]
        return CandidatePair(weight, *((pk, other) if is_later else (other, pk)))

    @cached_property
    def kept(self) -> list[CandidatePair]:
        """The weightiest pairs of each later statement, as many as are kept."""
        return [
            pair
            for pk in self.places
            for pair in nlargest(
                MOST_PAIRS_KEPT,
                (pair for pair in self.pairs_of(pk) if pair.later == pk),
            )
        ]

    def suggestions(self, decided: set[tuple[int, int]]) -> list[CandidatePair]:
        """A few for each later statement, the weightiest first; none of the decided."""
        counts: Counter[int] = Counter()
        few = []
        for pair in sorted(self.kept, reverse=True):
            if pair[1:] not in decided and counts[pair.later] < MOST_PER_STATEMENT:
                counts[pair.later] += 1
                few.append(pair)
        return few

    def suggestions_for(
        self, pk: int, decided: set[tuple[int, int]]
    ) -> list[CandidatePair]:
        """All pairs of one statement that are not decided, the weightiest first."""
        pairs = [pair for pair in self.pairs_of(pk) if pair[1:] not in decided]
        return nlargest(MOST_PAIRS_KEPT, pairs)

    def shared(self, pair: CandidatePair) -> list[Subject]:
        """The subjects that the two share, the most telling first; no word that is part
        of another one's name.
        """
        subjects = self.subjects[pair.later] & self.subjects[pair.earlier]
        names = [squeezed(s.name) for s in subjects if s.sort != SubjectKind.WORD]
        telling = [
            subject
            for subject in subjects
            if subject.sort != SubjectKind.WORD
            or not any(subject.name in name for name in names)
        ]
        return sorted(telling, key=lambda subject: (-self.weights[subject], subject))


def linked_pairs() -> set[tuple[int, int]]:
    """Both ends of every link, rejected ones too, in either order: a rejected link may
    be of before a document was moved in time.
    """
    pairs = set(Link.objects.order_by().values_list("later", "earlier"))
    return pairs | {(earlier, later) for later, earlier in pairs}


@version_cache
def suggester() -> Suggester:
    """The suggester is made anew after every change that readers see; no link that is
    rejected is one.
    """
    return Suggester()
