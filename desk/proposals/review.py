"""Reviewing proposals, and returning to an earlier revision, in the admin."""

from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.audit_log import log_change
from desk.models import Proposal
from desk.proposals.decide import approve, latest, published_below, send_back, take_back
from statements.admin.languages import BilingualListAdmin
from statements.admin.staff import staff_user
from statements.fields import TEXTS
from statements.history.snapshot_diff import diff_snapshots, names_of_terms
from statements.input.keys import read_key
from statements.input.plain_text import PlainTextField

ShownModel = TypeVar("ShownModel", bound=Model)
APPROVE = "desk.approve_proposal"
#: As many as one person can look through on one page.
MOST_AT_ONCE = 50


class ReadOnlyAdmin(admin.ModelAdmin[ShownModel]):
    """Rows to read; what can be done with them has buttons of its own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


def visible_row(
    model_admin: admin.ModelAdmin[ShownModel],
    request: HttpRequest,
    rows: QuerySet[ShownModel],
    object_id: str,
) -> ShownModel:
    """The row of that key, for those who may see it; raises Http404 where there is
    none, and PermissionDenied.
    """
    key = read_key(object_id)
    row = None if key is None else rows.filter(pk=key).first()
    if row is None:
        raise Http404
    if not model_admin.has_view_permission(request, row):
        raise PermissionDenied
    return row


class DecisionForm(forms.Form):
    """A reviewer's decision: `seen` is the revision that they looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = PlainTextField(
        label=gettext_lazy("Reason for sending it back"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposalAdmin(BilingualListAdmin[Proposal], ReadOnlyAdmin[Proposal]):
    """Proposals to review, one by one or many on one page."""

    list_display = ["__str__", "state", "author", "made_at", "publish_at", "note_ko"]
    list_filter = ["state", "is_minor", "statement__kind", "author"]
    list_select_related = ["statement", "author"]
    search_fields = ["statement__code", "note_ko", "note_en"]
    date_hierarchy = "made_at"
    actions = ["look_at_chosen"]

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(APPROVE)

    @admin.action(
        description=gettext_lazy("Look at the chosen on one page, to approve them"),
        permissions=["approve"],
    )
    def look_at_chosen(
        self, request: HttpRequest, chosen: QuerySet[Proposal]
    ) -> HttpResponse:
        keys = chosen.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
        query = urlencode({"proposal": list(keys)}, doseq=True)
        return HttpResponseRedirect(f"{reverse('staff:approving')}?{query}")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        proposals = Proposal.objects.with_people()
        proposal = visible_row(self, request, proposals, object_id)
        seen = latest(proposal.statement_id).pk
        form = DecisionForm(request.POST or None, initial={"seen": seen})
        if form.is_valid():
            return self.decide(request, proposal, form)
        context = {
            **self.admin_site.each_context(request),
            **review_of(proposal),
            "title": _("Proposal"),
            "subtitle": str(proposal),
            "opts": self.opts,
            "proposal": proposal,
            "form": form,
            "may_review": may_review(staff_user(request), proposal),
            "is_own": proposal.author_id == request.user.pk,
        }
        return TemplateResponse(request, "desk/proposals/review.html", context)

    def decide(
        self, request: HttpRequest, proposal: Proposal, form: DecisionForm
    ) -> HttpResponse:
        reviewer = staff_user(request)
        decision = request.POST.get("decision", "")
        here = HttpResponseRedirect(request.path)
        try:
            with transaction.atomic():
                message = carry_out_decision(
                    decision, reviewer, proposal, form.cleaned_data
                )
                log_change(reviewer, proposal, decision)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return here
        messages.success(request, message)
        return HttpResponseRedirect(reverse("admin:desk_proposal_changelist"))


def may_review(user: User, proposal: Proposal) -> bool:
    """Says whether the user may decide; a scheduled proposal can still be sent back."""
    is_others = proposal.author_id != user.pk
    return proposal.is_open and is_others and user.has_perm(APPROVE)


def carry_out_decision(
    decision: str, user: User, proposal: Proposal, data: dict[str, Any]
) -> str:
    """Approves the proposal, sends or takes it back, and returns a message of that."""
    if decision == "take-back" and proposal.author_id == user.pk:
        take_back(proposal, user)
        return _("The proposal was taken back; it stays on record.")
    if not user.has_perm(APPROVE):
        raise PermissionDenied
    if decision == "approve":
        approve(proposal, user, seen=data["seen"])
        proposal.refresh_from_db()
        if proposal.revision_id:
            return _("Approved and published.")
        return _("Approved; it is published at its time.")
    if decision == "send-back":
        send_back(proposal, user, data["reason"])
        return _("The proposal was sent back to its author.")
    raise PermissionDenied


def review_of(proposal: Proposal) -> dict[str, Any]:
    """The changes that would be made in public, and both texts where two people have
    changed one.
    """
    names = names_of_terms()
    decided = {**proposal.base.snapshot, **proposal.changes}
    old = proposal.present if proposal.is_open else proposal.base.snapshot
    new = proposal.result if proposal.is_open else decided
    below = published_below(proposal.statement) if proposal.withdraws else []
    return {
        "changes": diff_snapshots(old, new, names, in_full=True),
        "clashes": both_texts(proposal) if proposal.is_open else [],
        "below": below,
    }


def both_texts(proposal: Proposal) -> list[dict[str, Any]]:
    """The parts that two people changed: as each was, is, and would be."""
    return [
        {
            "label": TEXTS[name].label if name in TEXTS else name,
            "language": TEXTS[name].language if name in TEXTS else "",
            "base": proposal.base.snapshot.get(name),
            "present": proposal.present.get(name),
            "proposed": value,
        }
        for name, value in proposal.conflicts.items()
    ]
