"""A word that no statement has, taken for its parts or for the one it is a slip of."""

from statements.search.hit_counts import Way
from statements.search.languages import korean
from statements.search.lexicon import Lexicon
from statements.search.query_terms import TermGroup, groups
from statements.search.synonyms import Synonyms
from statements.search.words import words

MOST_SPLITS = 12


def instead_of(missing: TermGroup, synonyms: Synonyms, lexicon: Lexicon) -> list[Way]:
    """The parts of a compound, and the words of which this is a slip, likeliest first.

    One of them will do that there are statements of.
    """
    row = words(missing.typed)
    if len(row) != 1:
        return []
    word = row[0].text
    ways = parts_of(korean.stem_korean(word), synonyms) if row[0].is_hangul else []
    near = (*lexicon.nearest(word), *lexicon.nearest(korean.stem_korean(word)))
    ways += [groups(nearest, synonyms) for nearest in dict.fromkeys(near)]
    return [way for way in ways if way]


def parts_of(word: str, synonyms: Synonyms) -> list[Way]:
    """원전협상 as 원전 and 협상."""
    ways = [way for way in korean.splits(word) if len(way) > 1]
    parts = (
        groups(" ".join(way), synonyms) for way in sorted(ways, key=len)[:MOST_SPLITS]
    )
    return [way for way in parts if len(way) > 1]
