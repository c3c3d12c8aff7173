"""Actions of the admin's list of statements that lead to bulk work."""

from django.contrib import admin
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.bulk.retag import keep_chosen_statements
from desk.bulk.sheets.writer import as_answer
from desk.proposals.admin_mixins import ProposingStatementAdmin
from desk.proposals.further.resumed import EDIT_KOREAN
from statements.models import StatementQuerySet


class BulkStatementAdmin(ProposingStatementAdmin):
    """Statements of any kind at the desk: to edit one by one, and many at once."""

    change_list_template = "admin/desk/change_list.html"
    actions = ["download_as_excel", "add_or_remove_tag"]

    def has_tag_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm(
            EDIT_KOREAN
        )

    @admin.action(description=_("Download as Excel"), permissions=["change"])
    def download_as_excel(
        self, request: HttpRequest, queryset: StatementQuerySet
    ) -> HttpResponseBase:
        return as_answer(request, queryset, "xlsx")

    @admin.action(description=_("Add or remove a tag"), permissions=["tag"])
    def add_or_remove_tag(
        self, request: HttpRequest, queryset: StatementQuerySet
    ) -> HttpResponse:
        keep_chosen_statements(request, queryset)
        return HttpResponseRedirect(reverse("staff:tagging"))
