"""Work in an empty database, killed at random moments; tells as JSON what was left.

DATABASE_URL=… python -m tests.support.kills.killed_rounds LOADS ROUNDS
"""

import json
import random
import sys
from dataclasses import asdict
from itertools import count

import django
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test.utils import setup_test_environment

django.setup()
setup_test_environment()

from desk.models import Proposal  # noqa: E402
from statements.models import DataVersion, Revision, Statement  # noqa: E402
from tests.support.kills.found import Found, load, seconds_of  # noqa: E402
from tests.support.kills.integrity import faults  # noqa: E402
from tests.support.kills.killed_work import Approve, Edit, Import, Staff, There, Work  # noqa: E402
from tests.support.kills.killing import killed  # noqa: E402
from tests.support.rows import everything  # noqa: E402

ROWS_OF_A_SHEET = 12


def load_and_take_back() -> None:
    with transaction.atomic():
        load()
        transaction.set_rollback(True)


def loads(found: Found, kills: int) -> None:
    """The corpus stays away until it is there as a whole; then nothing comes twice."""
    empty, takes = everything(), seconds_of(load_and_take_back)
    for _ in range(kills):
        left = killed([load], random.uniform(0, takes))
        found.add(left)
        if left.done or everything() != empty:
            break
    else:
        load()
    found.faults += faults()
    loaded = everything()
    call_command("load_corpus", if_empty=True)
    try:
        load()
    except CommandError:
        found.expect(everything() == loaded, "the corpus was loaded twice")
    else:
        found.faults.append("load_corpus loads where there is something")


class Desk:
    """Edits, approvals and imports of a staff, each numbered."""

    def __init__(self, found: Found):
        self.found, self.staff, self.numbers = found, Staff(), count(1)
        self.codes = list(
            Statement.objects.exclude(text_en="").values_list("code", flat=True)
        )
        self.published: dict[str, str] = {}

    def work(self) -> list[Work]:
        """A sheet, and an edit of another statement that is approved at once."""
        code, *sheet = random.sample(self.codes, 1 + ROWS_OF_A_SHEET)
        imported = [Import(self.staff, next(self.numbers), sheet)]
        number = next(self.numbers)
        edited = [kind(self.staff, number, [code]) for kind in (Edit, Approve)]
        return random.choice([imported + edited, edited + imported])

    def undisturbed(self) -> None:
        for piece in self.work():
            piece()
            self.require(piece, "undisturbed")

    def round(self, takes: float) -> None:
        before = self.marks()
        work = self.work()
        left = killed(work, random.uniform(0, takes))
        self.found.add(left)
        self.compare(before)
        for piece in work[: left.done]:
            self.require(piece, "acknowledged and lost")
        for piece in work[left.done : left.done + 1]:
            self.found.expect(piece.there() != There.PART, f"a part of {piece}")
            if piece.there() == There.NOTHING:
                piece()
            self.require(piece, "not whole when done again")
        touched = [code for piece in work for code in piece.codes]
        self.found.faults += faults(Statement.objects.filter(code__in=touched))
        self.repeat(work[left.done : left.done + 1])

    def require(self, piece: Work, otherwise: str) -> None:
        self.found.expect(piece.there() == There.WHOLE, f"{otherwise}: {piece}")
        if isinstance(piece, Approve):
            self.published |= {code: piece.expected(code) for code in piece.codes}

    def repeat(self, work: list[Work]) -> None:
        """Who does not know whether it was saved sends it again."""
        before = self.marks()
        for piece in work:
            if not isinstance(piece, Approve):
                piece()
        self.found.expect(self.marks() == before, f"repeated, it changes more: {work}")

    def marks(self) -> tuple:
        token = DataVersion.current().token
        return token, Revision.objects.count(), Proposal.objects.count()

    def compare(self, before: tuple) -> None:
        """The data version has moved exactly when something was published."""
        token, revisions, _ = self.marks()
        has_moved, has_more = token != before[0], revisions != before[1]
        self.found.expect(has_moved == has_more, "the data version is out of step")

    def look(self) -> None:
        """Nothing acknowledged has been lost in the end, and nothing else changed."""
        self.found.faults += faults()
        texts = dict(Statement.objects.values_list("code", "text_en"))
        for code, text in self.published.items():
            self.found.expect(texts[code] == text, f"{code}: a publication was lost")


def main(n_loads: int, n_kills: int) -> None:
    call_command("migrate", verbosity=0)
    found = Found()
    loads(found, n_loads)
    desk = Desk(found)
    desk.undisturbed()
    takes = seconds_of(desk.undisturbed)
    while not found.is_enough(n_kills):
        desk.round(takes)
    desk.look()
    json.dump(asdict(found), sys.stdout)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
