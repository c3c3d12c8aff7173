"""The note that every change has, in both languages, and the reason of a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from statements.gate import Note
from statements.input.plain_text import PlainTextField


class NoteForm(forms.Form):
    change_note_ko = PlainTextField(label=_("Change note (Korean)"), max_length=200)
    change_note_en = PlainTextField(label=_("Change note (English)"), max_length=200)

    def __init__(
        self, *args: Any, suggested: Note | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if suggested:
            self.initial["change_note_ko"] = suggested.ko
            self.initial["change_note_en"] = suggested.en

    @property
    def note(self) -> Note:
        data = self.cleaned_data
        return Note(ko=data["change_note_ko"], en=data["change_note_en"])


class DecisionForm(forms.Form):
    """A reviewer's decision: `seen` is the revision that they looked at, `is_overdue`
    whether they were told that it is published at once, its time having passed.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    is_overdue = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = PlainTextField(
        label=_("Reason for returning it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
