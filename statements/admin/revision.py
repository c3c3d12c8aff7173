"""The history of the statements in the admin."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from statements.admin.languages import BilingualListAdmin
from statements.models import Revision, Statement


class RevisionAdmin(BilingualListAdmin[Revision]):
    """The history, to read."""

    list_display = ["whose", "at", "by", "note_ko", "note_en"]
    list_select_related = ["statement", "by"]
    search_fields = ["statement__code", "note_ko", "note_en"]
    date_hierarchy = "at"

    @admin.display(description=_("statement"), ordering="statement")
    def whose(self, revision: Revision) -> Statement:
        return revision.statement

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
