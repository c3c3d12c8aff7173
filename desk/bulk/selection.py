"""Which statements a job is for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from statements.models import (
    Document,
    Kind,
    PublicationState,
    Statement,
    StatementQuerySet,
    TranslationState,
)

ANY = ("", _("all"))


def with_any(choices: list) -> list:
    return [ANY, *choices]


class ScopeForm(forms.Form):
    """A document and a kind; empty is all of them."""

    document = forms.ModelChoiceField(
        label=_("Source document"),
        queryset=Document.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=ANY[1],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=with_any(Kind.choices), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = Document.objects.all()

    def chosen(self) -> StatementQuerySet:
        data = self.cleaned_data
        found = Statement.objects.exclude(state=PublicationState.WITHDRAWN)
        if data["document"]:
            found = found.filter(document=data["document"])
        if data["kind"]:
            found = found.filter(kind=data["kind"])
        return found.in_outline_order()


class ChoiceForm(ScopeForm):
    translation = forms.ChoiceField(
        label=_("State of the translation"),
        choices=with_any(TranslationState.choices),
        required=False,
    )

    def chosen(self) -> StatementQuerySet:
        found = super().chosen()
        if state := self.cleaned_data["translation"]:
            return found.with_translation_state().filter(translation=state)
        return found
