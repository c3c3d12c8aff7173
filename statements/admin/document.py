"""The documents in the admin: what is said of them, never their text."""

from copy import copy
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from statements.admin.base import CHANGE_NOTE, ChangeNoteForm, GatedAdmin
from statements.models import Document
from statements.models.links import links_from, require_later_first


class DocumentForm(ChangeNoteForm):
    """Describes a document; its place in time turns no link round."""

    def clean(self) -> dict[str, Any]:
        """Refuses such a place with what was typed, before the gate does without."""
        cleaned = super().clean() or self.cleaned_data
        names = ("time_year", "time_order")
        is_moved = not set(names).isdisjoint(self.changed_data)
        if is_moved and cleaned.keys() >= set(names):
            moved = copy(self.instance)
            moved.time_year, moved.time_order = (cleaned[name] for name in names)
            require_later_first(links_from(moved))
        return cleaned


class DocumentAdmin(GatedAdmin[Document]):
    """Documents come with the corpus: they are described, never added nor deleted."""

    form = DocumentForm
    list_display = ["title", "publisher", "licence", "slug"]
    readonly_fields = ["slug", "kind", "file", "sha256"]
    fieldsets = [
        (None, {"fields": ["slug", "kind", "file", "sha256"]}),
        (
            _("Title and publisher"),
            {
                "fields": [
                    ("title_ko", "title_en"),
                    "title_is_descriptive",
                    ("edition_ko", "edition_en"),
                    ("publisher_ko", "publisher_en"),
                    "publisher_is_attributed",
                    "source_url",
                ]
            },
        ),
        (
            _("Time of writing"),
            {
                "fields": [
                    "published_on",
                    ("time_year", "time_order"),
                    ("time_basis_ko", "time_basis_en"),
                    "replaces",
                ]
            },
        ),
        (
            _("About this document"),
            {
                "fields": [
                    ("licence_ko", "licence_en"),
                    ("contains_ko", "contains_en"),
                    ("lacks_ko", "lacks_en"),
                ]
            },
        ),
        CHANGE_NOTE,
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
