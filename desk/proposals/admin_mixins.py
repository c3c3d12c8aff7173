"""Editing in the admin becomes proposing; the forms stay those of the statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin.options import BaseModelAdmin
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from desk.models import Proposal
from desk.proposals.decide import take_back
from desk.proposals.messages import Told, log, told
from desk.proposals.own.resumed import (
    FACT,
    PROPOSAL,
    initial_values,
    values_without,
)
from desk.proposals.preview import preview_values
from desk.proposals.proposal_forms import (
    ProposalForm,
    StatementProposalForm,
    read_moment,
)
from desk.proposals.record import Proposed, Terms, proposing
from desk.proposals.trial_admin import SaveRequest, TrialAdmin
from desk.requests import StaffRequest
from desk.upkeep.panel import panel_of
from statements.admin.base import CHANGE_NOTE, ChildInline, PublicModel
from statements.admin.staff import staff_user
from statements.admin.statement import StatementAdmin
from statements.fields import CHANGEABLE_COLUMNS, ENGLISH, TAGS, Snapshot
from statements.gate import Note
from statements.history.restore import write_snapshot
from statements.input.keys import read_key
from statements.models import Fact, Link, Statement

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts, _FieldsetSpec
    from django.utils.datastructures import _ListOrTuple
    from django.utils.functional import _StrOrPromise

EDIT_KOREAN = "desk.edit_korean"
#: The fields that translators leave to editors.
FOR_EDITORS = (*(n for n in CHANGEABLE_COLUMNS if n not in ENGLISH), *TAGS)
WHY_AND_WHEN: tuple[_StrOrPromise, _FieldOpts] = (
    CHANGE_NOTE[0],
    {
        "fields": [
            ("change_note_ko", "change_note_en"),
            ("is_minor", "publish_at"),
            "seen",
        ],
        "description": CHANGE_NOTE[1]["description"],
    },
)


class KoreanKeepingAdmin(BaseModelAdmin[Any]):
    """Without the right to edit Korean, only English can be changed."""

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> _ListOrTuple[str]:
        fields = super().get_readonly_fields(request, obj)
        if request.user.has_perm(EDIT_KOREAN):
            return fields
        return [*fields, *FOR_EDITORS]


class ProposingAdmin(TrialAdmin[PublicModel, Proposed]):
    """An admin of public content whose changes wait for approval."""

    form = ProposalForm
    change_form_template = "desk/change_form.html"

    def get_fieldsets(
        self, request: HttpRequest, obj: PublicModel | None = None
    ) -> _FieldsetSpec:
        return [
            WHY_AND_WHEN if fieldset is CHANGE_NOTE else fieldset
            for fieldset in super().get_fieldsets(request, obj)
        ]

    @contextmanager
    def trial(self, request: HttpRequest, note: Note) -> Iterator[Proposed]:
        """A proposal that its author takes up again is there before the form is saved:
        what the form does not show stays in it. A form that is refused leaves nothing.
        """
        author = staff_user(request)
        trial = proposing(author, note, terms_of(request))
        with trial as proposed, transaction.atomic():
            resumed = proposal_to_resume(request)
            if resumed is not None and resumed.author_id == author.pk:
                values = self.values_to_resume(request, resumed)
                write_snapshot(resumed.statement, values, author)
            yield proposed
            if resumed is not None and not cast(SaveRequest, request).is_saved:
                transaction.set_rollback(True)

    def values_to_resume(self, request: HttpRequest, proposal: Proposal) -> Snapshot:
        return values_without(proposal, self.model, request.GET.get(FACT, ""))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        if proposal := proposal_to_resume(request):
            mark = request.GET.get(FACT, "")
            initial |= initial_values(proposal, self.model, mark)
        return initial

    def keep(self, request: HttpRequest, proposed: Proposed, note: Note) -> None:
        log(staff_user(request), proposed, note)
        replace_own(request, proposed)

    def told(self, proposed: Proposed) -> Iterator[Told]:
        return told(proposed)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view = super().changeform_view
        if request.method == "POST":
            return view(request, object_id, form_url, extra_context)
        context = {**(extra_context or {}), **self.waiting(object_id)}
        proposal = proposal_to_resume(request)
        if proposal is None:
            return view(request, object_id, form_url, context)
        values = self.values_to_resume(request, proposal)
        with preview_values(cast(StaffRequest, request), proposal.statement, values):
            response = view(request, object_id, form_url, context)
            return cast(SimpleTemplateResponse, response).render()

    def waiting(self, object_id: str | None) -> dict[str, Any]:
        """The open proposals for the statement that the form edits."""
        key = read_key(object_id or "")
        rows = self.model._default_manager
        edited = None if key is None else rows.filter(pk=key).first()
        pk = statement_id(edited) if edited else None
        proposals = Proposal.objects.open().with_people().filter(statement=pk)
        return {"waiting": proposals, "statement_id": pk}


class ProposingStatementAdmin(
    KoreanKeepingAdmin, ProposingAdmin[Statement], StatementAdmin
):
    """Statements whose changes wait for approval, with their owner and last check."""

    form = StatementProposalForm

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        panel = panel_of(object_id, staff_user(request))
        context = {**(extra_context or {}), **panel}
        return super().changeform_view(request, object_id, form_url, context)


class ProposingChildInline(KoreanKeepingAdmin, ChildInline):
    """The statements of one kind right under another, proposed with it."""


def terms_of(request: HttpRequest) -> Terms:
    """The options as sent; before anything is saved, the form refuses what cannot be
    read.
    """
    return Terms(
        is_minor="is_minor" in request.POST,
        publish_at=read_moment(request.POST.get("publish_at", "")),
        seen=read_key(request.POST.get("seen", "")),
        alone=PROPOSAL in request.GET,
    )


def proposal_to_resume(request: HttpRequest) -> Proposal | None:
    """The proposal that the address names, for its author to go on with."""
    key = read_key(request.GET.get(PROPOSAL, ""))
    if key is None:
        return None
    return Proposal.objects.with_people().filter(pk=key).first()


def replace_own(request: HttpRequest, proposed: Proposed) -> None:
    """Takes back the proposal of an author who has edited it: the new one stands for
    it.
    """
    old, author = proposal_to_resume(request), staff_user(request)
    if not old or not old.is_open or old.author_id != author.pk:
        return
    if old.statement_id in {proposal.statement_id for proposal in proposed.proposals}:
        take_back(old, author)


def statement_id(edited: Model) -> int | None:
    """The key of the statement that a form changes: a link belongs to its later one."""
    if isinstance(edited, Statement):
        return edited.pk
    if isinstance(edited, Link):
        return edited.later_id
    return edited.statement_id if isinstance(edited, Fact) else None
