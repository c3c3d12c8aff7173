"""The faults that kills left, counted while processes are killed."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.management import call_command

from tests.support.kills.killing import Left


@dataclass
class Found:
    """`inside` of the kills came when something was written and not committed."""

    kills: int = 0
    inside: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)

    def is_enough(self, kills: int) -> bool:
        """So many kills, a good part of them in the midst of work and after it; a slow
        machine may need more of them, none needs four times as many.
        """
        of_each = min(self.inside, self.acknowledged) > kills / 4
        return self.kills >= kills and (of_each or self.kills >= 4 * kills)

    def add(self, left: Left) -> None:
        self.kills += 1
        self.inside += left.was_writing
        self.acknowledged += left.done

    def expect(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            self.faults.append(otherwise)


def load() -> None:
    call_command("load_corpus", stdout=sys.stderr)


def seconds_of(work: Callable[[], None]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start
