"""The one history of public content, and the mark that moves with its changes."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.public import TranslatedQuerySet
from statements.models.ranges import REVISION_RANGES
from statements.models.states import PUBLIC_STATES

#: Steps that are kept, and the statements that all steps between two versions may name:
#: beyond that what follows from the data is made anew.
MOST_STEPS = 100
MOST_NAMED_STATEMENTS = 300


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


class DataChange(NamedTuple):
    """The keys of all statements that may be others, and whether anything may be that
    is none, as a term or what is said of a document.
    """

    statement_ids: frozenset[int] = frozenset()
    is_beyond_statements: bool = False


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
    def move(cls, changed: DataChange | None = None) -> None:
        """`changed` is all that may be another since; with None nobody knows, and all
        that is kept of the version before is made anew.
        """
        before = cls.current()
        now, _is_first = cls.objects.update_or_create(
            pk=1, defaults={"token": uuid.uuid4()}
        )
        if before is not None and changed is not None:
            VersionStep.add(before.token, now.token, changed)

    @classmethod
    def stay(cls, changed: DataChange) -> None:
        """Notes what changed of which readers see nothing yet."""
        if version := cls.current():
            VersionStep.add(version.token, version.token, changed)

    @classmethod
    def current(cls) -> DataVersion | None:
        return cls.objects.first()


class VersionStep(models.Model):
    """A step from one token to the next, with the keys of all statements that may be
    others since, or null where they are too many; from a token to itself for a change
    that readers do not see, but that what is made later has.

    Only the gate writes it, and whoever moves the version without a change of
    statements. Who moves it in another way, as a release before this table, leaves a
    gap, over which nobody goes.
    """

    before = models.UUIDField()
    after = models.UUIDField()
    statement_ids = models.JSONField(null=True)
    is_beyond_statements = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("step of the data version")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

    @classmethod
    def add(cls, before: uuid.UUID, after: uuid.UUID, changed: DataChange) -> None:
        """Notes a step, and forgets the oldest ones; inside the lock of writers."""
        keys = sorted(changed.statement_ids)
        step = cls.objects.create(
            before=before,
            after=after,
            statement_ids=keys if len(keys) <= MOST_NAMED_STATEMENTS else None,
            is_beyond_statements=changed.is_beyond_statements,
        )
        cls.objects.filter(pk__lte=step.pk - MOST_STEPS).delete()

    @classmethod
    def since(
        cls, known: Collection[uuid.UUID], after: uuid.UUID
    ) -> tuple[uuid.UUID, DataChange] | None:
        """The last of the known tokens from which steps lead to one, and all that may
        be another since; None where no steps are known.
        """
        steps = defaultdict(list)
        for to, *step in cls.objects.values_list(
            "after", "before", "statement_ids", "is_beyond_statements"
        ):
            steps[to].append(step)
        changed, is_beyond = set[int](), False
        while after in steps:
            moved = None
            for before, keys, is_more in steps.pop(after):
                if keys is None:
                    return None
                changed.update(keys)
                is_beyond |= is_more
                moved = before if before != after else moved
            if after in known or moved is None:
                break
            after = moved
        if after not in known or len(changed) > MOST_NAMED_STATEMENTS:
            return None
        return after, DataChange(frozenset(changed), is_beyond)
