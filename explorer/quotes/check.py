"""Checks each sentence of a pasted text against the documents; it judges no more."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain, pairwise
from typing import NamedTuple

from explorer.quotes.index import Nearness, QuoteIndex
from explorer.quotes.letter_key import (
    LEAST_LETTERS,
    count_letters,
    is_long_enough,
    letter_key,
    needles,
)
from explorer.quotes.passages import Passage
from explorer.quotes.pieces import MOST_JOINED, OMISSION, blocks, omitted
from statements.history.word_diff import Run, WordChange, diff_words

#: Letters of one text that is checked.
LONGEST_QUOTE = 5_000
#: From these shares on a quote is a passage altered: of the quote in the passage; of a
#: passage in a quote that says more; of words in a row in the quote.
NEAR_QUOTE, NEAR_PASSAGE, NEAR_RUN = 0.5, 0.6, 0.35
#: The nearest passages that are read for words in a row.
MOST_READ = 3


class Verdict(StrEnum):
    VERBATIM = "verbatim"
    ALTERED = "altered"
    ABSENT = "absent"
    #: Too few words to tell a quote from a phrase that anybody uses.
    SHORT = "short"


class QuoteFinding(NamedTuple):
    """`runs` lead from the words of the first passage to those of the quote."""

    text: str
    verdict: Verdict
    passages: list[Passage]
    runs: list[Run]
    has_omission: bool = False


def check_quote(text: str, index: QuoteIndex) -> list[QuoteFinding]:
    found: list[QuoteFinding] = []
    rest = blocks(text)
    while rest:
        # As a source has it: an empty line within what one statement says.
        both = "\n".join(chain(*rest[:2])) if len(rest) > 1 else ""
        joined = verbatim(both, index, only_whole=True)
        if joined and len(joined.passages) == 1:
            found.append(joined)
            rest = rest[2:]
            continue
        found += without_tails(list(check_block(rest[0], index)), index)
        rest = rest[1:]
    return found


def check_block(parts: list[str], index: QuoteIndex) -> Iterator[QuoteFinding]:
    """A block that is one quote is one; else whole passages in it are told apart."""
    if found := verbatim("\n".join(parts), index):
        yield found
        return
    if len(parts) == 1:
        yield from check_rest(parts, index)
        return
    rest: list[str] = []
    at = 0
    while at < len(parts):
        for size in range(min(MOST_JOINED, len(parts) - at), 0, -1):
            piece = "\n".join(parts[at : at + size])
            if found := verbatim(piece, index, only_whole=True):
                yield from check_rest(rest, index)
                rest, at = [], at + size
                yield found
                break
        else:
            rest.append(parts[at])
            at += 1
    yield from check_rest(rest, index)


def without_tails(
    findings: list[QuoteFinding], index: QuoteIndex
) -> list[QuoteFinding]:
    """A few words on a line of their own belong to what is beside them: no true line is
    verbatim that the next one denies.
    """
    told: list[QuoteFinding] = []
    for found in findings:
        if told and (is_tail(found) or is_tail(told[-1])):
            joined = judge(f"{told[-1].text}\n{found.text}", index)
            told[-1] = joined or found
        else:
            told.append(found)
    return told


def is_tail(found: QuoteFinding) -> bool:
    return not found.passages and not is_long_enough(needles(found.text)[0])


def check_rest(parts: list[str], index: QuoteIndex) -> list[QuoteFinding]:
    """Lines that are each near to another passage are each a quote; else all are one
    together.
    """
    alone = [found for part in parts if (found := judge(part, index))]
    is_list = all(found.passages for found in alone) and all(
        left.passages[0].code != right.passages[0].code
        for left, right in pairwise(alone)
    )
    if len(alone) == 1 or is_list:
        return alone
    joined = judge("\n".join(parts), index)
    return [joined] if joined else []


def verbatim(
    piece: str, index: QuoteIndex, only_whole: bool = False
) -> QuoteFinding | None:
    for needle in filter(None, needles(piece)):
        if passages := index.verbatim(needle, only_whole):
            return QuoteFinding(piece, Verdict.VERBATIM, passages, [])
    return None


def judge(piece: str, index: QuoteIndex) -> QuoteFinding | None:
    """Nothing of a piece that has no letters."""
    parts = omitted(piece)
    bare = parts[0] if len(parts) == 1 else piece
    keys = needles(bare)
    if not count_letters(keys[0]):
        return None
    if found := verbatim(bare, index):
        return found._replace(text=piece)
    if len(parts) > 1:
        kept = [key for part in parts if (key := needles(part)[0])]
        if passages := index.with_omission(kept):
            return altered(piece, passages, has_omission=True)
    nearest = index.nearest(keys[0])[:MOST_READ]
    near = [one.passage for one in nearest if is_near(one, keys[0])]
    if not is_long_enough(keys[0]) and index.holds(keys[0]):
        return QuoteFinding(piece, Verdict.SHORT, [], [])
    return altered(piece, near) if near else QuoteFinding(piece, Verdict.ABSENT, [], [])


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


def altered(
    piece: str, passages: list[Passage], has_omission: bool = False
) -> QuoteFinding:
    runs = diff_words(passages[0].text, OMISSION.sub(" ", piece))
    if runs and runs[0].change == WordChange.REMOVED and has_words_after(runs, 1):
        runs = runs[1:]
    if len(runs) > 1 and runs[-1].change == WordChange.REMOVED:
        runs = runs[:-1] if runs[-2].change == WordChange.NONE else runs
    return QuoteFinding(piece, Verdict.ALTERED, passages, runs, has_omission)


def has_words_after(runs: list[Run], at: int) -> bool:
    return len(runs) > at and runs[at].change == WordChange.NONE
