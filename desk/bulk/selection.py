"""The statements that a job is for."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from desk.form_choices import set_queryset
from statements.models import (
    Document,
    Kind,
    PublicationState,
    Statement,
    StatementQuerySet,
    TranslationState,
)

ANY = ("", _("all"))


class ScopeForm(forms.Form):
    """Narrows the statements by document and kind; an empty field narrows nothing."""

    document: forms.ModelChoiceField[Document] = forms.ModelChoiceField(
        label=_("Source document"),
        queryset=Document.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=ANY[1],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[ANY, *Kind.choices], required=False
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        set_queryset(self, "document", Document.objects.all())

    def chosen(self) -> StatementQuerySet:
        data = self.cleaned_data
        statements = Statement.objects.exclude(state=PublicationState.WITHDRAWN)
        if data["document"]:
            statements = statements.filter(document=data["document"])
        if data["kind"]:
            statements = statements.filter(kind=data["kind"])
        return statements.in_outline_order()


class ChoiceForm(ScopeForm):
    translation = forms.ChoiceField(
        label=_("State of the translation"),
        choices=[ANY, *TranslationState.choices],
        required=False,
    )

    def chosen(self) -> StatementQuerySet:
        statements = super().chosen()
        if state := self.cleaned_data["translation"]:
            # In a Q, since the stubs know no annotation that a method makes.
            return statements.with_translation_state().filter(Q(translation=state))
        return statements
