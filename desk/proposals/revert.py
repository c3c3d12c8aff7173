"""The return to an earlier revision: by a proposal, as any other change."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from desk.proposals.decide import latest
from desk.proposals.further.resumed import EDIT_KOREAN
from desk.proposals.messages import log, tell
from desk.proposals.note_form import NoteForm
from desk.proposals.record import Proposed, proposing
from desk.read_only_admin import visible_row
from desk.requests import StaffRequest
from statements.admin.revision import RevisionAdmin
from statements.gate import Note
from statements.history.restore import changeable_values, write_snapshot
from statements.history.snapshot_diff import diff_snapshots, names_of_terms
from statements.models import PublicationState, Revision, Statement
from statements.models.states import PUBLIC_STATES
from statements.write_lock import write_lock


class ReturningRevisionAdmin(RevisionAdmin):
    """The history, to read and to return to."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        revisions = Revision.objects.select_related("statement", "by")
        revision = visible_row(self, request, revisions, object_id)
        form = NoteForm(request.POST or None)
        if request.method == "POST":
            if not request.user.has_perm(EDIT_KOREAN):
                raise PermissionDenied
            if form.is_valid():
                staff_request = cast("StaffRequest", request)
                return self.propose_return(staff_request, revision, form.note)
        present = latest(revision.statement_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revision"),
            "subtitle": str(revision),
            "opts": self.opts,
            "revision": revision,
            "changes": diff_snapshots(
                revision.snapshot,
                present.snapshot,
                names_of_terms(),
                in_full=True,
            ),
            "may_return": present.pk != revision.pk
            and request.user.has_perm(EDIT_KOREAN),
            "form": form,
        }
        return TemplateResponse(request, "desk/proposals/revision.html", context)

    def propose_return(
        self, request: StaffRequest, revision: Revision, note: Note
    ) -> HttpResponse:
        try:
            with write_lock():
                proposed = return_to(revision, request.user, note)
                log(request.user, proposed, note)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)
        tell(request, proposed)
        waiting = [*proposed.proposals, *proposed.joined, *proposed.waiting]
        if not waiting:
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(waiting[0].desk_url)


def return_to(revision: Revision, by: User, note: Note) -> Proposed:
    """Proposes the statement as the revision has it; drafts return at once."""
    with proposing(by, note) as proposed:
        statement = Statement.objects.get(pk=revision.statement_id)
        values = changeable_values(revision.snapshot)
        if values["state"] not in PUBLIC_STATES and statement.state in PUBLIC_STATES:
            values["state"] = PublicationState.PUBLISHED.value
        write_snapshot(statement, values, by)
    return proposed
