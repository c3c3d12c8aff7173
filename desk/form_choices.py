"""Choices of a form that are known only when it is made: what the database holds."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet


def set_choices(
    form: forms.BaseForm, name: str, choices: list[tuple[Any, Any]]
) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def set_queryset(form: forms.BaseForm, name: str, queryset: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = queryset
