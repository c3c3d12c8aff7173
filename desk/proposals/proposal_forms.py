"""Forms of the admin whose changes become proposals."""

from typing import Any, cast

from django import forms

from desk.proposals.further.terms import FurtherForm, TermFields
from desk.proposals.record import newest_revision
from statements.admin.base import StatementForm
from statements.admin.facts import LinkForm, StatusUpdateForm
from statements.models import PublicationState, Statement

#: The states that a statement has before readers have seen it, and after.
UNSEEN_STATES = (PublicationState.DRAFT, PublicationState.IN_REVIEW)
SEEN_STATES = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)


class ProposalForm(FurtherForm, TermFields):
    """Edits public content: with the note come the terms of the proposal."""

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
