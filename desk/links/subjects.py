"""Subjects of statements, as far as their words and tags tell."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from statements.models import GlossaryTerm, Statement
from statements.pages.glossary import folded_terms, terms_in
from statements.search.languages import english, korean
from statements.search.words import words


class SubjectKind(StrEnum):
    """The mark that tells a subject, the most telling first."""

    TERM = "term"
    COUNTRY = "country"
    THEME = "theme"
    REGION = "region"
    WORD = "word"


class Subject(NamedTuple):
    """Its `name` is in Korean, by which the sources are compared."""

    sort: SubjectKind
    name: str
    english: str = ""


SUBJECT_TAGS = {
    SubjectKind.COUNTRY: "country_list",
    SubjectKind.THEME: "theme_list",
    SubjectKind.REGION: "region_list",
}


def subjects_of(statements: Iterable[Statement]) -> dict[int, frozenset[Subject]]:
    """By the key of each statement, the subjects of its own words and tags, of those of
    the statements right under it, and of the words of the one above.
    """
    statements = list(statements)
    terms = folded_terms()
    said: dict[int | None, frozenset[Subject]] = {
        statement.pk: frozenset(subjects_in_text(statement, terms))
        for statement in statements
    }
    own = {s.pk: said[s.pk] | frozenset(subjects_of_tags(s)) for s in statements}
    below: dict[int | None, list[int]] = defaultdict(list)
    for statement in statements:
        below[statement.parent_id].append(statement.pk)
    return {
        statement.pk: own[statement.pk].union(
            *(own[child] for child in below[statement.pk]),
            said.get(statement.parent_id, ()),
        )
        for statement in statements
    }


def subjects_in_text(
    statement: Statement, terms: list[tuple[str, GlossaryTerm]]
) -> Iterable[Subject]:
    for term in terms_in(f"{statement.title_ko}|{statement.text_ko}", terms):
        yield Subject(SubjectKind.TERM, term.korean, term.english)
    for word in words(f"{statement.title_ko} {statement.text_ko}"):
        stem = korean.stem_korean(word.text) if word.is_hangul else word.text
        if is_telling(stem):
            yield Subject(SubjectKind.WORD, stem)


def is_telling(stem: str) -> bool:
    word_lists = (
        korean.KOREAN_STOP_WORDS,
        korean.KOREAN_COMMON_WORDS,
        english.ENGLISH_STOP_WORDS,
        english.ENGLISH_COMMON_WORDS,
    )
    is_listed = any(stem in word_list for word_list in word_lists)
    return len(stem) > 1 and not stem.isdigit() and not is_listed


def subjects_of_tags(statement: Statement) -> Iterable[Subject]:
    for sort, name in SUBJECT_TAGS.items():
        for term in getattr(statement, name):
            yield Subject(sort, term.name_ko, term.name_en)
