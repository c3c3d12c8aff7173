"""The forms of a whole document: what is asked for, and what is decided."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from desk.models import DocumentAct
from desk.proposals.further.terms import PublishingTime
from desk.proposals.note_form import NoteForm
from statements.input.plain_text import PlainTextField


class RequestForm(NoteForm):
    """Asks for one of the acts that would change something."""

    act = forms.ChoiceField(
        label=_("What to do"),
        widget=forms.RadioSelect,
        choices=DocumentAct.choices,
    )
    publish_at = PublishingTime(
        label=_("Publish at (Korean Standard Time)"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "For example, 2026-12-24 10:00. If empty, it is published as soon as it is"
            " approved."
        ),
    )
    field_order = ["act"]

    def __init__(
        self, *args: Any, acts: list[DocumentAct] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        acts = acts or []
        field = self.fields["act"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(act.value, capfirst(act.label)) for act in acts]
        self.initial.setdefault("act", acts[0].value if acts else "")


class WholeDecisionForm(forms.Form):
    """The decision on a request; `seen` is the newest revision that was looked at."""

    request = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = PlainTextField(
        label=_("Reason for returning it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
