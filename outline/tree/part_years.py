"""Year and nature of a report's parts, by their titles and by what stands beside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from outline.pieces.piece import Piece

YEAR = re.compile(r"(?<!\d)(20\d\d)(?:\s?년|(?=\D|$))|['’‘`](\d\d)\s?년")
PLANS = ("과제", "계획", "목표")
NATURES = {
    "achievements": ("성과", "평가", "실적", "결과"),
    "tasks": (*PLANS, "추진"),
}
LETTERS = {"achievements": "A", "tasks": "T"}


@dataclass(frozen=True)
class PartFacts:
    """The `nature` and `year` of a part, and the codes of what is not certain."""

    nature: str
    year: int | None
    doubts: tuple[str, ...]


def year_in(title: str) -> int | None:
    match = YEAR.search(title)
    if match is None:
        return None
    return int(match[1] or f"20{match[2]}")


def nature_in(title: str) -> tuple[str | None, bool]:
    """The nature that the last telling word of a title names, and if that is certain.

    추진 says little: achievements are of it as well (추진 성과).
    """
    ends = {
        nature: max(title.rfind(word) for word in words)
        for nature, words in NATURES.items()
    }
    named = [nature for nature, end in ends.items() if end >= 0]
    if not named:
        return None, False
    last = max(named, key=lambda nature: ends[nature])
    has_plans = any(word in title for word in PLANS)
    return last, has_plans == (last == "tasks") and (len(named) == 1 or not has_plans)


def tasks_year(
    titles: Sequence[str], pieces: Sequence[Piece], year: int | None
) -> int | None:
    """The year of the document's tasks: by their titles, as given, or by its cover."""
    of_tasks = [title for title in titles if nature_in(title)[0] == "tasks"]
    cover = [piece.text for piece in pieces if piece.excluded == "cover"]
    candidates = [*map(year_in, of_tasks), year, *map(year_in, cover)]
    return next(filter(None, candidates), None)


def facts_of(title: str, tasks_year: int | None) -> PartFacts:
    """The facts of a part in a document whose tasks are those of `tasks_year`."""
    nature, is_certain = nature_in(title)
    own = year_in(title)
    if nature is None:
        is_past = own is not None and tasks_year is not None and own < tasks_year
        nature = "achievements" if is_past else "tasks"
    year = own
    if own is None and tasks_year is not None:
        year = tasks_year - 1 if nature == "achievements" else tasks_year
    doubts = () if is_certain else ("nature",)
    return PartFacts(nature, year, (*doubts, "year") if year is None else doubts)
