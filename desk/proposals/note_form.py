"""The note that every change has, asked for in both languages."""

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
