"""Two people answer one report at once; tells as JSON what went wrong.

DATABASE_URL=… python -m tests.support.desk.report_races TRIES
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment

django.setup()
setup_test_environment()

from django.contrib.admin.models import LogEntry  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402

from desk.feedback.answers import AnsweredMeanwhile, answer_report  # noqa: E402
from desk.models import ProblemReport  # noqa: E402
from statements.models import Statement  # noqa: E402
from tests.support import factories  # noqa: E402
from tests.support.desk.intake_texts import begun, draft  # noqa: E402
from tests.support.desk.reports import report_on  # noqa: E402

#: Seconds after which two are held to wait for each other for ever.
PATIENCE = 120
VALUES = {"state": "looked-at", "answer_ko": "", "revision": None}


def answer_at_once(report: ProblemReport, by: User, barrier: Barrier) -> str:
    try:
        barrier.wait(PATIENCE)
        answer_report(report, by, 1, answer_en=by.username, **VALUES)
    except AnsweredMeanwhile:
        return "told"
    except Exception as error:  # told as a fault
        return f"{type(error).__name__}: {error}"
    else:
        return by.username
    finally:
        connection.close()


def faults_of_a_try(code: str, threads: ThreadPoolExecutor) -> list[str]:
    report, barrier = report_on(code), Barrier(2)
    people = [factories.staff_member() for _person in range(2)]
    acts = [threads.submit(answer_at_once, report, by, barrier) for by in people]
    outcomes = [act.result(PATIENCE) for act in acts]
    report.refresh_from_db()
    logged = LogEntry.objects.filter(object_repr=str(report)).count()
    if sorted(outcomes) == sorted([report.answer_en, "told"]) and logged == 1:
        return []
    return [f"{outcomes}, kept {report.answer_en}, logged {logged} times"]


def main(tries: str) -> None:
    call_command("migrate", verbosity=0)
    draft(begun(factories.staff_member()), factories.staff_member())
    code = Statement.objects.earliest("pk").code
    threads = ThreadPoolExecutor(2)
    found = [
        fault for _try in range(int(tries)) for fault in faults_of_a_try(code, threads)
    ]
    json.dump({"tries": int(tries), "faults": found}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
