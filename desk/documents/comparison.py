"""The comparison of a draft edition with the one that it replaces, for staff."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.pages import staff_page, staff_response
from desk.proposals.preview_pages import VIEW
from desk.requests import StaffRequest
from statements.models import Document
from statements.pages.editions import Editions, grouped


@staff_page(VIEW)
@require_safe
def compare_editions(request: StaffRequest, slug: str) -> HttpResponse:
    """Drafts and all: what changed from the earlier edition to this one."""
    documents = Document.objects.select_related("replaces")
    document = get_object_or_404(documents, slug=slug)
    if document.replaces is None:
        raise Http404
    earlier = document.replaces.statements.in_outline_order()
    later = document.statements.in_outline_order()
    return staff_response(
        request,
        "desk/documents/comparison.html",
        title=_("Comparison of editions"),
        document=document,
        groups=grouped(Editions(earlier, later).rows()),
    )
