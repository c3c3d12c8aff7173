"""A corrected edition of a document beside the one that it replaces."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from statements.fingerprints import squeeze
from statements.history.word_diff import Run, diff_words
from statements.models import Statement

#: Two texts are one reworded from here on, of 1 for the same letters in a row.
ALIKE = 0.6
#: The best match has to be better than the second by this.
GAP = 0.05
LETTERS = 3


class Fate(TextChoices):
    """The fate of a statement from one edition to the next."""

    UNCHANGED = "unchanged", _("Unchanged")
    REWORDED = "reworded", _("Reworded")
    MOVED = "moved", _("Moved: the same words in another place")
    NEW = "new", _("New")
    GONE = "gone", _("No longer included")


class EditionRow(NamedTuple):
    """A statement of either edition or both; `runs` where it was reworded."""

    fate: Fate
    earlier: Statement | None
    later: Statement | None
    runs: list[Run]


class Editions:
    """The statements of two editions, each with its counterpart in the other."""

    def __init__(
        self, earlier: Iterable[Statement], later: Iterable[Statement]
    ) -> None:
        self.earlier, self.later = list(earlier), list(later)
        #: The earlier statement by the key of the later one.
        self.counterparts: dict[int | None, Statement] = {}
        self.match_exactly()
        self.match_alike()

    def match_exactly(self) -> None:
        """By all letters but white space; of several, that which stands under the
        counterpart, or else the first.
        """
        by_text: dict[str, list[Statement]] = defaultdict(list)
        for one in self.earlier:
            by_text[squeezed(one)].append(one)
        for one in self.later:
            same = by_text[squeezed(one)]
            if same:
                at_home = [other for other in same if self.is_at_home(one, other)]
                match = (at_home or same)[0]
                same.remove(match)
                self.counterparts[one.pk] = match

    def match_alike(self) -> None:
        """Of what is left: the best match that stands out, the best pairs first."""
        taken = {one.pk for one in self.counterparts.values()}
        left = [one for one in self.earlier if one.pk not in taken]
        grams = {one.pk: trigrams(one) for one in left}
        holders: dict[str, list[Statement]] = defaultdict(list)
        for one in left:
            for gram in grams[one.pk]:
                holders[gram].append(one)
        pairs = []
        for one in self.later:
            if one.pk not in self.counterparts:
                own = trigrams(one)
                near = {other.pk: other for gram in own for other in holders[gram]}
                scores = [
                    (likeness(own, grams[pk]), other) for pk, other in near.items()
                ]
                scores.sort(key=lambda score: -score[0])
                if stands_out([score for score, _other in scores]):
                    pairs.append((*scores[0], one))
        pairs.sort(key=lambda pair: -pair[0])
        for _score, other, one in pairs:
            if other.pk not in taken:
                taken.add(other.pk)
                self.counterparts[one.pk] = other

    def is_at_home(self, later: Statement, earlier: Statement) -> bool:
        """The one stands under the counterpart of what the other stands under."""
        if later.parent_id is None or earlier.parent_id is None:
            return later.parent_id == earlier.parent_id
        above = self.counterparts.get(later.parent_id)
        return above is not None and above.pk == earlier.parent_id

    def rows(self) -> Iterator[EditionRow]:
        """In the order of the later edition, then what is gone."""
        for one in self.later:
            yield self.row(one)
        kept = {one.pk for one in self.counterparts.values()}
        for one in self.earlier:
            if one.pk not in kept:
                yield EditionRow(Fate.GONE, one, None, [])

    def row(self, later: Statement) -> EditionRow:
        earlier = self.counterparts.get(later.pk)
        if earlier is None:
            return EditionRow(Fate.NEW, None, later, [])
        if squeezed(earlier) != squeezed(later):
            runs = diff_words(korean(earlier), korean(later))
            return EditionRow(Fate.REWORDED, earlier, later, runs)
        is_home = self.is_at_home(later, earlier)
        return EditionRow(Fate.UNCHANGED if is_home else Fate.MOVED, earlier, later, [])


def stands_out(scores: list[float]) -> bool:
    if not scores or scores[0] <= ALIKE:
        return False
    return len(scores) == 1 or scores[0] - scores[1] >= GAP


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient: the shared runs of letters, of all that there are."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def trigrams(statement: Statement) -> Counter[str]:
    letters = squeezed(statement)
    ends = range(max(len(letters) - LETTERS + 1, 1))
    return Counter(letters[start : start + LETTERS] for start in ends)


def squeezed(statement: Statement) -> str:
    return squeeze(korean(statement))


def korean(statement: Statement) -> str:
    return f"{statement.title_ko} {statement.text_ko}".strip()


def grouped(rows: Iterable[EditionRow]) -> list[tuple[Fate, list[EditionRow]]]:
    """The rows by their fate, those that changed first; no fate without a row."""
    by_fate: dict[Fate, list[EditionRow]] = defaultdict(list)
    for row in rows:
        by_fate[row.fate].append(row)
    order = (Fate.REWORDED, Fate.NEW, Fate.GONE, Fate.MOVED, Fate.UNCHANGED)
    return [(fate, by_fate[fate]) for fate in order if fate in by_fate]
