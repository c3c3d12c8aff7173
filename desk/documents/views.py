"""The pages of documents at the desk: how far each is, and the decision on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desk.documents.decide import (
    approve_request,
    request_act,
    seen_now,
    send_request_back,
    take_request_back,
)
from desk.documents.forms import RequestForm, WholeDecisionForm
from desk.documents.obstacles import reasons_against_approval
from desk.documents.preview import address_of
from desk.documents.progress import document_rows, figures_of, list_of, open_points_of
from desk.documents.scope import acts_open_to, statements_of
from desk.models import DocumentAct, DocumentRequest
from desk.pages import staff_page, staff_response
from desk.proposals.further.resumed import EDIT_KOREAN
from desk.proposals.preview_pages import VIEW
from desk.proposals.review_admin import APPROVE
from desk.requests import StaffRequest
from statements.models import Document, DocumentKind
from statements.unpublished import reasons_to_keep
from statements.write_lock import write_lock


@staff_page(VIEW)
@require_safe
def list_documents(request: StaffRequest) -> HttpResponse:
    return staff_response(
        request,
        "desk/documents/list.html",
        title=_("Documents and their drafts"),
        rows=document_rows(),
        may_add=request.user.has_perm(EDIT_KOREAN),
    )


@staff_page(VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def show_document(request: StaffRequest, slug: str) -> HttpResponse:
    """The document as it stands, and the one decision on all of it."""
    document = get_object_or_404(Document, slug=slug)
    acts = acts_open_to(document)
    asking = RequestForm(acts=acts)
    may_ask = request.user.has_perm(EDIT_KOREAN)
    if request.method == "POST" and not (may_ask or request.user.has_perm(APPROVE)):
        raise PermissionDenied
    if request.method == "POST" and "decision" in request.POST:
        return decide_on_it(request)
    if request.method == "POST":
        asking = RequestForm(request.POST, acts=acts)
        if ask(request, document, asking):
            return HttpResponseRedirect(request.path)
    waiting = document.requests.open().with_people().first()
    return staff_response(
        request,
        "desk/documents/document.html",
        title=document.title,
        document=document,
        figures=figures_of(document),
        previews=previews_of(document, acts),
        request_row=waiting,
        returned=document.requests.with_people().exclude(reason="").first(),
        asking=asking if acts and may_ask else None,
        may_add=may_ask,
        may_remove=not list(reasons_to_keep(document)),
        **(review_of_request(request, waiting) if waiting else {}),
    )


def previews_of(document: Document, acts: list[DocumentAct]) -> list[tuple[str, str]]:
    """The pages on which readers would find it, with their titles; none without a
    draft.
    """
    if DocumentAct.PUBLISH not in acts:
        return []
    slug = document.slug
    pages = [(_("Source page"), address_of("statements:source", slug, slug))]
    of_kind = {
        DocumentKind.GOALS.value: {"goals:list": _("Goals")},
        DocumentKind.REPORT.value: {
            "achievements:achievements": _("Achievements"),
            "achievements:tasks": _("Tasks"),
        },
    }
    for name, title in of_kind.get(document.kind, {}).items():
        pages.append((title, address_of(name, slug)))
    return pages


def review_of_request(
    request: StaffRequest, waiting: DocumentRequest
) -> dict[str, Any]:
    """The context of who decides: open findings first, and what forbids it."""
    document, user = waiting.document, request.user
    is_own = waiting.author_id == user.pk
    is_of_drafts = waiting.act == DocumentAct.PUBLISH
    initial = {"request": waiting.pk, "seen": seen_now(waiting)}
    return {
        "count": statements_of(document, waiting.act).count(),
        "findings": open_points_of(document) if is_of_drafts else None,
        "drafts_url": list_of(document, state__exact="draft"),
        "decision": WholeDecisionForm(initial=initial),
        "is_own": is_own,
        "may_review": not is_own and user.has_perm(APPROVE),
        "reasons": list(reasons_against_approval(waiting, user)),
    }


def ask(request: StaffRequest, document: Document, form: RequestForm) -> bool:
    """True where the request was made; else the form says what is wrong with it."""
    if not request.user.has_perm(EDIT_KOREAN):
        raise PermissionDenied
    if not form.is_valid():
        return False
    data = form.cleaned_data
    act = DocumentAct(data["act"])
    try:
        request_act(document, act, request.user, form.note, data["publish_at"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    text = _(
        "Proposal submitted. It will apply to the whole document once another person "
        "approves it."
    )
    messages.success(request, text)
    return True


def decide_on_it(request: StaffRequest) -> HttpResponse:
    form = WholeDecisionForm(request.POST)
    here = HttpResponseRedirect(request.path)
    if not form.is_valid():
        messages.error(request, _("No decision was made. Please check it again."))
        return here
    data = form.cleaned_data
    requests = DocumentRequest.objects.with_people()
    waiting = get_object_or_404(requests, pk=data["request"])
    try:
        with write_lock():
            carry_out_decision(request, waiting, data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return here
    waiting.refresh_from_db()
    text = _("Decision for the whole document: %(state)s.")
    messages.success(request, text % {"state": waiting.get_state_display()})
    return here


def carry_out_decision(
    request: StaffRequest, waiting: DocumentRequest, data: dict[str, Any]
) -> None:
    decision, user = request.POST["decision"], request.user
    if decision == "take-back" and waiting.author_id == user.pk:
        take_request_back(waiting, user)
    elif not user.has_perm(APPROVE):
        raise PermissionDenied
    elif decision == "approve":
        approve_request(waiting, user, data["seen"])
    elif decision == "send-back" and waiting.author_id != user.pk:
        send_request_back(waiting, user, data["reason"])
    else:
        raise PermissionDenied
