"""The admin of proposals of any kind: read, decided one by one or many together."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.audit_log import log_change
from desk.models import ProposalState
from desk.proposals.approval.obstacles import NOT_OPEN
from desk.proposals.states import AnyProposal, AnyProposalQuerySet
from statements.admin.languages import BilingualListAdmin
from statements.admin.staff import staff_user
from statements.history.snapshot_diff import Names, names_of_terms
from statements.input.keys import read_key
from statements.input.plain_text import PlainTextField
from statements.write_lock import write_lock

ShownModel = TypeVar("ShownModel", bound=Model)
ReviewedModel = TypeVar("ReviewedModel", bound=AnyProposal)
APPROVE = "desk.approve_proposal"
#: What whoever has decided is told: what the proposal is, once all is committed.
DECIDED = {
    ProposalState.PUBLISHED: gettext_lazy("Approved and published."),
    ProposalState.SCHEDULED: gettext_lazy("Approved; it is published at its time."),
    ProposalState.RETURNED: gettext_lazy("The proposal was sent back to its author."),
    ProposalState.RETRACTED: gettext_lazy(
        "The proposal was taken back; it stays on record."
    ),
    ProposalState.IN_REVIEW: gettext_lazy(
        "It could not be published at its time, and waits for review again."
    ),
}
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


class Decisions(NamedTuple):
    """The three ways out of review, for one kind of proposals."""

    approve: Callable[[Any, User, int | None], None]
    send_back: Callable[[Any, User, str], None]
    take_back: Callable[[Any, User], None]


class ReviewingAdmin(BilingualListAdmin[ReviewedModel], ReadOnlyAdmin[ReviewedModel]):
    """Proposals of one kind, to review one by one or many on one page."""

    actions = ["look_at_chosen"]
    date_hierarchy = "made_at"
    decisions: Decisions
    #: How the page of those that are approved together calls them.
    parameter: str

    #: What they are told who approve upon something else than they looked at.
    moved_on: str | Promise

    def review(self, proposal: Any, names: Names) -> dict[str, Any]:
        """The changes that it would make, and what else its page says."""
        raise NotImplementedError

    def seen_now(self, proposal: Any) -> int:
        """A number that tells whether what the proposal stands on has changed."""
        raise NotImplementedError

    def waiting_for(self, user: User) -> AnyProposalQuerySet[ReviewedModel]:
        """The proposals that the user may approve: nobody approves their own."""
        proposals = cast(Any, self.model._default_manager).with_people()
        return cast(
            "AnyProposalQuerySet[ReviewedModel]",
            proposals.in_review().exclude(author=user),
        )

    def list_url(self) -> str:
        return reverse(f"admin:desk_{self.opts.model_name}_changelist")

    @write_lock()
    def approve_all_seen(self, seen: Mapping[int, int], by: User) -> None:
        """Approves each of these as it was looked at; two may be of different parts of
        one statement. Errors name the proposals.
        """
        proposals = self.waiting_for(by).in_bulk(list(seen))
        wrong = [f"#{pk}: {NOT_OPEN}" for pk in sorted(seen.keys() - proposals.keys())]
        for pk, proposal in sorted(proposals.items()):
            if self.seen_now(proposal) != seen[pk]:
                wrong.append(f"{proposal}: {self.moved_on}")
        if wrong:
            raise ValidationError(wrong)
        for _pk, proposal in sorted(proposals.items()):
            self.approve_named(proposal, by)

    def approve_named(self, proposal: ReviewedModel, by: User) -> None:
        try:
            self.decisions.approve(proposal, by, None)
        except ValidationError as error:
            raise ValidationError(
                [f"{proposal}: {text}" for text in error.messages]
            ) from error
        log_change(by, proposal, "approve")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(APPROVE)

    @admin.action(
        description=gettext_lazy("Look at the chosen on one page, to approve them"),
        permissions=["approve"],
    )
    def look_at_chosen(
        self, request: HttpRequest, chosen: QuerySet[ReviewedModel]
    ) -> HttpResponse:
        keys = chosen.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
        query = urlencode({self.parameter: list(keys)}, doseq=True)
        return HttpResponseRedirect(f"{reverse('staff:approving')}?{query}")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        proposals = cast(Any, self.model._default_manager).with_people()
        proposal = visible_row(self, request, proposals, object_id)
        if request.method == "POST":
            return self.decide(request, proposal)
        form = DecisionForm(initial={"seen": self.seen_now(proposal)})
        return self.review_page(request, proposal, form)

    def review_page(
        self, request: HttpRequest, proposal: ReviewedModel, form: DecisionForm
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **self.review(proposal, names_of_terms()),
            "title": _("Proposal"),
            "subtitle": str(proposal),
            "opts": self.opts,
            "proposal": proposal,
            "form": form,
            "may_review": may_review(staff_user(request), proposal),
            "is_own": proposal.author_id == request.user.pk,
        }
        return TemplateResponse(request, "desk/proposals/review.html", context)

    def decide(self, request: HttpRequest, proposal: ReviewedModel) -> HttpResponse:
        form, reviewer = DecisionForm(request.POST), staff_user(request)
        decision = request.POST.get("decision", "")
        here = HttpResponseRedirect(request.path)
        if not form.is_valid():
            return self.review_page(request, proposal, form)
        try:
            with write_lock():
                self.carry_out(decision, reviewer, proposal, form.cleaned_data)
                log_change(reviewer, proposal, decision)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return here
        proposal.refresh_from_db()
        messages.success(request, DECIDED[ProposalState(proposal.state)])
        return HttpResponseRedirect(self.list_url())

    def carry_out(
        self, decision: str, user: User, proposal: ReviewedModel, data: dict[str, Any]
    ) -> None:
        if decision == "take-back" and proposal.author_id == user.pk:
            self.decisions.take_back(proposal, user)
        elif not user.has_perm(APPROVE):
            raise PermissionDenied
        elif decision == "approve":
            self.decisions.approve(proposal, user, data["seen"])
        elif decision == "send-back":
            self.decisions.send_back(proposal, user, data["reason"])
        else:
            raise PermissionDenied


def may_review(user: User, proposal: AnyProposal) -> bool:
    """Says whether the user may decide; a scheduled proposal can still be sent back."""
    is_others = proposal.author_id != user.pk
    return proposal.is_open and is_others and user.has_perm(APPROVE)
