"""What statements are about, as far as their words and tags tell."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from statements.models import GlossaryTerm, Statement
from statements.pages.glossary import folded_terms, terms_in
from statements.search.languages import english, korean
from statements.search.words import words


class SubjectKind(StrEnum):
    """What a subject is told by, the most telling first."""

    TERM = "term"
    COUNTRY = "country"
    THEME = "theme"
    REGION = "region"
    WORD = "word"


class Subject(NamedTuple):
    """`name` is in Korean, by which the sources are compared."""

    sort: SubjectKind
    name: str
    english: str = ""


SUBJECT_TAGS = {
    SubjectKind.COUNTRY: "country_list",
    SubjectKind.THEME: "theme_list",
    SubjectKind.REGION: "region_list",
}


def subjects_of(statements: Iterable[Statement]) -> dict[int, frozenset[Subject]]:
    """By the key of each statement: of its own words and tags, of those right under it,
    and of the words of what it stands under.
    """
    statements = list(statements)
    terms = folded_terms()
    said = {one.pk: frozenset(said_in(one, terms)) for one in statements}
    own = {one.pk: said[one.pk] | frozenset(tags_of(one)) for one in statements}
    below: dict[int | None, list[int]] = defaultdict(list)
    for one in statements:
        below[one.parent_id].append(one.pk)
    return {
        one.pk: own[one.pk].union(
            *(own[child] for child in below[one.pk]), said.get(one.parent_id, ())
        )
        for one in statements
    }


def said_in(
    statement: Statement, terms: list[tuple[str, GlossaryTerm]]
) -> Iterable[Subject]:
    for term in terms_in(f"{statement.title_ko}|{statement.text_ko}", terms):
        yield Subject(SubjectKind.TERM, term.korean, term.english)
    for word in words(f"{statement.title_ko} {statement.text_ko}"):
        stem = korean.stem_korean(word.text) if word.is_hangul else word.text
        if tells(stem):
            yield Subject(SubjectKind.WORD, stem)


def tells(stem: str) -> bool:
    listed = (
        korean.KOREAN_STOP_WORDS,
        korean.KOREAN_COMMON_WORDS,
        english.ENGLISH_STOP_WORDS,
        english.ENGLISH_COMMON_WORDS,
    )
    is_listed = any(stem in one for one in listed)
    return len(stem) > 1 and not stem.isdigit() and not is_listed


def tags_of(statement: Statement) -> Iterable[Subject]:
    for sort, name in SUBJECT_TAGS.items():
        for term in getattr(statement, name):
            yield Subject(sort, term.name_ko, term.name_en)
