"""The pages of a document on its way in: the start, the working text, the end."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desk.intake.document_as_read import (
    Choices,
    DocumentAsRead,
    first_reading,
    read_kept,
)
from desk.intake.forms import LARGEST_TEXT_FILE, StartForm, WorkingTextForm
from desk.intake.models import ADD_DOCUMENTS, Intake
from desk.intake.steps import MovedOn, SameFile, begin, cancel, save
from desk.pages import staff_page, staff_response
from desk.requests import StaffRequest
from desk.uploads.largest_body import takes_files
from statements.models import Document

FORM_METHODS = ["GET", "HEAD", "POST"]


@takes_files(LARGEST_TEXT_FILE)
@staff_page(ADD_DOCUMENTS)
@require_http_methods(FORM_METHODS)
def list_intakes(request: StaffRequest) -> HttpResponse:
    """Lists what is on its way, above the form that begins another."""
    form = StartForm()
    same: dict[str, str] = {}
    if request.method == "POST":
        form = StartForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return HttpResponseRedirect(working_text_page(begin_from(form, request)))
        except SameFile as error:
            same = link_to(error.found)
        except ValidationError as error:
            form.add_error(None, error)
    return staff_response(
        request,
        "desk/intake/intakes.html",
        title=_("Add a document"),
        form=form,
        same=same,
        intakes=Intake.objects.open().with_people(),
    )


def begin_from(form: StartForm, request: StaffRequest) -> Intake:
    data = form.cleaned_data
    text, choices = first_reading(data["original"])
    facts = choices.as_facts()
    return begin(request.user, data["original"], data["name"], text, facts)


def link_to(found: Intake | Document) -> dict[str, str]:
    address = address_at_desk(found)
    if isinstance(found, Document):
        return {"name": found.title, "address": address}
    return {"name": found.label, "address": address, "language": "ko"}


def address_at_desk(found: Intake | Document) -> str:
    if isinstance(found, Document):
        return reverse("staff:document", args=[found.slug])
    return working_text_page(found)


def working_text_page(intake: Intake) -> str:
    return reverse("staff:intake", args=[intake.pk])


@takes_files(LARGEST_TEXT_FILE)
@staff_page(ADD_DOCUMENTS)
@require_http_methods(FORM_METHODS)
def edit_working_text(request: StaffRequest, intake: int) -> HttpResponse:
    """Shows the working text with its tree beside it, and saves it."""
    kept = get_object_or_404(Intake, pk=intake)
    if kept.document:
        return HttpResponseRedirect(address_at_desk(kept.document))
    form = text_form_of(kept)
    theirs = None
    if request.method == "POST":
        form = WorkingTextForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            save_text(kept, form, request.user)
            return HttpResponseRedirect(next_page(request, kept))
        except MovedOn as error:
            theirs, form = error.present, form_of_present(form, error.present)
            form.add_error(None, error)
        except ValidationError as error:
            form.add_error(None, error)
    return staff_response(
        request,
        "desk/intake/working_text.html",
        title=_("Working text"),
        intake=kept,
        form=form,
        theirs=theirs,
        document=document_shown(kept, form),
    )


def next_page(request: StaffRequest, intake: Intake) -> str:
    """As the button says: the facts, or the tree once more."""
    if request.POST.get("do") == "facts":
        return reverse("staff:intake_facts", args=[intake.pk])
    return f"{working_text_page(intake)}#tree"


def text_form_of(intake: Intake) -> WorkingTextForm:
    initial = {
        "working_text": intake.working_text,
        "version": intake.version,
        **Choices.of_facts(intake.facts).as_facts(),
    }
    return WorkingTextForm(initial=initial)


def save_text(intake: Intake, form: WorkingTextForm, by: User) -> None:
    facts = {**intake.facts, **form.choices.as_facts()}
    data = form.cleaned_data
    save(intake, by, data["version"], working_text=data["working_text"], facts=facts)


def form_of_present(form: WorkingTextForm, present: Intake) -> WorkingTextForm:
    """The same form once more, for one who has been shown the present version."""
    data = {**dict(form.data.items()), "version": present.version}
    data["working_text"] = form.cleaned_data["working_text"]
    return WorkingTextForm(data)


def document_shown(intake: Intake, form: WorkingTextForm) -> DocumentAsRead:
    """The document that the text in the form makes, or else the one that is kept."""
    if not form.is_bound or form.errors.keys() - {NON_FIELD_ERRORS}:
        return read_kept(intake)
    text = form.cleaned_data["working_text"]
    return DocumentAsRead(bytes(intake.original), text, form.choices)


@staff_page(ADD_DOCUMENTS)
@require_safe
def download_text(request: StaffRequest, intake: int) -> HttpResponse:
    """The working text as a file, to go on with elsewhere."""
    kept = get_object_or_404(Intake, pk=intake)
    return as_file(kept.working_text.encode(), f"working-text-{kept.pk}.txt")


@staff_page(ADD_DOCUMENTS)
@require_safe
def download_original(request: StaffRequest, intake: int) -> HttpResponse:
    """The file as it came, byte for byte; for staff alone."""
    kept = get_object_or_404(Intake, pk=intake)
    return as_file(bytes(kept.original), f"original-{kept.pk}.txt")


def as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_page(ADD_DOCUMENTS)
@require_http_methods(FORM_METHODS)
def cancel_intake(request: StaffRequest, intake: int) -> HttpResponse:
    """Asks once more, then deletes what was kept."""
    kept = get_object_or_404(Intake.objects.open().with_people(), pk=intake)
    if request.method == "POST":
        try:
            cancel(kept, request.user)
            messages.success(
                request, _("Deleted. The log keeps the SHA-256 of the file.")
            )
        except ValidationError as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(reverse("staff:intakes"))
    return staff_response(
        request,
        "desk/intake/cancel.html",
        title=_("Cancel adding this document"),
        intake=kept,
    )
