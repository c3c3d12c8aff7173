"""The page that leads to the jobs of bulk work, and the preview that they share."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desk.bulk.jobs import CHANGE, Job, drop, kept_job
from desk.bulk.preview import carry_out, effects_of
from desk.bulk.reorder import new_order
from desk.models import Batch
from desk.pages import staff_page, staff_response
from desk.proposals.further.terms import TermFields
from desk.proposals.messages import tell
from desk.proposals.note_form import NoteForm
from desk.requests import StaffRequest
from statements.input.keys import read_keys


class BulkConfirmForm(NoteForm, TermFields):
    """The terms of all proposals that the job makes."""


@staff_page(CHANGE)
@require_safe
def list_jobs(request: StaffRequest) -> HttpResponse:
    return staff_response(request, "desk/bulk/hub.html", title=_("Bulk work"))


@staff_page(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def preview_job(request: StaffRequest) -> HttpResponse:
    """The page shows every change that the job would make; there it is proposed or
    dropped.
    """
    job = kept_job(request)
    if job is None or is_of_another_job(request, job):
        text = _("This preview has expired. Please start again.")
        messages.warning(request, text)
        return HttpResponseRedirect(reverse("staff:bulk"))
    if not job.is_for(request.user):
        raise PermissionDenied
    if "drop" in request.POST:
        return end_job(request, job, messages.INFO, _("Nothing was changed."))
    try:
        return show_or_propose(request, job)
    except ValidationError as error:
        return end_job(request, job, messages.ERROR, " ".join(error.messages))


def is_of_another_job(request: StaffRequest, job: Job) -> bool:
    """The form comes from a window whose job another one has replaced since."""
    return request.method == "POST" and request.POST.get("token") != job.token


def end_job(request: StaffRequest, job: Job, level: int, text: str) -> HttpResponse:
    drop(request)
    messages.add_message(request, level, text)
    return HttpResponseRedirect(job.begun_at)


def show_or_propose(request: StaffRequest, job: Job) -> HttpResponse:
    form = BulkConfirmForm(request.POST or None)
    chosen = job
    if job.may_choose and request.method == "POST":
        chosen = job.of(read_keys(request.POST.getlist("pk")))
        if not chosen.edits:
            form.add_error(None, _("Choose at least one statement."))
    if form.is_valid():
        return propose_job(request, chosen, form)
    effects = effects_of(job, request.user)
    if not effects:
        text = _("Nothing would change: everything is already public or in a proposal.")
        return end_job(request, job, messages.INFO, text)
    return staff_response(
        request,
        "desk/bulk/preview.html",
        title=_("Preview of the changes"),
        job=job,
        effects=effects,
        order=new_order(job),
        chosen=chosen.edits.keys(),
        form=form,
    )


def propose_job(request: StaffRequest, job: Job, form: BulkConfirmForm) -> HttpResponse:
    proposed = carry_out(job, request.user, form.note, form.terms)
    drop(request)
    tell(request, proposed)
    if proposed.proposals:
        batch = cast(Batch, proposed.proposals[0].batch)
        return HttpResponseRedirect(batch.desk_url)
    mine = f"?author__id__exact={request.user.pk}&state__exact=in-review"
    return HttpResponseRedirect(reverse("admin:desk_proposal_changelist") + mine)
