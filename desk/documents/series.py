"""The codes of statements that come later: the next of their series, never one that
was given before.
"""

import re
from collections.abc import Iterator
from itertools import count

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from statements.codes import CODE
from statements.models import Document, Kind, PartNature, Statement
from statements.models.kinds import PARENTS

#: Of what stands right under a goal.
LETTERS_UNDER_GOAL = {
    Kind.OBJECTIVE: "O",
    Kind.KEY_CONTENT: "C",
    Kind.EXPECTED_EFFECT: "E",
    Kind.NOTE: "N",
}
LETTERS_OF_PARTS = {PartNature.ACHIEVEMENTS.value: "A", PartNature.TASKS.value: "T"}
#: The items of a part say what its nature is; the others of PARENTS fit any.
ITEMS = {
    Kind.ACHIEVEMENT: PartNature.ACHIEVEMENTS.value,
    Kind.TASK: PartNature.TASKS.value,
}


def kinds_under(parent: Statement | None) -> list[Kind]:
    """The kinds that may stand there, the most usual first."""
    if parent is None:
        return [kind for kind, above in PARENTS.items() if "" in above]
    kinds = [kind for kind, above in PARENTS.items() if parent.kind in above]
    return [kind for kind in kinds if ITEMS.get(kind, parent.nature) == parent.nature]


def next_code(prefix: str) -> str:
    """Drafts and withdrawn statements count: whoever cited a code finds what they
    cited.
    """
    codes = Statement.objects.filter(code__startswith=prefix)
    own = re.compile(re.escape(prefix) + r"(\d+)")
    numbers = (own.fullmatch(code) for code in codes.values_list("code", flat=True))
    last = max((int(number[1]) for number in numbers if number), default=0)
    code = f"{prefix}{last + 1}"
    if not CODE.fullmatch(code):
        raise ValidationError(_("No statement numbers are left at this position."))
    return code


def code_under(parent: Statement, kind: Kind) -> str:
    if parent.kind == Kind.GOAL:
        return next_code(f"{parent.code}.{LETTERS_UNDER_GOAL[kind]}")
    return next_code(parent.code if parent.kind == Kind.PART else f"{parent.code}.")


def code_of_part(year: int, nature: str) -> str:
    """The first that nobody was given: 2026.T, then 2026-2.T."""
    codes = (f"{edition}.{LETTERS_OF_PARTS[nature]}" for edition in editions(year))
    return next(code for code in codes if not is_given(code))


def code_of_goal(document: Document) -> str:
    """After the others of its document; the first of a document has a year before."""
    goals = document.statements.filter(kind=Kind.GOAL).in_outline_order()
    if (one := goals.first()) is not None:
        return next_code(one.code.rstrip("0123456789"))
    prefixes = (f"{edition}.G" for edition in editions(document.time_year))
    return next(f"{one}1" for one in prefixes if not is_given(one))


def editions(year: int) -> Iterator[str]:
    yield str(year)
    yield from (f"{year}-{number}" for number in count(2))


def is_given(prefix: str) -> bool:
    return Statement.objects.filter(code__startswith=prefix).exists()
