"""The form that describes a document, read from a text or typed by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from statements.admin.base import BilingualForm
from statements.models import Document


def form_field(column: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """As Django makes it, but small; an address without a scheme is one of the
    encrypted web.
    """
    if isinstance(column, models.URLField):
        options["assume_scheme"] = "https"
    elif isinstance(column, models.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 3})
    elif isinstance(column, models.DateField):
        options["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return column.formfield(**options)


class DescriptionForm(BilingualForm):
    """The facts of a document, with the checks of its own table."""

    REQUIRED = ("title", "time_basis", "licence", "contains", "lacks")

    class Meta:
        model = Document
        formfield_callback = form_field
        fields = [
            *("slug", "title_ko", "title_en", "title_is_descriptive"),
            *("edition_ko", "edition_en", "publisher_ko", "publisher_en"),
            *("publisher_is_attributed", "published_on", "source_url"),
            *("licence_ko", "licence_en", "time_year", "time_order"),
            *("time_basis_ko", "time_basis_en", "contains_ko", "contains_en"),
            *("lacks_ko", "lacks_en"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug, source_url = self.fields["slug"], self.fields["source_url"]
        slug.label = _("Name in the web address")
        slug.help_text = _(
            "In Latin letters, for example report-2026. You cannot change it once it "
            "is saved."
        )
        source_url.help_text = _("Enter it only if it is known.")
        for stem in self.REQUIRED:
            for language in ("ko", "en"):
                self.fields[f"{stem}_{language}"].required = True
