"""The passages that are near to a quote that is in none of them."""

from difflib import SequenceMatcher

from explorer.quotes.index import Nearness, QuoteIndex
from explorer.quotes.letter_key import LEAST_LETTERS, count_letters, letter_key
from explorer.quotes.passages import Passage

#: From these shares on a quote is a passage altered: of the quote in the passage; of a
#: passage in a quote that says more; of words in a row in the quote.
NEAR_QUOTE, NEAR_PASSAGE, NEAR_RUN = 0.5, 0.6, 0.35
#: The nearest passages that are read for words in a row.
MOST_READ = 3


def near_passages(key: str, index: QuoteIndex) -> list[Passage]:
    nearest = index.nearest(key)[:MOST_READ]
    return [one.passage for one in nearest if is_near(one, key)]


def is_near(near: Nearness, key: str) -> bool:
    of_passage = letter_key(near.passage.text).key
    least = LEAST_LETTERS[near.passage.language]
    is_long = count_letters(of_passage) >= least
    if near.of_quote >= NEAR_QUOTE or is_long and near.of_passage >= NEAR_PASSAGE:
        return True
    matcher = SequenceMatcher(None, of_passage, key, autojunk=False)
    run = matcher.find_longest_match()
    letters = count_letters(key[run.b : run.b + run.size])
    return letters >= max(least, NEAR_RUN * count_letters(key))
