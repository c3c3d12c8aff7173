"""The one history of public content, and the mark that moves with its changes."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.public import TranslatedQuerySet
from statements.models.ranges import REVISION_RANGES
from statements.models.states import PUBLIC_STATES


def end_of(day: date) -> datetime:
    """The moment when a day is over, by the ministry's clock."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class RevisionQuerySet(TranslatedQuerySet["Revision"]):
    def public(self) -> Self:
        """Without those of drafts, of which readers learn nothing."""
        return self.filter(snapshot__state__in=PUBLIC_STATES)

    def shown(self) -> Self:
        """Those that changed something for readers, who are told of no others."""
        return self.filter(is_shown=True)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def before(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment)

    def with_previous(self) -> Self:
        """Annotates `previous`, the key of the public one before of its statement."""
        earlier = self.model.objects.public().newest_first()
        earlier = earlier.filter(
            statement=models.OuterRef("statement"), pk__lt=models.OuterRef("pk")
        )
        return self.annotate(previous=models.Subquery(earlier.values("pk")[:1]))

    def with_reports(self) -> Self:
        """With what tells that a reader had reported something, and nothing of it."""
        return self.prefetch_related("problem_reports")

    def latest_each(self) -> RevisionQuerySet:
        """The last of these of each statement."""
        newest = self.order_by().values("statement").annotate(newest=Max("pk"))
        return self.model.objects.filter(pk__in=newest.values("newest"))


class Revision(models.Model):
    """A full snapshot of a statement as published: both languages and tags."""

    statement = models.ForeignKey(
        "statements.Statement", models.PROTECT, related_name="revisions"
    )
    at = models.DateTimeField(_("date and time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("author"),
        help_text=_("Empty: first published."),
    )
    note = models.TextField(_("change note"))
    note_ko: str
    note_en: str
    is_minor = models.BooleanField(_("minor edit"), default=False)
    snapshot = models.JSONField(_("snapshot"))
    is_shown = models.BooleanField(
        _("shown to readers"),
        default=False,
        editable=False,
        help_text=_(
            "Not shown if only a draft has changed, or links that readers do not see."
        ),
    )

    #: Set by `with_previous`.
    previous: int | None

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["statement", "-pk"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = REVISION_RANGES

    @property
    def subject(self) -> str:
        """The statement that it is of, in a word."""
        return self.statement.code

    @property
    def desk_url(self) -> str:
        """Its page at the desk."""
        return reverse("admin:statements_revision_change", args=[self.pk])

    def __str__(self) -> str:
        return f"{self.statement.code} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"


class DataVersion(models.Model):
    """One row; its `token` changes with all public content, in one transaction."""

    token = models.UUIDField(default=uuid.uuid4)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("data version")
        constraints = [
            models.CheckConstraint(name="data_version_is_one", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def lock(cls) -> None:
        """Lets nobody else lock it until the commit: statements.write_lock."""
        cls.objects.select_for_update().get_or_create(pk=1)

    @classmethod
    def move(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})

    @classmethod
    def current(cls) -> DataVersion | None:
        return cls.objects.first()
