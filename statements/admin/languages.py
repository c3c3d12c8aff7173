"""The language of a value in the admin, for those who have it read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from statements.history.entry_diff import field_language

if TYPE_CHECKING:
    from django.contrib.admin.options import _DisplayT, _ListDisplayT

ListedModel = TypeVar("ListedModel", bound=models.Model)


def marked(text: str, language: str) -> str:
    return format_html('<span lang="{}">{}</span>', language, text)


def label_in_words(label: str, language: str) -> str:
    """The label of a translated field, which ends with [ko] or [en] by itself."""
    name = label.removesuffix(f" [{language}]")
    if name == label:
        return label
    text = _("%(field)s (Korean)") if language == "ko" else _("%(field)s (English)")
    return text % {"field": name}


class BilingualListAdmin(admin.ModelAdmin[ListedModel]):
    """An admin whose list marks texts by language, and says yes and no in words."""

    def get_list_display(self, request: HttpRequest) -> _ListDisplayT[ListedModel]:
        return [
            marked_column(self.model, column)
            for column in super().get_list_display(request)
        ]


def marked_column(
    model: type[ListedModel], column: _DisplayT[ListedModel]
) -> _DisplayT[ListedModel]:
    """The column as it is, or one that marks the values of a field."""
    if not isinstance(column, str):
        return column
    try:
        field = model._meta.get_field(column)
    except FieldDoesNotExist:
        return column
    language = field_language(column)
    if not language and not isinstance(field, models.BooleanField):
        return column

    label = label_in_words(str(label_for_field(column, model)), language)

    @admin.display(description=label, ordering=column)
    def marked_value(row: ListedModel) -> str:
        value = getattr(row, column)
        return marked(value, language) if language else yes_or_no(value)

    marked_value.__name__ = column
    return marked_value


def yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")
