"""A problem that a reader reported, and what became of it."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from statements.models import Revision, Statement
from statements.models.ranges import (
    LARGEST_POSITION,
    check,
    in_both_languages,
    moment_check,
    texts_fit,
    within,
)

LONGEST_REPORT = 2000
LONGEST_MAIL = 254
LONGEST_ANSWER = 1000
#: Consonants that are not taken for one another, nor make a word.
NUMBER_LETTERS = "bcdfghjkmnpqrstvwxz"
NUMBER_LENGTH = 10


def new_number() -> str:
    """A number that nobody guesses: who has it may see what became of the report."""
    return "".join(secrets.choice(NUMBER_LETTERS) for _place in range(NUMBER_LENGTH))


class ReportedProblem(models.TextChoices):
    TRANSLATION = "translation", _("The English translation")
    SOURCE = "source", _("The text differs from the source document")
    TAG = "tag", _("A region, country or theme")
    LINK = "link", _("A related statement, or the reason given for it")
    FIGURE = "figure", _("A date or a figure")
    PAGE = "page", _("The page does not work")
    OTHER = "other", _("Something else")


class ReportState(models.TextChoices):
    RECEIVED = "received", _("received")
    LOOKED_AT = "looked-at", _("being looked at")
    CHANGED = "changed", pgettext_lazy("of a report", "changed")
    UNCHANGED = "unchanged", _("not changed")


#: Those that need an answer.
CLOSED_REPORTS = (ReportState.CHANGED, ReportState.UNCHANGED)


class ProblemReportQuerySet(models.QuerySet["ProblemReport"]):
    def held(self) -> Self:
        """Those that look like spam, until somebody says that they are none."""
        return self.filter(is_held=True)

    def open(self) -> Self:
        return self.filter(is_held=False).exclude(state__in=CLOSED_REPORTS)

    def closed(self) -> Self:
        return self.filter(is_held=False, state__in=CLOSED_REPORTS)


class ProblemReport(models.Model):
    """No public content: it changes outside the gate, and the log tells by whom.

    Readers see its state and its answer, at its number; the mark in the history of the
    statement says that there was one, and nothing of it.
    """

    number = models.CharField(_("report number"), max_length=NUMBER_LENGTH, unique=True)
    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="problem_reports",
        verbose_name=_("statement"),
    )
    problem = models.CharField(
        _("what is wrong"), max_length=20, choices=ReportedProblem
    )
    #: Empty once its time is over: desk.feedback.retention.
    text = models.TextField(_("description"), blank=True)
    mail = models.EmailField(_("email address"), max_length=LONGEST_MAIL, blank=True)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    #: Of the text as it is compared with later ones.
    fingerprint = models.CharField(max_length=64, db_index=True)
    is_held = models.BooleanField(_("held as possible spam"), default=False)
    #: Why it is held: values of SpamSign.
    spam_signs = models.JSONField(default=list)
    state = models.CharField(
        _("state"), max_length=20, choices=ReportState, default=ReportState.RECEIVED
    )
    answer = models.TextField(_("public answer"), blank=True)
    answer_ko: str
    answer_en: str
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="problem_reports",
        verbose_name=_("change made after the report"),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("last changed by"),
    )
    answered_at = models.DateTimeField(_("last changed at"), null=True)
    #: Goes up with each save, so that nobody overwrites what they have not seen.
    version = models.PositiveSmallIntegerField(default=1)

    objects = ProblemReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view", "change")
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")
        constraints = [
            check(
                "problem_report_texts_fit",
                texts_fit(
                    number=NUMBER_LENGTH,
                    text=LONGEST_REPORT,
                    mail=LONGEST_MAIL,
                    **in_both_languages(answer=LONGEST_ANSWER),
                ),
            ),
            check(
                "problem_report_closed_without_mail",
                ~Q(state__in=CLOSED_REPORTS) | Q(mail=""),
            ),
            check(
                "problem_report_names_a_change_it_made",
                Q(state=ReportState.CHANGED) | Q(revision__isnull=True),
            ),
            check(
                "problem_report_version_in_range",
                within(0, LARGEST_POSITION, "version"),
            ),
            moment_check("problem_report", "received_at", "answered_at"),
        ]

    def __str__(self) -> str:
        """All that the log says of it: nothing that the reader wrote."""
        return f"{self.number} ({self.statement.code})"

    def get_absolute_url(self) -> str:
        return reverse("desk:report", args=[self.number])
