"""Editing vocabulary, glossary and source documents becomes proposing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Field, ForeignKey, Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.audit_log import log_made
from desk.entries.record import (
    ProposedEntries,
    newest_entry_revision,
    proposing_entries,
)
from desk.entries.review import clashes_of
from desk.models import EntryProposal
from desk.proposals.further.resumed import stand_for
from desk.proposals.further.terms import FurtherForm
from desk.proposals.messages import Told, linked, told_of_outcome
from desk.proposals.note_form import NoteForm
from desk.proposals.trial_admin import TrialAdmin
from statements.admin.base import CHANGE_NOTE, PublicModel
from statements.admin.document import DocumentForm
from statements.admin.staff import staff_user
from statements.fields import Snapshot
from statements.gate import Note
from statements.history.entries import entry_fields, related_entry
from statements.history.snapshot_diff import names_of_terms
from statements.input.keys import read_key

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts, _FieldsetSpec
    from django.utils.datastructures import _ListOrTuple
    from django.utils.functional import _StrOrPromise

WHY: tuple[_StrOrPromise, _FieldOpts] = (
    CHANGE_NOTE[0],
    {
        "fields": [("change_note_ko", "change_note_en"), "seen"],
        "description": gettext_lazy(
            "Shown in public with the change history of the entry."
        ),
    },
)


class EntryForm(FurtherForm):
    """Edits an entry, or goes on with a proposal that was made for it."""

    seen = forms.IntegerField(
        label="",
        required=False,
        initial=newest_entry_revision,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.resumed, EntryProposal):
            values = form_values(self.instance, self.resumed.changes)
            self.initial.update(values)


class DocumentEntryForm(EntryForm, DocumentForm):
    """Describes a document, and proposes it."""


class ProposingEntryAdmin(TrialAdmin[PublicModel, ProposedEntries]):
    """An admin of entries whose changes wait for approval."""

    form = EntryForm
    change_form_template = "desk/entries/change_form.html"
    delete_confirmation_template = "desk/entries/delete.html"
    # Whoever deletes says why, of each.
    actions = None

    def trial(
        self, request: HttpRequest, note: Note
    ) -> AbstractContextManager[ProposedEntries]:
        newest = read_key(request.POST.get("seen", ""))
        return proposing_entries(staff_user(request), note, newest)

    def keep(self, request: HttpRequest, proposed: ProposedEntries, note: Note) -> None:
        author = staff_user(request)
        log_made(author, proposed.proposals)
        for new in proposed.proposals:
            if old := self.resumed(request, new.entry_id):
                stand_for(old, new, author)

    def told(self, proposed: ProposedEntries) -> Iterator[Told]:
        return told_of_entries(proposed)

    def resumed(
        self, request: HttpRequest, entry_id: int | None
    ) -> EntryProposal | None:
        """The proposal of that entry, or of one to be added, that the address names, if
        it can be edited further.
        """
        number = read_key(request.GET.get("proposal", ""))
        if number is None:
            return None
        of_entry = EntryProposal.objects.of(str(self.opts.model_name), entry_id)
        proposal = of_entry.with_people().filter(pk=number).first()
        return proposal if proposal and proposal.is_resumable else None

    def get_form(
        self,
        request: HttpRequest,
        obj: PublicModel | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[PublicModel]]:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.resumed = self.resumed(request, obj.pk if obj else None)
        return form  # type: ignore[no-any-return]

    def get_fieldsets(
        self, request: HttpRequest, obj: PublicModel | None = None
    ) -> _FieldsetSpec:
        return [
            WHY if fieldset is CHANGE_NOTE else fieldset
            for fieldset in super().get_fieldsets(request, obj)
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: PublicModel | None = None
    ) -> _ListOrTuple[str]:
        """A slug is an address: it is given once."""
        fields = super().get_readonly_fields(request, obj)
        is_given = obj is not None and hasattr(obj, "slug") and "slug" not in fields
        return [*fields, "slug"] if is_given else fields

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Without the buttons that would add another entry beside this one."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for button in ("can_add_related", "can_change_related", "can_delete_related"):
            if field and hasattr(field.widget, button):
                setattr(field.widget, button, False)
        return field

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        waiting = EntryProposal.objects.open().with_people()
        key = read_key(object_id or "")
        of_entry = waiting.of(str(self.opts.model_name), key)
        context = {**(extra_context or {}), "entry_key": key}
        context["waiting"] = of_entry if key else EntryProposal.objects.none()
        context["entry_kind"] = self.opts.model_name
        context["resumed"] = old = self.resumed(request, key)
        context["clashes"] = clashes_of(old, names_of_terms()) if old else []
        return super().changeform_view(request, object_id, form_url, context)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Asks for a note as every other change does."""
        old = self.resumed(request, read_key(object_id))
        form = NoteForm(request.POST or None, initial=old.terms if old else None)
        is_sent = request.method == "POST" and self.has_delete_permission(request)
        if is_sent and not form.is_valid():
            for errors in form.errors.get_json_data().values():
                text = " ".join(str(error["message"]) for error in errors)
                self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        context = {**(extra_context or {}), "note_form": form, "resumed": old}
        return super().delete_view(request, object_id, context)

    def deletion_note(self, request: HttpRequest) -> Note:
        return self.note_of(request)


def form_values(entry: Model, values: Snapshot) -> dict[str, Any]:
    """The values of a snapshot as a form has them: of another entry, its key."""
    fields = entry_fields(type(entry))  # type: ignore[arg-type]
    return {
        name: related_entry(fields[name], value).pk
        if isinstance(fields[name], ForeignKey)
        else value
        for name, value in values.items()
    }


def told_of_entries(proposed: ProposedEntries) -> Iterator[Told]:
    yield from told_of_outcome(proposed.proposals, proposed.waiting)
    for proposal in proposed.proposals:
        if proposal.conflicts:
            text = _(
                "It was changed by someone else while you were editing it. Both texts "
                "are kept. Compare them on the page of your proposal {link}."
            )
            yield Told(format_html(text, link=linked(proposal)), messages.WARNING)
        if proposal.entry_id is None:
            continue
        others = EntryProposal.objects.open().of(proposal.kind, proposal.entry_id)
        for other in others.exclude(pk=proposal.pk).with_people():
            text = _(
                "{name} has also submitted a proposal for it ({link}). Both are "
                "waiting for review."
            )
            warning = format_html(text, name=other.author, link=linked(other))
            yield Told(warning, messages.WARNING)
