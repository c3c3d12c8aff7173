"""Taking away a document whose drafts nobody published, so that a better one can come
in its place.
"""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from desk.documents.scope import as_they_stand
from desk.models import EntryProposal, Intake, Proposal, Upkeep
from desk.pages import staff_page, staff_response
from desk.proposals.further.resumed import EDIT_KOREAN
from desk.requests import StaffRequest
from statements.gate import Note, gate
from statements.models import Document, EntryKind
from statements.unpublished import delete_never_public, reasons_to_keep
from statements.write_lock import write_lock

REMOVED = Note(ko="게시된 적 없는 문서를 지움", en="Removed a document never published")


class RemovalForm(forms.Form):
    is_sure = forms.BooleanField(
        label=gettext_lazy("Delete this document and all its drafts")
    )


@staff_page(EDIT_KOREAN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_document(request: StaffRequest, slug: str) -> HttpResponse:
    """Asks once more, since nothing brings the drafts back."""
    document = get_object_or_404(Document, slug=slug)
    form = RemovalForm(request.POST or None)
    if form.is_valid():
        try:
            delete_draft_document(document, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The document and its drafts were deleted."))
            return HttpResponseRedirect(reverse("staff:documents"))
    return staff_response(
        request,
        "desk/documents/remove.html",
        title=_("Delete a document that was never published"),
        document=document,
        count=document.statements.count(),
        reasons=list(reasons_to_keep(document)),
        form=form,
    )


@write_lock()
def delete_draft_document(document: Document, by: User) -> None:
    """All of it, with what the desk keeps of it; its entry in the log stays."""
    document, _above = as_they_stand(document)
    if reasons := list(reasons_to_keep(document)):
        raise ValidationError(reasons)
    own = document.statements.order_by().values("pk")
    LogEntry.objects.log_actions(by.pk, [document], DELETION, single_object=True)
    Proposal.objects.filter(statement__in=own).delete()
    Upkeep.objects.filter(statement__in=own).delete()
    EntryProposal.objects.filter(kind=EntryKind.DOCUMENT, entry_id=document.pk).delete()
    # Its working text is open again: it can be corrected, or cancelled.
    Intake.objects.filter(document=document).update(document=None)
    with gate(by, REMOVED):
        delete_never_public(document)
