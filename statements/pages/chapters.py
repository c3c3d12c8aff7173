"""The chapter list of a long page, which stays in view beside it."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.utils.text import Truncator

from statements.models import Statement

#: Letters of a title: a statement without one is named by its first words.
CHAPTER_NAME_LENGTH = 60


class Chapter(NamedTuple):
    """A place on the page, with its name and the language of that."""

    anchor: str
    title: str
    language: str
    code: str = ""
    is_lower: bool = False


def chapters_of(
    statements: Iterable[Statement], upper: Collection[str] = (), prefix: str = ""
) -> list[Chapter]:
    """One for each statement; those of the `upper` kinds head the others."""
    return [
        Chapter(
            f"{prefix}{statement.code}",
            Truncator(statement.heading.replace("▴", " ")).chars(CHAPTER_NAME_LENGTH),
            statement.language,
            statement.code,
            is_lower=statement.kind not in upper,
        )
        for statement in statements
    ]
