"""The documents in the admin: what is said of them, never their text."""

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from statements.admin.base import CHANGE_NOTE, GatedAdmin
from statements.models import Document


class DocumentAdmin(GatedAdmin[Document]):
    """Documents come with the corpus: they are described, never added nor deleted."""

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
            _("Place in time"),
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
            _("What it is"),
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
