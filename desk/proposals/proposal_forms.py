"""Forms of the admin whose changes become proposals."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from desk.proposals.record import newest_revision
from statements.admin.base import ChangeNoteForm, StatementForm
from statements.admin.facts import StatusUpdateForm
from statements.models import PublicationState, Statement

#: The states that a statement has before readers have seen it, and after.
UNSEEN_STATES = (PublicationState.DRAFT, PublicationState.IN_REVIEW)
SEEN_STATES = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)


class ProposalForm(ChangeNoteForm):
    """Edits public content: with the note come the options of the proposal."""

    is_minor = forms.BooleanField(
        label=gettext_lazy("Minor edit"),
        required=False,
        help_text=gettext_lazy("Spelling or form alone; it is recorded all the same."),
    )
    publish_at = forms.DateTimeField(
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
