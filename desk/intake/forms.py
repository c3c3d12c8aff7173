"""The forms by which a document comes in: its text, its facts, the working text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from desk.documents.description_form import DescriptionForm
from desk.intake.document_as_read import Choices, require_readable_length
from desk.intake.models import LONGEST_WORKING_TEXT, Intake
from outline import OutlineError, decode
from statements.input.plain_text import (
    PlainTextField,
    require_plain,
    without_foreign,
)
from statements.models import Document, DocumentKind

#: Bytes of a file, and of a text that is pasted.
LARGEST_TEXT_FILE = 1_000_000
ENDING = ".txt"


def read_upload(file: Any) -> bytes:
    """The bytes of an uploaded file; ValidationError for one that is no text."""
    if file.size > LARGEST_TEXT_FILE:
        raise ValidationError(_("The file is larger than 1 MB."))
    data: bytes = file.read()
    require_text(data, file.name)
    return data


def require_text(data: bytes, name: str) -> None:
    """Raises ValidationError for bytes that are no text, or not one to be shown."""
    try:
        lines = decode(data, name).lines
    except OutlineError as error:
        raise ValidationError(error.message(str(get_language()))) from error
    require_plain("\n".join(lines))


class StartForm(forms.Form):
    """A text that is pasted, or a file; either is enough."""

    pasted = forms.CharField(
        label=gettext_lazy("Paste the text"),
        widget=forms.Textarea(attrs={"rows": 12, "lang": "ko"}),
        max_length=LONGEST_WORKING_TEXT,
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a text file"),
        help_text=gettext_lazy("Plain text in UTF-8, UTF-16 or CP949, at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": f"{ENDING},text/plain"}),
        required=False,
        allow_empty_file=True,
    )

    def clean(self) -> dict[str, Any]:
        """`original` are the bytes, `name` that of the file."""
        data = self.cleaned_data
        file, pasted = data.get("file"), data.get("pasted", "")
        if self.errors:
            return data
        if bool(file) == bool(pasted.strip()):
            raise ValidationError(
                _("Either paste the text or choose a file, not both.")
            )
        if file:
            try:
                data["original"] = read_upload(file)
            except ValidationError as error:
                self.add_error("file", error)
            data["name"] = without_foreign(file.name)[-200:]
        else:
            data["original"], data["name"] = pasted.encode(), ""
            require_text(data["original"], "")
        return data


class ChoicesForm(forms.Form):
    """The choices for reading a text that it does not tell by itself."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of document"), choices=DocumentKind
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year of the tasks"),
        help_text=gettext_lazy("Only if the titles of the parts do not give it."),
        min_value=1948,
        max_value=9999,
        required=False,
    )

    @property
    def choices(self) -> Choices:
        data = self.cleaned_data
        return Choices(data["kind"], data["year"])


class WorkingTextForm(ChoicesForm):
    """The working text, or a file that takes its place; `version` is what was seen."""

    working_text = PlainTextField(
        label=gettext_lazy("Working text"),
        max_length=LONGEST_WORKING_TEXT,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 30, "lang": "ko", "spellcheck": "false", "wrap": "off"}
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or upload a working text that you downloaded and edited"),
        required=False,
        widget=forms.FileInput(attrs={"accept": f"{ENDING},text/plain"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["working_text", "file"]

    def clean_working_text(self) -> str:
        """With the ends of lines as they are kept; browsers send others."""
        text: str = self.cleaned_data["working_text"]
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        require_readable_length(text)
        return text

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if file := data.get("file"):
            try:
                text = "\n".join(decode(read_upload(file), file.name).lines)
                require_readable_length(text)
                data["working_text"] = text
            except ValidationError as error:
                self.add_error("file", error)
        return data


class DocumentChoice(forms.ModelChoiceField):
    """One of the documents, of which two may have the same title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.short_name})"


class FactsForm(DescriptionForm):
    """The facts of a document on its way in.

    `theirs` are the values that somebody else has saved meanwhile.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(DescriptionForm.Meta):
        fields = [*DescriptionForm.Meta.fields, "replaces"]
        field_classes = {"replaces": DocumentChoice}

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, instance=Document(kind=kind), **kwargs)
        self.kind = kind
        self.theirs: list[tuple[str, str]] = []

    @classmethod
    def of(cls, intake: Intake, proposed: dict[str, Any]) -> FactsForm:
        """A form of the values typed last, or else of those that are proposed."""
        initial = {**proposed, **intake.facts, "version": intake.version}
        return cls(kind=intake.facts["kind"], initial=initial)

    @property
    def seen(self) -> int:
        """The version that was seen; ValidationError where the form tells none."""
        return int(self.fields["version"].clean(self["version"].data))

    @property
    def typed(self) -> dict[str, Any]:
        """The values as they were typed, so that none is lost for being wrong."""
        return {
            name: without_foreign(str(self[name].data or ""))
            for name in self.Meta.fields
        }

    def once_more(self, present: Intake) -> FactsForm:
        """The same form for one who has been shown the present version."""
        data = {**dict(self.data.items()), "version": present.version}
        return FactsForm(data, kind=self.kind)

    def note_theirs(self, present: Intake) -> None:
        typed = self.typed
        self.theirs = [
            (str(self.fields[name].label), str(present.facts[name]))
            for name in typed
            if name in present.facts and present.facts[name] != typed[name]
        ]

    def refuse(self, error: ValidationError) -> None:
        """Tells an error beside its field where the form has that, else above all."""
        by_field = getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]})
        for name, errors in by_field.items():
            at = name if name in self.fields else None
            self.add_error(at, errors)
