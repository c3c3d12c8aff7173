"""The admin of the desk: what edits there, reviews, and keeps the logs."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from achievements.models import Achievement, Task
from desk.accounts.admin import (
    DeskGroupAdmin,
    DeskUserAdmin,
    FailedLoginAdmin,
    LogEntryAdmin,
    LoginAdmin,
)
from desk.bulk.actions import BulkStatementAdmin
from desk.models import FailedLogin, Login, Proposal
from desk.proposals.admin_mixins import KeptKorean, ProposalForm, ProposingAdmin
from desk.proposals.revert import ReturningRevisionAdmin
from desk.proposals.review import ProposalAdmin
from goals.models import ExpectedEffect, Goal, KeyContent, Objective
from statements.models import (
    Event,
    Figure,
    Link,
    Revision,
    Statement,
    StatusUpdate,
)

STATEMENTS = (
    Statement,
    Goal,
    Objective,
    KeyContent,
    ExpectedEffect,
    Achievement,
    Task,
)
OF_STATEMENTS = (Link, Event, Figure, StatusUpdate)


def refine(model, mixin: type) -> None:
    """Registers a model anew, its admin as it is but for what the mixin changes."""
    plain = type(admin.site.get_model_admin(model))
    bases = (ProposalForm, plain.form)
    form = type(plain.form)(f"Proposing{plain.form.__name__}", bases, {})
    inlines = [type(one.__name__, (KeptKorean, one), {}) for one in plain.inlines]
    refined = type(plain.__name__, (mixin, plain), {"form": form, "inlines": inlines})
    admin.site.unregister(model)
    admin.site.register(model, refined)


for model in STATEMENTS:
    refine(model, BulkStatementAdmin)
for model in OF_STATEMENTS:
    refine(model, ProposingAdmin)
# The keys of second steps are nobody's to see.
admin.site.unregister([Revision, User, Group, TOTPDevice, StaticDevice])
for model, refined in {
    Proposal: ProposalAdmin,
    Revision: ReturningRevisionAdmin,
    User: DeskUserAdmin,
    Group: DeskGroupAdmin,
    LogEntry: LogEntryAdmin,
    Login: LoginAdmin,
    FailedLogin: FailedLoginAdmin,
}.items():
    admin.site.register(model, refined)
