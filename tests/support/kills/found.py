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
