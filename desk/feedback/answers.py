"""Answers to reports, each whole with its log or not at all."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from desk.audit_log import log_change
from desk.feedback.models import CLOSED_REPORTS, ProblemReport
from statements.models import DataVersion
from statements.models.revision import DataChange
from statements.write_lock import write_lock


class AnsweredMeanwhile(ValidationError):
    """Somebody else has saved; `present` is the report as they left it."""

    def __init__(self, present: ProblemReport) -> None:
        super().__init__(
            _(
                "%(who)s changed this report in the meantime. It is shown as it is "
                "now; what you wrote is in the form and has not been saved. If you "
                "save again, it replaces theirs."
            )
            % {"who": present.answered_by}
        )
        self.present = present


def answer_report(
    report: ProblemReport, by: User, seen: int, **values: Any
) -> ProblemReport:
    """Gives the report a state and its answer; raises AnsweredMeanwhile where another
    version was seen. Who answers says that it is no spam; a closed one keeps no mail.
    """
    values["is_held"] = False
    with write_lock():
        present = version_seen(report, seen)
        old = {name: getattr(present, name) for name in values}
        present.mail = "" if values["state"] in CLOSED_REPORTS else present.mail
        save_version(present, by, values)
        log_change(by, present, gettext_noop("report answered"), old, values)
        if old["revision"] != values["revision"]:
            # The mark of it in the history is kept by readers' browsers until then.
            DataVersion.move(DataChange())
    return present


def release_report(report: ProblemReport, by: User, seen: int) -> ProblemReport:
    """Says that a report that was held is no spam."""
    with write_lock():
        present = version_seen(report, seen)
        save_version(present, by, {"is_held": False})
        log_change(by, present, gettext_noop("report released"))
    return present


def version_seen(report: ProblemReport, seen: int) -> ProblemReport:
    """The report as it stands, where it stands as it was seen; in an open lock."""
    people = ProblemReport.objects.select_related("statement", "answered_by")
    present = people.get(pk=report.pk)
    if present.version != seen:
        raise AnsweredMeanwhile(present)
    return present


def save_version(present: ProblemReport, by: User, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(present, name, value)
    present.version += 1
    present.answered_by, present.answered_at = by, timezone.now()
    present.save()
