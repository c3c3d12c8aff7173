"""The forms by which one statement, or a document by hand, is added."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desk.bulk.text_rules import LONGEST_TITLE
from desk.documents.description_form import DescriptionForm
from desk.documents.series import kinds_under
from statements.input.plain_text import LONGEST_TEXT, PlainTextField
from statements.models import DocumentKind, Kind, PartNature, Statement
from statements.models.kinds import TEXT_ONLY_KINDS
from statements.models.ranges import FIRST_DAY, LAST_EDITION

LARGEST_LINE = 1_000_000


class AdditionForm(forms.Form):
    """A statement with the paragraph that it is taken from."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    korean = PlainTextField(
        label=_("Korean source text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "ko"}),
    )
    marker = PlainTextField(
        label=_("Marker before the paragraph"),
        required=False,
        max_length=20,
        help_text=_(
            "As in the source, for example □ or ※. Leave it empty if the paragraph has"
            " none."
        ),
    )
    source = PlainTextField(
        label=_("Source paragraph"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "ko"}),
        help_text=_(
            "Enter its lines exactly as in the source. You cannot change it once it is"
            " saved. If empty, the marker and the Korean source text above are used, "
            "in one line."
        ),
    )
    first_line = forms.IntegerField(
        label=_("Number of the first line"),
        required=False,
        min_value=1,
        max_value=LARGEST_LINE,
        help_text=_("If empty, it comes after the last line of the document."),
    )

    def __init__(self, *args: Any, parent: Statement | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, kind.label) for kind in kinds_under(parent)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_title = data.get("kind") not in TEXT_ONLY_KINDS
        if is_title and len(data.get("korean", "")) > LONGEST_TITLE:
            text = _("A title can have at most %(n)s characters.")
            error = ValidationError(text, params={"n": LONGEST_TITLE})
            self.add_error("korean", error)
        return data


class TopAdditionForm(AdditionForm):
    """A goal, or a part of a report, which tells of a year."""

    year = forms.IntegerField(
        label=_("Year the part covers"),
        required=False,
        min_value=FIRST_DAY.year,
        max_value=LAST_EDITION,
    )
    nature = forms.ChoiceField(
        label=_("Nature of the part"),
        required=False,
        choices=[("", "—"), *PartNature.choices],
    )
    field_order = ["kind", "year", "nature"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == Kind.PART:
            for name in ("year", "nature"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(
                        name, _("A part of a report must have a year and a nature.")
                    )
        return data


class HandwrittenForm(DescriptionForm):
    """Describes a document that is added by hand."""

    class Meta(DescriptionForm.Meta):
        fields = ["kind", *DescriptionForm.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", DocumentKind.OTHER.value)
