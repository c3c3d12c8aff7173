"""Batches in the admin: their list, and the page on which one is decided."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desk.batches.contents import contents_of
from desk.batches.decide import (
    approve_batch,
    mark_of,
    send_batch_back,
    take_batch_back,
)
from desk.batches.give_back import changed_again, return_batch
from desk.batches.models import BatchQuerySet
from desk.models import Batch, Proposal, ProposalState
from desk.proposals.further.resumed import EDIT_KOREAN
from desk.proposals.further.terms import PublishingTime
from desk.proposals.note_form import DecisionForm, NoteForm
from desk.proposals.review_admin import APPROVE
from desk.read_only_admin import ReadOnlyAdmin, visible_row
from statements.admin.staff import staff_user


class BatchDecisionForm(DecisionForm):
    """One decision for all that waits, perhaps with one time of publication."""

    publish_at = PublishingTime(
        label=gettext_lazy("Publish everything at (Korean Standard Time)"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "For example, 2026-12-24 10:00. If empty, it is published at the time its "
            "author set, or as soon as it is approved."
        ),
    )


class BatchAdmin(ReadOnlyAdmin[Batch]):
    """Batches of proposals."""

    list_display = [
        "__str__",
        "subject",
        "author",
        "made_at",
        "waiting",
        "approved",
        "sent_back",
        "taken_back",
    ]
    list_filter = ["kind", "author"]
    list_select_related = ["author"]
    search_fields = ["subject"]
    date_hierarchy = "made_at"

    def get_queryset(self, request: HttpRequest) -> BatchQuerySet:
        return Batch.objects.with_counts()

    @admin.display(description=gettext_lazy("waiting"))
    def waiting(self, batch: Batch) -> int:
        return batch.in_review

    @admin.display(description=gettext_lazy("approved"))
    def approved(self, batch: Batch) -> int:
        return batch.published + batch.scheduled

    @admin.display(description=gettext_lazy("returned"))
    def sent_back(self, batch: Batch) -> int:
        return batch.sent_back

    @admin.display(description=gettext_lazy("withdrawn"))
    def taken_back(self, batch: Batch) -> int:
        return batch.taken_back

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        batches = Batch.objects.with_counts().select_related("author", "returns")
        batch = visible_row(self, request, batches, object_id)
        if request.method != "POST":
            form = BatchDecisionForm(initial={"seen": mark_of(batch)})
            return self.batch_page(request, batch, form, NoteForm())
        if request.POST.get("decision") == "return":
            return self.propose_return(request, batch)
        return self.decide(request, batch)

    def batch_page(
        self,
        request: HttpRequest,
        batch: Batch,
        form: BatchDecisionForm,
        note_form: NoteForm,
    ) -> HttpResponse:
        user = staff_user(request)
        is_own = batch.author_id == user.pk
        is_open = bool(batch.in_review or batch.scheduled)
        may_return = not is_open and batch.published and not batch.is_returned
        may_return = may_return and user.has_perm(EDIT_KOREAN)
        context = {
            **self.admin_site.each_context(request),
            **contents_of(batch, user, request.GET.get("page")),
            "title": _("Batch"),
            "subtitle": str(batch),
            "opts": self.opts,
            "batch": batch,
            "form": form,
            "note_form": note_form,
            "is_own": is_own,
            "is_open": is_open,
            "may_review": is_open and not is_own and user.has_perm(APPROVE),
            "may_return": may_return,
            "changed_again": changed_again(batch) if may_return else [],
        }
        return TemplateResponse(request, "desk/batches/batch.html", context)

    def decide(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        form, user = BatchDecisionForm(request.POST), staff_user(request)
        if not form.is_valid():
            return self.batch_page(request, batch, form, NoteForm())
        decision = request.POST.get("decision", "")
        try:
            decided = carry_out_decision(decision, batch, user, form.cleaned_data)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)
        messages.success(request, told_of_decision(decided))
        if rest := batch.size - len(decided):
            text = ngettext(
                "%(n)s proposal was decided separately before and stays as it is.",
                "%(n)s proposals were decided separately before and stay as they are.",
                rest,
            )
            messages.info(request, text % {"n": rest})
        return HttpResponseRedirect(request.path)

    def propose_return(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        form, user = NoteForm(request.POST), staff_user(request)
        if not user.has_perm(EDIT_KOREAN):
            raise PermissionDenied
        if not form.is_valid():
            decision = BatchDecisionForm(initial={"seen": mark_of(batch)})
            return self.batch_page(request, batch, decision, form)
        try:
            returned = return_batch(batch, user, form.note)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)
        text = _(
            "The proposal to revert the batch was submitted. It will be published once"
            " another person approves it."
        )
        messages.success(request, text)
        return HttpResponseRedirect(returned.desk_url)


def carry_out_decision(
    decision: str, batch: Batch, user: User, data: dict[str, Any]
) -> list[Proposal]:
    seen: int = data["seen"]
    if decision == "take-back":
        return take_batch_back(batch, user, seen)
    if not user.has_perm(APPROVE):
        raise PermissionDenied
    if decision == "approve":
        return approve_batch(batch, user, seen, data["publish_at"])
    if decision == "send-back":
        return send_batch_back(batch, user, data["reason"], seen)
    raise PermissionDenied


def told_of_decision(decided: list[Proposal]) -> str:
    """One of them speaks for all: they were decided in the same way."""
    n = len(decided)
    words = {
        ProposalState.PUBLISHED: ngettext(
            "%(n)s proposal was approved and published.",
            "%(n)s proposals were approved and published.",
            n,
        ),
        ProposalState.SCHEDULED: ngettext(
            "%(n)s proposal was approved and will be published at its scheduled time.",
            "%(n)s proposals were approved and will be published at their scheduled "
            "times.",
            n,
        ),
        ProposalState.RETURNED: ngettext(
            "%(n)s proposal was returned.", "%(n)s proposals were returned.", n
        ),
        ProposalState.RETRACTED: ngettext(
            "%(n)s proposal was withdrawn.", "%(n)s proposals were withdrawn.", n
        ),
    }
    return words[ProposalState(decided[0].state)] % {"n": n}
