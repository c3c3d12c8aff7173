"""The record of a run, which any command keeps by `with recorded_run("its_name"):`."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error
from django.utils import timezone

from desk.status.models import LONGEST_DETAILS, CommandRun, RunOutcome

command_log = logging.getLogger("portal.commands")
#: So many runs of a command are kept: every five minutes there is one more.
RUNS_KEPT = 50


@contextmanager
def recorded_run(name: str) -> Iterator[CommandRun]:
    """Records that a command runs and how it ends; what it writes into `details` of
    the run is kept. A database that cannot keep the record does not stop the command.
    """
    run = CommandRun(name=name)
    # Where the database is away the command will say so itself.
    with suppress(Error):
        keep_run(run)
    try:
        yield run
    except BaseException:
        with suppress(Error):
            end_run(run, RunOutcome.FAILED)
        raise
    try:
        end_run(run, RunOutcome.DONE)
    except Error:
        extra = {"event": "run-not-recorded", "command": name}
        command_log.exception("The run of a command was not recorded", extra=extra)


def end_run(run: CommandRun, outcome: RunOutcome) -> None:
    run.outcome, run.finished_at = outcome, timezone.now()
    run.details = run.details[:LONGEST_DETAILS]
    keep_run(run)


def keep_run(run: CommandRun) -> None:
    run.save()
    runs = CommandRun.objects.filter(name=run.name).order_by("-started_at", "-pk")
    old = list(runs.values_list("pk", flat=True)[RUNS_KEPT : RUNS_KEPT * 2])
    if old:
        CommandRun.objects.filter(pk__in=old).delete()
