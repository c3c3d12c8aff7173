"""Which language a value of the admin is in, for whoever has it read aloud."""

from collections.abc import Callable

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext as _

#: Of the fields that do not end in their language.
NAMED = {"korean": "ko", "english": "en"}


def field_language(name: str) -> str:
    """Of a field by its name; nothing where it is the page's own."""
    stem, _, ending = name.rpartition("_")
    return ending if stem and ending in NAMED.values() else NAMED.get(name, "")


def marked(text: str, language: str) -> str:
    return format_html('<span lang="{}">{}</span>', language, text)


class InTheirLanguages:
    """Mixed into an admin: its list marks texts, and says yes and no in words."""

    def get_list_display(self, request):
        return [
            marked_column(self.model, one) for one in super().get_list_display(request)
        ]


def marked_column(model: type[models.Model], name: str | Callable) -> str | Callable:
    try:
        field = model._meta.get_field(name)
    except (FieldDoesNotExist, AttributeError):
        return name
    language = field_language(name)
    if not language and not isinstance(field, models.BooleanField):
        return name

    @admin.display(description=label_for_field(name, model), ordering=name)
    def shown(row):
        value = getattr(row, name)
        return marked(value, language) if language else yes_or_no(value)

    shown.__name__ = name
    return shown


def yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")
