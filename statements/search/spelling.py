"""A word that no statement has, taken for its parts or for the one it is a slip of."""

from statements.search.hit_counts import Way
from statements.search.languages import english, korean
from statements.search.languages.segments import segments, unknown_syllables
from statements.search.lexicon import Lexicon
from statements.search.query_terms import TermGroup, groups
from statements.search.synonyms import Synonyms
from statements.search.words import Word, words

MOST_SPLITS = 12
#: In syllables, and in letters of English: a shorter word is nearly always another one
#: by a letter, not a slip: 대만 and 대한, farm and firm.
SHORTEST_SLIP, SHORTEST_ENGLISH_SLIP = 3, 6
#: How many slips are tried for all words of a query that nothing has, and how many
#: splits: fewer for each the more such words there are.
MOST_NEAR, MOST_SPLITS_OF_ALL = 12, 24


def instead_of(
    missing: TermGroup, number: int, synonyms: Synonyms, lexicon: Lexicon
) -> list[Way]:
    """The parts of a compound, and the words of which this is a slip, likeliest first.

    One of them will do that there are statements of. `number` is how many words of the
    query are missing, this one among them.
    """
    row = words(missing.typed)
    if len(row) != 1:
        return []
    word = row[0].text
    stem = segments(word).stem
    most_splits = min(MOST_SPLITS, MOST_SPLITS_OF_ALL // number)
    ways = parts_of(stem, most_splits, synonyms) if row[0].is_hangul else []
    near = {}
    if is_slip(row[0]):
        near = dict.fromkeys((*lexicon.nearest(word), *lexicon.nearest(stem)))
    ways += [groups(one, synonyms) for one in [*near][: max(MOST_NEAR // number, 1)]]
    return [way for way in ways if way]


def is_slip(word: Word) -> bool:
    """Nobody knows the word: 중국어 is no slip of 중국의."""
    if not word.is_hangul:
        is_long = len(word.text) >= SHORTEST_ENGLISH_SLIP
        return is_long and word.text not in english.WORDS_OF_THEIR_OWN
    least_unknown = 1 if len(word.text) > SHORTEST_SLIP else 2
    is_long = len(segments(word.text).stem) >= SHORTEST_SLIP
    return is_long and unknown_syllables(word.text) >= least_unknown


def parts_of(word: str, most: int, synonyms: Synonyms) -> list[Way]:
    """원전협상 as 원전 and 협상."""
    ways = [way for way in korean.splits(word) if len(way) > 1]
    parts = (groups(" ".join(way), synonyms) for way in sorted(ways, key=len)[:most])
    return [way for way in parts if len(way) > 1]
