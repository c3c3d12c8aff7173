"""A query as groups: each is one thing asked for, and the terms that say it."""

from collections.abc import Iterable
from dataclasses import dataclass

from statements.input.letters import fold
from statements.search.dates import Date, dates_in
from statements.search.languages import english, korean
from statements.search.languages.segments import segments
from statements.search.synonyms import Others, Synonyms
from statements.search.tokens import pair
from statements.search.words import Word, words

LONGEST_READ_QUERY = 400
#: How many things a query asks for at most; the rest of it is left out, and told.
MOST_GROUPS = 8
LONGEST_PHRASE = 6


@dataclass(frozen=True)
class QueryTerm:
    """One way to say a thing: tokens that a statement has, all of them."""

    tokens: tuple[str, ...]
    #: What is marked in a text that it finds; a date is marked by its tokens.
    form: str = ""


@dataclass(frozen=True)
class TermGroup:
    """`own` terms are what was typed, `same` write it otherwise, `related` are other
    things; `better` are tokens of its exact spelling.
    """

    typed: str
    own: tuple[QueryTerm, ...]
    same: tuple[QueryTerm, ...] = ()
    related: tuple[QueryTerm, ...] = ()
    better: tuple[str, ...] = ()
    is_common: bool = False

    @property
    def terms(self) -> tuple[QueryTerm, ...]:
        return self.own + self.same + self.related


def groups(query: str, synonyms: Synonyms) -> tuple[TermGroup, ...]:
    return all_groups(query, synonyms)[:MOST_GROUPS]


def all_groups(query: str, synonyms: Synonyms) -> tuple[TermGroup, ...]:
    """Those too that are beyond what is searched for."""
    query = fold(query[:LONGEST_READ_QUERY]).text
    dates = dates_in(query)
    query_groups = [date_group(query[date.start : date.end], date) for date in dates]
    for date in dates:
        blank = " " * (date.end - date.start)
        query = query[: date.start] + blank + query[date.end :]
    rest = words(query)
    following = [*(word.text for word in rest[1:]), ""]
    telling = [
        word
        for word, after in zip(rest, following, strict=False)
        if not is_stop_word(word, after)
    ]
    if not telling and not query_groups:
        telling = rest
    query_groups += phrases(telling, synonyms)
    return tuple(dict.fromkeys(group for group in query_groups if group.terms))


def date_group(typed: str, date: Date) -> TermGroup:
    return TermGroup(typed, own=(QueryTerm(date.tokens[:1], typed),))


def is_stop_word(word: Word, after: str) -> bool:
    if word.is_hangul:
        return korean.is_asked_with(word.text, after)
    return word.text in english.ENGLISH_STOP_WORDS


def phrases(row: list[Word], synonyms: Synonyms) -> list[TermGroup]:
    """Groups from left to right, each of the longest phrase that has synonyms."""
    row_groups: list[TermGroup] = []
    at = 0
    while at < len(row):
        for size in range(min(LONGEST_PHRASE, len(row) - at), 0, -1):
            phrase = row[at : at + size]
            others = synonyms.of(phrase)
            if others or size == 1:
                row_groups.append(group(phrase, others))
                at += size
                break
    return row_groups


def group(phrase: list[Word], others: Others) -> TermGroup:
    typed = " ".join(word.text for word in phrase)
    own = own_terms(phrase, typed, bool(others))
    same = distinct(map(written, others.same), own)
    return TermGroup(
        typed,
        own,
        same,
        distinct(map(written, others.related), own + same),
        better=tuple(exact(word) for word in phrase),
        is_common=len(phrase) == 1 and is_common_word(phrase[0], bool(others)),
    )


def own_terms(
    phrase: list[Word], typed: str, has_others: bool
) -> tuple[QueryTerm, ...]:
    """The typed phrase in one piece, or its words apart."""
    if has_others and len(typed) == 1 and phrase[0].is_hangul:
        return (written(typed),)
    apart = tuple(dict.fromkeys(t for word in phrase for t in typed_tokens(word)))
    if len(phrase) > 1:
        return distinct((written(typed), QueryTerm(apart)), ())
    shown = segments(typed).stem if phrase[0].is_hangul else typed
    return (QueryTerm(apart, shown),)


def distinct(
    terms: Iterable[QueryTerm], others: tuple[QueryTerm, ...]
) -> tuple[QueryTerm, ...]:
    """The terms that look for something else than the others do, each once."""
    tokens = {term.tokens for term in others}
    new = {term.tokens: term for term in terms if term.tokens}
    return tuple(term for key, term in new.items() if key not in tokens)


def is_common_word(word: Word, has_synonyms: bool) -> bool:
    """A syllable that stands for nothing else is a counter or a bound noun: 번, 때."""
    if word.is_hangul and len(word.text) == 1:
        return not has_synonyms
    if word.is_hangul:
        return bool({word.text, segments(word.text).stem} & korean.KOREAN_COMMON_WORDS)
    return word.text in english.ENGLISH_COMMON_WORDS


def typed_tokens(word: Word) -> tuple[str, ...]:
    """A word as a reader types it, found within other words too."""
    if not word.is_hangul:
        return (f"s{english.stem_english(word.text)}",)
    return hangul(segments(word.text).stem, one="u")


def exact(word: Word) -> str:
    """The token of a word's own spelling, or of its beginning."""
    if not word.is_hangul:
        return f"w{word.text}"
    return f"i{word.text[:2]}" if len(word.text) > 1 else f"o{word.text}"


def hangul(form: str, *, one: str = "o", two: str = "b") -> tuple[str, ...]:
    if len(form) == 1:
        return (f"{one}{form}",)
    if len(form) == 2:
        return (f"{two}{form}",)
    if len(form) == 3:
        return (f"c{form}",)
    return tuple(f"t{piece}" for piece in korean.pieces(form, 3))


def written(form: str) -> QueryTerm:
    """A term as the list of synonyms or the glossary writes it, word beside word.

    `^` before a Korean form of two syllables: only where a word begins with it.
    """
    row = words(form)
    syllables = "".join(word.text for word in row if word.is_hangul)
    term_tokens = hangul(syllables, two="i" if form.startswith("^") else "b")
    latin = [word.text for word in row if not word.is_hangul]
    stems = [
        english.stem_english(word)
        for word in latin
        if word not in english.ENGLISH_STOP_WORDS
    ]
    term_tokens = term_tokens if syllables else ()
    if len(stems) == 1:
        term_tokens += (f"s{stems[0]}",)
    term_tokens += tuple(pair(*two) for two in zip(stems, stems[1:], strict=False))
    return QueryTerm(term_tokens, form.removeprefix("^"))
