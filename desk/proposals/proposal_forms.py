"""Forms of the admin whose changes become proposals."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from desk.proposals.record import newest_revision
from statements.admin.base import ChangeNoteForm, StatementForm
from statements.admin.facts import LinkForm, StatusUpdateForm
from statements.models import PublicationState, Statement
from statements.models.ranges import (
    FIRST_MOMENT,
    LAST_MOMENT,
    MOMENT_OUT_OF_RANGE,
)

#: The states that a statement has before readers have seen it, and after.
UNSEEN_STATES = (PublicationState.DRAFT, PublicationState.IN_REVIEW)
SEEN_STATES = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)


class PublishingTime(forms.DateTimeField):
    """A time as browsers send it, 2026-12-24T10:00, by the ministry's clock unless it
    names another; no other form is guessed at.
    """

    default_error_messages = {
        "invalid": gettext_lazy("Give day and time as 2026-12-24T10:00.")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=[], **options)

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None and not FIRST_MOMENT <= value <= LAST_MOMENT:
            raise ValidationError(MOMENT_OUT_OF_RANGE)


def read_moment(text: str) -> datetime | None:
    """The time that the form reads from what was sent; None where it refuses it."""
    try:
        moment: datetime | None = PublishingTime(required=False).clean(text)
    except ValidationError:
        return None
    return moment


class ProposalForm(ChangeNoteForm):
    """Edits public content: with the note come the options of the proposal."""

    is_minor = forms.BooleanField(
        label=gettext_lazy("Minor edit"),
        required=False,
        help_text=gettext_lazy("Spelling or form alone; it is recorded all the same."),
    )
    publish_at = PublishingTime(
        label=gettext_lazy("Publish at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Empty: as soon as it is approved."),
    )
    seen = forms.IntegerField(
        label="", required=False, initial=newest_revision, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "state" in self.fields and isinstance(self.instance, Statement):
            is_public = self.instance.state in SEEN_STATES
            steps = SEEN_STATES if is_public else UNSEEN_STATES
            field = cast(forms.ChoiceField, self.fields["state"])
            field.choices = [(step.value, step.label) for step in steps]


class StatementProposalForm(ProposalForm, StatementForm):
    """Edits a statement, and proposes it so."""


class StatusUpdateProposalForm(ProposalForm, StatusUpdateForm):
    """Records a status, and proposes it."""


class LinkProposalForm(ProposalForm, LinkForm):
    """Links two statements, and proposes it."""
