"""Two people at one document on its way in, at once; tells as JSON what went wrong.

DATABASE_URL=… python -m tests.support.desk.intake_races TRIES
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment

django.setup()
setup_test_environment()

from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection  # noqa: E402

from desk.intake.models import Intake  # noqa: E402
from desk.intake.steps import cancel, save  # noqa: E402
from statements.models import Document, Statement  # noqa: E402
from tests.support import factories  # noqa: E402
from tests.support.desk.intake_texts import REPORT, begun, draft  # noqa: E402

#: Seconds after which two are held to wait for each other for ever.
PATIENCE = 120
numbers = count(1)
Act = Callable[[], object]


def new_text() -> str:
    return REPORT.replace("기후", f"기후 {next(numbers)}")


def begin_twice() -> list[Act]:
    text = new_text()
    return [lambda: begun(factories.staff_member(), text)] * 2


def save_twice() -> list[Act]:
    intake = begun(factories.staff_member(), new_text())

    def act(words: str) -> object:
        return save(intake, factories.staff_member(), 1, working_text=words)

    return [lambda: act("□ 하나"), lambda: act("□ 둘")]


def make_twice() -> list[Act]:
    intake = begun(factories.staff_member(), new_text())
    return [lambda: make(intake, 1), lambda: make(intake, 2)]


def make(intake: Intake, order: int) -> Document:
    slug, place = f"report-{intake.pk}-{order}", next(numbers) + 10
    return draft(intake, factories.staff_member(), slug=slug, time_order=place)


def make_and_cancel() -> list[Act]:
    intake = begun(factories.staff_member(), new_text())
    somebody = factories.staff_member()
    return [lambda: make(intake, 1), lambda: cancel(intake, somebody)]


def make_two_of_a_year() -> list[Act]:
    one, other = (begun(factories.staff_member(), new_text()) for _n in range(2))
    return [lambda: make(one, 1), lambda: make(other, 1)]


#: Two acts each, and how many of them succeed.
RACES: list[tuple[Callable[[], list[Act]], int]] = [
    (begin_twice, 1),
    (save_twice, 1),
    (make_twice, 1),
    (make_and_cancel, 1),
    (make_two_of_a_year, 2),
]


def outcome(act: Act, barrier: Barrier) -> str:
    try:
        barrier.wait(PATIENCE)
        act()
    except ValidationError as error:
        return f"refused: {error.messages}"
    except Exception as error:  # told as a fault
        return f"fault: {type(error).__name__}: {error}"
    else:
        return "done"
    finally:
        connection.close()


def faults_of(
    race: Callable[[], list[Act]], expected: int, threads: ThreadPoolExecutor
) -> list[str]:
    barrier = Barrier(2)
    acts = [threads.submit(outcome, act, barrier) for act in race()]
    told = [act.result(PATIENCE) for act in acts]
    found = [text for text in told if text.startswith("fault")]
    if told.count("done") != expected:
        found.append(f"{told}")
    if Statement.objects.filter(paragraphs=None).exists():
        found.append("a statement without its paragraph")
    if Document.objects.filter(statements=None).exists():
        found.append("a document without statements")
    return [f"{race.__name__}: {fault}" for fault in found]


def main(tries: str) -> None:
    call_command("migrate", verbosity=0)
    threads = ThreadPoolExecutor(2)
    found = [
        fault
        for race, expected in RACES
        for _try in range(int(tries))
        for fault in faults_of(race, expected, threads)
    ]
    json.dump({"races": len(RACES), "faults": found}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
