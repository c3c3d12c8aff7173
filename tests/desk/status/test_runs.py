"""The record of runs of commands."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from desk.models import CommandRun, RunOutcome
from desk.status.runs import RUNS_KEPT, recorded_run

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_publish_due_leaves_a_record_of_its_run():
    call_command("publish_due")
    run = CommandRun.objects.get()
    assert (run.name, run.outcome) == ("publish_due", RunOutcome.DONE)
    assert run.details == "0 published, 0 returned"
    assert run.started_at <= run.finished_at


def test_a_run_that_fails_is_recorded_and_fails_all_the_same():
    with pytest.raises(ZeroDivisionError), recorded_run("divide"):
        _ = 1 // 0
    assert CommandRun.objects.get().outcome == RunOutcome.FAILED


def test_a_run_that_is_not_over_runs():
    with recorded_run("long") as run:
        assert CommandRun.objects.get().outcome == RunOutcome.RUNNING
        run.details = "x" * 600
    assert len(CommandRun.objects.get().details) == 500


def test_what_cannot_be_recorded_is_done_all_the_same(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(CommandRun, "save", fail)
    done = []
    with recorded_run("work"):
        done.append(1)
    assert done == [1]
    assert not CommandRun.objects.exists()


def test_so_many_runs_of_each_command_are_kept():
    with recorded_run("other"):
        pass
    for _time in range(RUNS_KEPT + 3):
        with recorded_run("often"):
            pass
    assert CommandRun.objects.filter(name="often").count() == RUNS_KEPT
    assert [run.name for run in CommandRun.objects.latest_of_each()].count("other") == 1
