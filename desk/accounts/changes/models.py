"""Changes of accounts: what an administrator asks for, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.ranges import check, moment_check, texts_fit


class AccountChangeKind(models.TextChoices):
    NEW = "new", _("new account")
    CHANGE = "change", _("change to an account")
    TAKING = "taking", _("rights removed")
    PASSWORD = "password", _("password reset")
    SECOND_STEP = "second-step", _("removal of two-step verification")


class AccountChangeState(models.TextChoices):
    WAITING = "waiting", _("waiting for another administrator")
    IN_FORCE = "in-force", _("applied")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken-back", _("withdrawn")


class AccountChangeQuerySet(models.QuerySet["AccountChange"]):
    def waiting(self) -> AccountChangeQuerySet:
        return self.filter(state=AccountChangeState.WAITING)

    def with_people(self) -> AccountChangeQuerySet:
        return self.select_related("person", "author", "decided_by")


class AccountChange(models.Model):
    """A change of one account: the values that it changes, as they were and would be.

    A new account has no `person` before it is in force. The two codes, kept hashed, let
    the person choose a password: one is the author's to hand over, one the decider's.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=AccountChangeKind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="account_changes",
        verbose_name=_("person"),
    )
    username = models.CharField(_("username"), max_length=150)
    old = models.JSONField(_("old values"), default=dict)
    new = models.JSONField(_("new values"), default=dict)
    note = models.CharField(_("reason for the change"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("requested by"),
    )
    made_at = models.DateTimeField(_("requested at"), default=timezone.now)
    due_at = models.DateTimeField(
        _("can be applied without another administrator from")
    )
    silences = models.BooleanField(_("removes the right to object"), default=False)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=AccountChangeState,
        default=AccountChangeState.WAITING,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    author_code = models.CharField(max_length=64, blank=True, editable=False)
    decider_code = models.CharField(max_length=64, blank=True, editable=False)

    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("account change")
        verbose_name_plural = _("account changes")
        default_permissions = ("view",)
        constraints = [
            check(
                "account_change_texts_fit",
                texts_fit(username=150, note=300, reason=300),
            ),
            moment_check("account_change", "made_at", "due_at", "decided_at"),
            models.CheckConstraint(
                name="account_change_by_two_people",
                condition=~Q(state=AccountChangeState.IN_FORCE.value)
                | Q(kind=AccountChangeKind.TAKING.value)
                | (
                    Q(decided_by__isnull=False)
                    & ~Q(decided_by=F("author"))
                    & (Q(person__isnull=True) | ~Q(decided_by=F("person")))
                )
                | Q(decided_by__isnull=True, decided_at__gte=F("due_at")),
            ),
            models.CheckConstraint(
                name="account_change_decided_at_a_time",
                condition=Q(
                    state=AccountChangeState.WAITING.value, decided_at__isnull=True
                )
                | (
                    ~Q(state=AccountChangeState.WAITING.value)
                    & Q(decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="account_change_in_force_has_a_person",
                condition=~Q(state=AccountChangeState.IN_FORCE.value)
                | Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                name="account_change_waits_once",
                fields=["username", "kind"],
                condition=Q(state=AccountChangeState.WAITING.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username} #{self.pk}"


class Standing(models.Model):
    """The time from which an account counts: others last gave it a right then, or reset
    how it logs in.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="standing",
        verbose_name=_("person"),
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("period in which an account cannot approve")
        verbose_name_plural = _("periods in which accounts cannot approve")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.since}"
