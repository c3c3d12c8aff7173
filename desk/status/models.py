"""The runs of commands, so that the desk can say whether what should run does."""

from datetime import datetime

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.ranges import check, moment_check, texts_fit

LONGEST_DETAILS = 500


class RunOutcome(models.TextChoices):
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class CommandRunQuerySet(models.QuerySet["CommandRun"]):
    def latest_of_each(self) -> list["CommandRun"]:
        """The last run of every command that ever ran."""
        last = self.filter(name=models.OuterRef("name")).order_by("-started_at", "-pk")
        return list(self.filter(pk=models.Subquery(last.values("pk")[:1])))

    def last_successes(self) -> QuerySet["CommandRun", tuple[str, datetime]]:
        """Pairs of a command and the moment its last successful run ended."""
        done = self.filter(outcome=RunOutcome.DONE).order_by().values("name")
        return done.annotate(at=models.Max("finished_at")).values_list("name", "at")


class CommandRun(models.Model):
    """One run of a command. `details` is a line of its output: counts, never texts."""

    name = models.CharField(_("command"), max_length=100)
    started_at = models.DateTimeField(_("began at"), default=timezone.now)
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=RunOutcome.choices,
        default=RunOutcome.RUNNING,
    )
    details = models.CharField(
        _("what it did"), max_length=LONGEST_DETAILS, blank=True, default=""
    )

    objects = CommandRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a command")
        verbose_name_plural = _("runs of commands")
        indexes = [
            models.Index(fields=["name", "-started_at"], name="run_by_name_and_time")
        ]
        default_permissions = ("view",)
        constraints = [
            check("run_texts_fit", texts_fit(name=100, details=LONGEST_DETAILS)),
            moment_check("run", "started_at", "finished_at"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"
