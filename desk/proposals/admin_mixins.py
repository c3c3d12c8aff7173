"""Editing in the admin becomes proposing; the forms stay those of the statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from desk.models import Proposal
from desk.proposals.further.resumed import (
    EDIT_KOREAN,
    proposal_to_resume,
    put_in_place,
    still_resumable,
    values_to_resume,
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
from statements.fields import CHANGEABLE_COLUMNS, ENGLISH, FACTS, TAGS
from statements.gate import Note
from statements.history.restore import write_snapshot
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


class ResumingRequest(SaveRequest):
    """For annotations: a request for a form knows the proposal that it goes on from."""

    resumed: Proposal | None


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
        form.resumed = resumed_by(request)
        return form  # type: ignore[no-any-return]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> PublicModel | None:
        """The row as the proposal that is edited further has it."""
        edited = super().get_object(request, object_id, from_field)
        old = resumed_by(request)
        if old and isinstance(edited, Statement):
            values = values_to_resume(old)
            for name in values.keys() & set(CHANGEABLE_COLUMNS):
                setattr(edited, name, values[name])
        return edited

    def save_model(
        self, request: HttpRequest, obj: PublicModel, form: Any, change: bool
    ) -> None:
        """Saves it with the facts of that proposal, which the form does not show."""
        if old := resumed_by(request):
            values = values_to_resume(old)
            facts = {name: values[name] for name in FACTS.keys() & values.keys()}
            write_snapshot(old.statement, facts, staff_user(request))
        super().save_model(request, obj, form, change)

    def trial(
        self, request: HttpRequest, note: Note
    ) -> AbstractContextManager[Proposed]:
        """Called with the lock in hand, where the proposal may have been decided."""
        user, old = staff_user(request), resumed_by(request)
        old = old and still_resumable(old.pk, user)
        cast(ResumingRequest, request).resumed = old
        return proposing(user, note, terms_of(request))

    def keep(self, request: HttpRequest, proposed: Proposed, note: Note) -> None:
        user = staff_user(request)
        log(user, proposed, note)
        put_in_place(resumed_by(request), proposed.proposals, user)

    def told(self, proposed: Proposed) -> Iterator[Told]:
        return told(proposed)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view, pk = super().changeform_view, self.edited_statement(object_id)
        old = proposal_to_resume(request, staff_user(request), pk)
        cast(ResumingRequest, request).resumed = old
        context = {
            **(extra_context or {}),
            "statement_id": pk,
            "waiting": Proposal.objects.open().with_people().filter(statement=pk),
            "resumed": old,
            "clashes": both_texts(old) if old else [],
        }
        if request.method == "POST" or old is None:
            return view(request, object_id, form_url, context)
        values, trying = values_to_resume(old), cast(StaffRequest, request)
        try:
            with preview_values(trying, old.statement, values):
                response = view(request, object_id, form_url, context)
                return cast(SimpleTemplateResponse, response).render()
        except ValidationError as error:
            return self.refuse(request, error)

    def edited_statement(self, object_id: str | None) -> int | None:
        """The key of the statement that the form edits; None where it makes a fact."""
        key = read_key(object_id or "")
        rows = self.model._default_manager
        edited = None if key is None else rows.filter(pk=key).first()
        return statement_id(edited) if edited else None


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


def resumed_by(request: HttpRequest) -> Proposal | None:
    """The proposal that the form goes on from; lists and deletions go on from none."""
    return getattr(request, "resumed", None)


def statement_id(edited: Model) -> int | None:
    """The key of the statement that a form changes: a link belongs to its later one."""
    if isinstance(edited, Statement):
        return edited.pk
    if isinstance(edited, Link):
        return edited.later_id
    return edited.statement_id if isinstance(edited, Fact) else None
