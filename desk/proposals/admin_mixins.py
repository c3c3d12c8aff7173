"""Editing in the admin becomes proposing; the forms stay those of the statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from desk.models import Proposal
from desk.proposals.further.facts import FACT
from desk.proposals.further.resumed import (
    EDIT_KOREAN,
    Resumed,
    go_on_from,
    proposal_to_resume,
    put_in_place,
    still_resumable,
)
from desk.proposals.further.terms import read_moment
from desk.proposals.messages import Told, log, told
from desk.proposals.preview import preview_values
from desk.proposals.proposal_forms import ProposalForm, StatementProposalForm
from desk.proposals.record import Proposed, Terms, proposing
from desk.proposals.review import both_texts
from desk.proposals.trial_admin import SaveRequest, TrialAdmin
from desk.requests import StaffRequest
from desk.upkeep.panel import panel_of
from statements.admin.base import CHANGE_NOTE, ChildInline, PublicModel
from statements.admin.staff import staff_user
from statements.admin.statement import StatementAdmin
from statements.fields import CHANGEABLE_COLUMNS, ENGLISH, TAGS
from statements.gate import Note
from statements.history.restore import write_snapshot
from statements.history.snapshot_diff import names_of_terms
from statements.input.keys import read_key
from statements.models import Fact, Link, Statement

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts, _FieldsetSpec
    from django.utils.datastructures import _ListOrTuple
    from django.utils.functional import _StrOrPromise

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


class FormRefused(Exception):
    """Ends the trial of a form that has a mistake."""


class ResumingRequest(SaveRequest):
    """For annotations: a request for a form knows the proposal that it goes on from."""

    resumed: Resumed | None


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

    def get_form(
        self,
        request: HttpRequest,
        obj: PublicModel | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[PublicModel]]:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        resumed = resumed_by(request)
        form.resumed = resumed and resumed.proposal
        return form  # type: ignore[no-any-return]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        resumed = resumed_by(request)
        return {**initial, **resumed.initial} if resumed else initial

    @contextmanager
    def trial(self, request: HttpRequest, note: Note) -> Iterator[Proposed]:
        """Called with the lock in hand, where the proposal that the form goes on from
        may have been decided. It is there before the form is saved: what the form does
        not show stays in it. A form that is refused leaves nothing.
        """
        user, old = staff_user(request), resumed_by(request)
        proposal = old and still_resumable(old.proposal.pk, user)
        resumed = self.resume(request, proposal)
        terms = terms_of(request)._replace(alone=resumed is not None)
        with suppress(FormRefused), proposing(user, note, terms) as proposed:
            if resumed:
                write_snapshot(resumed.proposal.statement, resumed.values, user)
            yield proposed
            if resumed and not cast(SaveRequest, request).is_saved:
                raise FormRefused

    def resume(self, request: HttpRequest, proposal: Proposal | None) -> Resumed | None:
        """The proposal as this form goes on from it, kept with the request."""
        attempt, mark = cast(ResumingRequest, request), request.GET.get(FACT, "")
        match = request.resolver_match
        key = match.kwargs.get("object_id") if match else None
        attempt.resumed = None
        if proposal is not None:
            edited = self.edited_row(key)
            attempt.resumed = go_on_from(proposal, self.model, edited, mark)
        return attempt.resumed

    def keep(self, request: HttpRequest, proposed: Proposed, note: Note) -> None:
        user = staff_user(request)
        log(user, proposed, note)
        resumed = resumed_by(request)
        if resumed and not resumed.left_out:
            put_in_place(resumed.proposal, proposed.proposals, user)

    def told(self, proposed: Proposed) -> Iterator[Told]:
        return told(proposed)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view, edited = super().changeform_view, self.edited_row(object_id)
        pk = statement_id(edited) if edited else None
        old = proposal_to_resume(request, staff_user(request), pk)
        resumed = self.resume(request, old)
        context = {
            **(extra_context or {}),
            "statement_id": pk,
            "waiting": Proposal.objects.open().with_people().filter(statement=pk),
            **told_of_resumed(resumed),
        }
        if request.method == "POST" or resumed is None:
            return view(request, object_id, form_url, context)
        values, trying = resumed.values, cast(StaffRequest, request)
        try:
            with preview_values(trying, resumed.proposal.statement, values):
                response = view(request, object_id, form_url, context)
                return cast(SimpleTemplateResponse, response).render()
        except ValidationError as error:
            return self.refuse(request, error)

    def edited_row(self, object_id: str | None) -> PublicModel | None:
        """The row that the form edits; None where it makes one."""
        key = read_key(object_id or "")
        rows = self.model._default_manager
        return None if key is None else rows.filter(pk=key).first()


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
    )


def resumed_by(request: HttpRequest) -> Resumed | None:
    """The proposal that the form goes on from; lists and deletions go on from none."""
    return getattr(request, "resumed", None)


def told_of_resumed(resumed: Resumed | None) -> dict[str, Any]:
    """The page of a form says this of the proposal that it goes on from."""
    if resumed is None:
        return {"resumed": None}
    names, proposal, left = names_of_terms(), resumed.proposal, resumed.left_out
    shown = [clash for clash in proposal.merged.clashes if clash not in left]
    return {
        "resumed": proposal,
        "clashes": both_texts(proposal, names, shown),
        "left_out": both_texts(proposal, names, left),
    }


def statement_id(edited: Model) -> int | None:
    """The key of the statement that a form changes: a link belongs to its later one."""
    if isinstance(edited, Statement):
        return edited.pk
    if isinstance(edited, Link):
        return edited.later_id
    return edited.statement_id if isinstance(edited, Fact) else None
