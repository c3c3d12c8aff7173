"""Checks each sentence of a pasted text against the documents; it judges no more."""

from enum import StrEnum
from typing import NamedTuple

from explorer.quotes.index import QuoteIndex
from explorer.quotes.letter_key import count_letters, is_long_enough, needles
from explorer.quotes.nearness import near_passages
from explorer.quotes.neighbours import quote_pieces
from explorer.quotes.passages import Passage
from explorer.quotes.pieces import OMISSION, omitted
from statements.history.word_diff import Run, WordChange, diff_words

#: Letters of one text that is checked.
LONGEST_QUOTE = 5_000


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
    pieces = quote_pieces(text, index)
    judged = {piece: judge(piece, index) for piece in set(pieces)}
    return [found for piece in pieces if (found := judged[piece])]


def verbatim(piece: str, index: QuoteIndex) -> QuoteFinding | None:
    for needle in filter(None, needles(piece)):
        if passages := index.verbatim(needle):
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
    near = near_passages(keys[0], index)
    if not is_long_enough(keys[0]) and index.holds(keys[0]):
        return QuoteFinding(piece, Verdict.SHORT, [], [])
    return altered(piece, near) if near else QuoteFinding(piece, Verdict.ABSENT, [], [])


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
