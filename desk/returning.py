"""Returning to an earlier revision: by a proposal, as any other change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.editing import EDIT_KOREAN
from desk.log import log_made
from desk.noting import NoteForm
from desk.proposing import Proposed, proposing
from desk.publishing import latest
from desk.reviewing import wanted
from statements.admin import RevisionAdmin
from statements.changes import changes, names_of_terms
from statements.gate import Note
from statements.models import PublicationState, Revision, Statement
from statements.models.history import PUBLIC_STATES
from statements.restoring import CHANGEABLE, write


class ReturningRevisionAdmin(RevisionAdmin):
    """The history, to read and to return to."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        revisions = Revision.objects.select_related("statement", "by")
        revision = wanted(self, request, revisions, object_id)
        form = NoteForm(request.POST or None)
        if request.method == "POST":
            if not request.user.has_perm(EDIT_KOREAN):
                raise PermissionDenied
            if form.is_valid():
                return self.propose_return(request, revision, form.note)
        present = latest(revision.statement_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revision"),
            "subtitle": str(revision),
            "opts": self.opts,
            "revision": revision,
            "changes": changes(revision.snapshot, present.snapshot, names_of_terms()),
            "may_return": present.pk != revision.pk
            and request.user.has_perm(EDIT_KOREAN),
            "form": form,
        }
        return TemplateResponse(request, "admin/desk/revision.html", context)

    def propose_return(self, request, revision, note: Note) -> HttpResponse:
        try:
            with transaction.atomic():
                proposed = return_to(revision, request.user, note)
                log_made(request.user, proposed.proposals)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)
        waiting = [*proposed.proposals, *proposed.waiting]
        if not waiting:
            messages.info(request, _("Nothing was changed."))
            return HttpResponseRedirect(request.path)
        told = _("Proposed: it is published once another person has approved.")
        messages.success(request, told)
        return HttpResponseRedirect(
            reverse("admin:desk_proposal_change", args=[waiting[0].pk])
        )


def return_to(revision, by, note: Note) -> Proposed:
    """Proposes the statement as the revision has it; drafts return at once."""
    statement = Statement.objects.get(pk=revision.statement_id)
    values = {n: revision.snapshot[n] for n in CHANGEABLE if n in revision.snapshot}
    if values["state"] not in PUBLIC_STATES and statement.state in PUBLIC_STATES:
        values["state"] = PublicationState.PUBLISHED.value
    with proposing(by, note) as proposed:
        write(statement, values, by)
    return proposed
