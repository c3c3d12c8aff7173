"""Every pair of paths at once, on real connections; tells as JSON what went wrong.

DATABASE_URL=… python -m tests.support.races.racing first|all TRIES [STEP OFFSET]

What a race leaves behind has to be what one of the two serial orders does: every row,
and what both authors are told. Faults name the pair and the tables that differ.
"""

import json
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import NamedTuple

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment
from django.utils import translation

django.setup()
setup_test_environment()

from tests.support.kills.integrity import faults  # noqa: E402
from tests.support.races.paths import ALL_PAIRS, FIRST_PAIRS, PATHS, outcome_of  # noqa: E402
from tests.support.races.scene import Scene  # noqa: E402
from tests.support.races.tables import Kept  # noqa: E402

#: Seconds after which two are held to wait for each other for ever.
PATIENCE = 300


class Left(NamedTuple):
    """What two paths told, and all rows afterwards."""

    told: tuple[str, str]
    rows: dict

    def differences(self, other: "Left") -> list[str]:
        """Where the other one differs, in a few words."""
        found = [f"told {self.told}"] if self.told != other.told else []
        for name, lines in self.rows.items():
            others = other.rows[name]
            if len(lines) != len(others):
                found.append(f"{name}: {len(lines)} rows for {len(others)}")
            for line, its in zip(lines, others, strict=False):
                found += [
                    f"{name}.{column}: {value!r:.60} for {its[column]!r:.60}"
                    for column, value in line.items()
                    if value != its[column] and not isinstance(value, dict)
                ]
        return found


class Race:
    """A scene, kept and put back; two threads with a connection each."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.kept = Kept()
        self.threads = ThreadPoolExecutor(2)
        self.barrier = Barrier(2)

    def act(self, name: str) -> str:
        """An error that nobody expects is an outcome too: no serial order has it."""
        with translation.override("en"):
            try:
                return outcome_of(PATHS[name], self.scene)
            except Exception as error:  # told as a fault of the pair
                return f"{type(error).__name__}: {error}"

    def act_at_once(self, name: str) -> str:
        self.barrier.wait(PATIENCE)
        return self.act(name)

    def one_after_the_other(self, first: str, then: str) -> tuple[Left, Left]:
        """What is left by either order, told in the order of the arguments."""
        self.kept.put_back()
        told = self.act(first), self.act(then)
        forwards = Left(told, self.kept.now())
        self.kept.put_back()
        backwards = self.act(then), self.act(first)
        return forwards, Left((backwards[1], backwards[0]), self.kept.now())

    def at_once(self, first: str, then: str) -> Left:
        self.kept.put_back()
        acts = [self.threads.submit(self.act_at_once, name) for name in (first, then)]
        told = tuple(act.result(PATIENCE) for act in acts)
        return Left(told, self.kept.now())

    def faults_of(self, pair: tuple[str, str], tries: int) -> list[str]:
        serial = self.one_after_the_other(*pair)
        broken = [text for left in serial for text in left.told if "Error: " in text]
        found = [f"{pair}: {text}" for text in broken]
        for _try in range(tries):
            left = self.at_once(*pair)
            if left not in serial:
                closest = min((left.differences(one) for one in serial), key=len)
                found.append(f"{pair}: {'; '.join(closest[:4])}")
        return [*found, *(f"{pair}: {fault}" for fault in integrity())]


def integrity() -> Iterable[str]:
    """The scene is not logged as the desk logs what it makes."""
    return (fault for fault in faults() if "not logged once" not in fault)


def main(which: str, tries: str, step: str = "1", offset: str = "0") -> None:
    call_command("migrate", verbosity=0)
    race = Race()
    pairs = {"first": FIRST_PAIRS, "all": ALL_PAIRS}[which][int(offset) :: int(step)]
    found = [fault for pair in pairs for fault in race.faults_of(pair, int(tries))]
    json.dump({"pairs": len(pairs), "tries": int(tries), "faults": found}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
