"""Statements in both languages, row by row, for reading side by side."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from statements.models import Kind, Statement, StatementQuerySet
from statements.models.states import TranslationState
from statements.pages.glossary import with_terms

#: The section of a goal that a statement right under it begins or goes on with; all
#: below stands in the same one. A report has headings instead.
SECTION_NAMES = {
    Kind.OBJECTIVE: _("Objectives"),
    Kind.KEY_CONTENT: _("Main points"),
    Kind.EXPECTED_EFFECT: _("Expected effects"),
    Kind.NOTE: _("Notes"),
}
#: How deep the kinds that have a title stand in the outline.
DEPTHS = {
    Kind.GOAL: 0,
    Kind.KEY_CONTENT: 2,
    Kind.PART: 0,
    Kind.CHAPTER: 1,
    Kind.HEADING: 1,
}


class Wording(NamedTuple):
    """A statement as one language has it; an untranslated one is empty."""

    language: str
    title: str
    text: str


def wordings_of(statement: Statement) -> list[Wording]:
    return [
        Wording("ko", statement.title_ko, statement.text_ko),
        Wording("en", statement.title_en, statement.text_en),
    ]


def side_by_side(statements: Iterable[Statement], top: int) -> list[dict[str, Any]]:
    """A row for each statement; the outline's headings begin at level `top`."""
    rows: list[dict[str, Any]] = []
    section = None
    for row in with_terms(statements):
        statement = row["statement"]
        if statement.kind == Kind.GOAL:
            section = None
        elif statement.parent_kind == Kind.GOAL:
            section = SECTION_NAMES[Kind(statement.kind)]
        rows.append(
            {
                **row,
                "wordings": wordings_of(statement),
                "section": section,
                "level": top + depth(statement),
            }
        )
    return rows


def depth(statement: Statement) -> int:
    is_deeper = statement.parent_kind == Kind.CHAPTER
    return DEPTHS.get(Kind(statement.kind), 0) + is_deeper


class StateCounts(NamedTuple):
    """How many statements there are, and how many in each state of their English."""

    total: int
    states: list[tuple[TranslationState, int]]


def state_counts(statements: StatementQuerySet) -> StateCounts:
    told = statements.order_by().with_translation_state().raw_values("translation")
    counts = Counter(row["translation"] for row in told)
    states = [(TranslationState(value), n) for value, n in sorted(counts.items())]
    return StateCounts(counts.total(), states)
