"""Adding one statement to a document, with its paragraph, as a draft."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.audit_log import log_made
from desk.documents.addition_forms import (
    AdditionForm,
    HandwrittenForm,
    TopAdditionForm,
)
from desk.documents.scope import as_they_stand
from desk.documents.series import code_of_goal, code_of_part, code_under
from desk.pages import staff_page, staff_response, statement_or_404
from desk.proposals.further.resumed import EDIT_KOREAN
from desk.requests import StaffRequest
from statements.gate import Note, gate
from statements.models import Document, Kind, Paragraph, Statement
from statements.models.kinds import TEXT_ONLY_KINDS
from statements.models.ranges import LARGEST_POSITION

ADDED = Note(ko="항목 하나를 더함", en="Added one statement")
DOCUMENT_ADDED = Note(ko="문서를 직접 추가함", en="Added a document by hand")
METHODS = ["GET", "HEAD", "POST"]
#: In the place of a code: at the top of the document.
TOP = "-"


@staff_page(EDIT_KOREAN)
@require_http_methods(METHODS)
def add_statement(request: StaffRequest, slug: str) -> HttpResponse:
    """Asks first what it stands under, then for the statement itself."""
    document = get_object_or_404(Document, slug=slug)
    under = request.GET.get("under", "").strip().upper()
    if not under:
        statements = document.statements.in_outline_order()
        places = [one for one in statements if one.kind != Kind.NOTE]
        return staff_response(
            request,
            "desk/documents/place.html",
            title=_("Add a statement"),
            document=document,
            places=places,
        )
    parent = None
    if under != TOP:
        parent = statement_or_404(Statement.objects.all(), under)
    form = form_under(request, parent)
    if form.is_valid():
        try:
            made = add_draft(document, parent, form.cleaned_data, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return told_of(request, made)
    return staff_response(
        request,
        "desk/documents/add.html",
        title=_("Add a statement"),
        document=document,
        parent=parent,
        forms=[form],
    )


def form_under(
    request: StaffRequest, parent: Statement | None, prefix: str | None = None
) -> AdditionForm:
    form_class = AdditionForm if parent else TopAdditionForm
    return form_class(request.POST or None, parent=parent, prefix=prefix)


def told_of(request: StaffRequest, made: Statement) -> HttpResponse:
    text = _("%(code)s was added as a draft. It will be published after review.")
    messages.success(request, text % {"code": made.code})
    return HttpResponseRedirect(reverse("staff:document", args=[made.document.slug]))


@staff_page(EDIT_KOREAN)
@require_http_methods(METHODS)
def add_document(request: StaffRequest) -> HttpResponse:
    """A document by hand begins with its first statement: neither is there alone."""
    facts = HandwrittenForm(request.POST or None)
    first = form_under(request, None, "first")
    if facts.is_valid() and first.is_valid():
        try:
            with gate(request.user, DOCUMENT_ADDED):
                document: Document = facts.save()
                made = draft_of(document, None, first.cleaned_data)
                log_made(request.user, [document, made])
        except ValidationError as error:
            first.add_error(None, error)
        else:
            return told_of(request, made)
    return staff_response(
        request,
        "desk/documents/add.html",
        title=_("Add a document manually"),
        forms=[facts, first],
    )


def add_draft(
    document: Document, parent: Statement | None, data: dict[str, Any], by: User
) -> Statement:
    """Raises ValidationError where no such statement can stand there."""
    with gate(by, ADDED):
        made = draft_of(*as_they_stand(document, parent), data)
        log_made(by, [made])
    return made


def draft_of(
    document: Document, parent: Statement | None, data: dict[str, Any]
) -> Statement:
    """The last among its siblings; called inside an open gate, so that no two get one
    code.
    """
    kind = Kind(data["kind"])
    is_text = kind in TEXT_ONLY_KINDS
    made = Statement(
        code=new_code(document, parent, kind, data),
        kind=kind,
        document=document,
        parent=parent,
        position=next_position(document, parent),
        year=data.get("year") if kind == Kind.PART else None,
        title_ko="" if is_text else data["korean"],
        text_ko=data["korean"] if is_text else "",
        state="draft",
    )
    made.save()
    paragraph_of(made, data).save()
    return made


def new_code(
    document: Document, parent: Statement | None, kind: Kind, data: dict[str, Any]
) -> str:
    if parent is not None:
        return code_under(parent, kind)
    if kind == Kind.GOAL:
        return code_of_goal(document)
    return code_of_part(data["year"], data["nature"])


def next_position(document: Document, parent: Statement | None) -> int:
    siblings = Statement.objects.filter(parent=parent)
    if parent is None:
        siblings = siblings.filter(document=document)
    last = siblings.aggregate(last=Max("position"))["last"] or 0
    return min(last + 1, LARGEST_POSITION)


def paragraph_of(made: Statement, data: dict[str, Any]) -> Paragraph:
    """The last of its document; a document that was read from a file, or that readers
    know, says that it came later.
    """
    document = made.document
    last = document.paragraphs.aggregate(ordinal=Max("ordinal"), line=Max("last_line"))
    line = f"{data['marker']} {data['korean']}".strip()
    raw = (data["source"].strip("\r\n") or line).replace("\r\n", "\n")
    first_line = data["first_line"] or (last["line"] or 0) + 1
    text = " ".join(raw.split()).removeprefix(data["marker"]).strip()
    above = made.parent.paragraphs.first() if made.parent else None
    is_first = last["ordinal"] is None
    is_known = document.statements.filter(revisions__is_shown=True).exists()
    is_later = not is_first and (bool(document.file) or is_known)
    return Paragraph(
        document=document,
        statement=made,
        ordinal=1 if is_first else last["ordinal"] + 1,
        marker=data["marker"],
        depth=above.depth + 1 if above else 0,
        parent=above if above and above.document_id == document.pk else None,
        raw=raw,
        text=text,
        first_line=first_line,
        last_line=first_line + raw.count("\n"),
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        added_on=timezone.localdate() if is_later else None,
    )
