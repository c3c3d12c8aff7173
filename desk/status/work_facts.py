"""Facts of the desk's own work: what waits, and what ran."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.models import CommandRun, RunOutcome
from desk.status.facts import StatusFact
from desk.status.queues import queue_lengths

#: The longest time between two runs of what cron does; alerts have the same.
EXPECTED = {
    "publish_due": timedelta(minutes=15),
    "check_integrity": timedelta(days=8),
}
#: The commands that there are, in words.
COMMAND_LABELS = {
    "backup": gettext_lazy("Backup"),
    "check_integrity": gettext_lazy("Nightly check of the data"),
    "export_site": gettext_lazy("Copy of the site for outages"),
    "publish_due": gettext_lazy("Publishing at the scheduled time"),
}
#: Longer than any command takes.
LONGEST_RUN = timedelta(hours=1)


def read_queue_facts() -> Iterator[StatusFact]:
    lengths = queue_lengths()
    labels = {
        "in_review": _("Proposals waiting for review"),
        "scheduled": _("Proposals approved for a later time"),
        "english_missing": _("Statements without English"),
        "english_outdated": _("Statements whose English is out of date"),
        "reports": _("Open problem reports"),
        "account_changes": _("Account changes waiting for approval"),
    }
    overdue = lengths["overdue"]
    yield StatusFact(
        _("Past their publication time"),
        str(overdue),
        overdue == 0,
        _(
            "Proposals in review need a decision. If approved ones stay here, tell the "
            "server operators: publish_due does not run."
        ),
    )
    for name, label in labels.items():
        yield StatusFact(label, str(lengths[name]))


def read_run_facts() -> Iterator[StatusFact]:
    runs = {run.name: run for run in CommandRun.objects.latest_of_each()}
    for name in sorted({*EXPECTED, *runs}):
        yield run_fact(name, runs.get(name))


def run_fact(name: str, run: CommandRun | None) -> StatusFact:
    label = str(COMMAND_LABELS.get(name, _("Command")))
    if run is None:
        advice = _("It has never run here. Tell the server operators.")
        return StatusFact(label, _("never"), False, advice, name)
    age = timezone.now() - run.started_at
    is_late = name in EXPECTED and age > EXPECTED[name]
    is_stuck = run.outcome == RunOutcome.RUNNING and age > LONGEST_RUN
    is_good = not (is_late or is_stuck or run.outcome == RunOutcome.FAILED)
    time = moment_text(run.started_at)
    value = f"{time}, {run.get_outcome_display()}"
    said = f"{name}: {run.details}" if run.details else name
    advice = _(
        "It failed, did not end, or has not run for too long. Tell the server "
        "operators."
    )
    return StatusFact(label, value, is_good, advice, said)


def moment_text(moment: datetime) -> str:
    """A moment in Korean Standard Time, in the active language."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
