"""A proposal or a draft on the real page, for staff alone."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from desk.models import Proposal
from desk.proposals.preview import preview_values
from desk.requests import StaffRequest
from goals.views import goal_detail as goal_page
from statements.fields import Snapshot
from statements.models import Kind, PublicationState, Statement
from statements.pages.views import statement_detail as statement_page

VIEW = "desk.view_proposal"


class PreviewRequest(StaffRequest):
    """The page says that it is a draft where this says so."""

    is_draft_preview: bool


@admin.site.admin_view
def preview_proposal(request: PreviewRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal.objects.with_people(), pk=pk)
    return show_preview(request, proposal.statement, proposal.merged.values)


@admin.site.admin_view
def preview_statement(request: PreviewRequest, pk: int) -> HttpResponse:
    """A draft as it would be published."""
    return show_preview(request, get_object_or_404(Statement, pk=pk), {})


def show_preview(
    request: PreviewRequest, statement: Statement, values: Snapshot
) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    published = {"state": PublicationState.PUBLISHED.value}
    request.is_draft_preview = True
    with preview_values(request, statement, {**published, **values}):
        if statement.kind == Kind.GOAL:
            response = goal_page(request, statement.code)
        else:
            response = statement_page(request, statement.code)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
