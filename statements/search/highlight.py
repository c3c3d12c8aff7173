"""Marks in a text, in its own spelling, the words that a query found it by."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from statements.input.letters import fold
from statements.models.revision import DataVersion
from statements.search.dates import dates_in
from statements.search.languages import english
from statements.search.languages.segments import Segments, joined
from statements.search.query_plan import plan
from statements.search.query_terms import QueryTerm
from statements.search.words import Word, words

Span = tuple[int, int]


def highlight(
    text: str,
    query: str,
    version: DataVersion | None = None,
    with_related: bool = False,
) -> list[tuple[str, bool]]:
    """The text in pieces, in order, each with whether it is what was looked for."""
    row = WordRow(text)
    spans: list[Span] = []
    for group in plan(query, version).groups:
        for term in group.terms if with_related else group.own + group.same:
            spans += mark_term(row, term)
    pieces, at = [], 0
    for start, end in merged(spans):
        pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    pieces.append((text[at:], False))
    return [(piece, is_match) for piece, is_match in pieces if piece]


def merged(spans: list[Span]) -> list[Span]:
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


class WordRow:
    """A text as the words that terms are looked for in, each way read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)

    @cached_property
    def syllables(self) -> list[tuple[Word, int]]:
        """Each with its word and its place there."""
        hangul = (word for word in self.words if word.is_hangul)
        return [(word, at) for word in hangul for at in range(len(word.text))]

    @cached_property
    def run(self) -> str:
        return "".join(word.text[at] for word, at in self.syllables)

    @cached_property
    def places(self) -> Segments:
        """The places in `run` where words begin and end."""
        return joined(word.text for word in self.words if word.is_hangul)

    @cached_property
    def telling(self) -> list[Word]:
        return [
            word for word in self.words if word.text not in english.ENGLISH_STOP_WORDS
        ]

    @cached_property
    def stems(self) -> list[str]:
        return [stemmed(word) for word in self.telling]


def mark_term(row: WordRow, term: QueryTerm) -> Iterator[Span]:
    if term.tokens[0].startswith("d"):
        folded = fold(row.text)
        for date in dates_in(folded.text):
            if term.tokens[0] in date.tokens:
                yield folded.place(date.start, date.end)
        return
    wanted = words_of(term)
    if wanted and all(word.is_hangul for word in wanted):
        yield from hangul_marks(row, term)
    else:
        yield from latin_marks(row, wanted)


@lru_cache(maxsize=1000)
def words_of(term: QueryTerm) -> tuple[Word, ...]:
    return tuple(words(term.form))


def hangul_marks(row: WordRow, term: QueryTerm) -> Iterator[Span]:
    """Three syllables and more may run over white space; two are of one word."""
    form = "".join(word.text for word in words_of(term))
    for match in re.finditer(re.escape(form), row.run):
        first, start = row.syllables[match.start()]
        last, end = row.syllables[match.end() - 1]
        sort = term.tokens[0][0]
        if len(form) < 3 and first is not last:
            continue
        if sort in "ubc" and not row.places.has_word(*match.span()):
            continue
        if sort in "oi" and start:
            continue
        if sort == "o" and len(first.text) > 1:
            continue
        yield first.start + start, last.start + end + 1


def latin_marks(row: WordRow, wanted: tuple[Word, ...]) -> Iterator[Span]:
    """The places where all the words stand in a row, in whatever inflection."""
    stems = [
        stemmed(word) for word in wanted if word.text not in english.ENGLISH_STOP_WORDS
    ]
    for at in range(len(row.stems) - len(stems) + 1 if stems else 0):
        if row.stems[at : at + len(stems)] == stems:
            yield row.telling[at].start, row.telling[at + len(stems) - 1].end


def stemmed(word: Word) -> str:
    return word.text if word.is_hangul else english.stem_english(word.text)
