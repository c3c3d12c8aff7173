"""Codes that no statement has or ever had, for those of a document by itself."""

from collections.abc import Iterator

from desk.documents.series import editions, is_given
from desk.intake.document_as_read import DocumentAsRead
from outline import StatementRow
from statements.models import DocumentKind

FIRST_GOALS = "G"


def new_codes(read: DocumentAsRead, year: int) -> dict[str, str]:
    """Code in the working text to code in the portal, for every statement.

    Each part has a beginning of its own, the goals of a document have one together.
    """
    beginnings: dict[str, str] = {}
    codes: dict[str, str] = {}
    roots: dict[str, str] = {}
    for row in read.statements:
        root = roots[row.parent] if row.parent else beginning_of(row, read)
        roots[row.code] = root
        if root not in beginnings:
            tries = beginnings_like(root, year)
            beginnings[root] = next(
                some
                for some in tries
                if some not in beginnings.values() and not is_given(some)
            )
        codes[row.code] = beginnings[root] + row.code.removeprefix(root)
    return codes


def beginning_of(root: StatementRow, read: DocumentAsRead) -> str:
    is_goals = read.choices.grammar == DocumentKind.GOALS
    return FIRST_GOALS if is_goals else root.code


def beginnings_like(beginning: str, year: int) -> Iterator[str]:
    """`G`, `2027.G`, `2027-2.G` …; `2026.T`, `2026-2.T` …"""
    if beginning == FIRST_GOALS:
        yield beginning
        letter = FIRST_GOALS
    else:
        edition, _dot, letter = beginning.partition(".")
        year = int(edition.partition("-")[0])
    yield from (f"{edition}.{letter}" for edition in editions(year))
