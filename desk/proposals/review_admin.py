"""The admin of proposals of any kind: read, decided one by one or many together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desk.audit_log import log_change, log_decided
from desk.models import ProposalState
from desk.proposals.approval.obstacles import NOT_OPEN, Obstacles
from desk.proposals.note_form import DecisionForm
from desk.proposals.states import AnyProposal
from desk.read_only_admin import ReadOnlyAdmin, visible_row
from statements.admin.languages import BilingualListAdmin
from statements.admin.staff import staff_user
from statements.history.snapshot_diff import FieldChange, Names, names_of_terms
from statements.models import Statement
from statements.write_lock import write_lock

if TYPE_CHECKING:
    from django.contrib.admin.options import _ListDisplayT

ReviewedModel = TypeVar("ReviewedModel", bound=AnyProposal)
APPROVE = "desk.approve_proposal"
#: What whoever has decided is told: what the proposal is, once all is committed.
DECIDED = {
    ProposalState.PUBLISHED: gettext_lazy("Approved and published."),
    ProposalState.SCHEDULED: gettext_lazy(
        "Approved. It will be published at its scheduled time."
    ),
    ProposalState.RETURNED: gettext_lazy("The proposal was returned to its author."),
    ProposalState.RETRACTED: gettext_lazy(
        "The proposal was withdrawn. It stays on record."
    ),
    ProposalState.IN_REVIEW: gettext_lazy(
        "It could not be published at its scheduled time and is waiting for review "
        "again."
    ),
}
TIME_PASSED = gettext_lazy(
    "Its publication time has passed since you opened this page. Check it again: if "
    "you approve it now, it is published at once."
)
#: As many as one person can look through on one page.
MOST_AT_ONCE = 50


class Decisions(NamedTuple):
    """The three ways out of review, for one kind of proposals; and for many at once,
    the approval of all, with what stands in its way, or in that of each alone.
    """

    approve: Callable[[Any, User, int | None], None]
    send_back: Callable[[Any, User, str], None]
    take_back: Callable[[Any, User], None]
    approve_together: Callable[[User, Collection[Any]], Sequence[Any]]
    obstacles: Callable[[Collection[Any], User], Obstacles]
    obstacles_alone: Callable[[Collection[Any], User], Obstacles]


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
        """The contents of its page."""
        raise NotImplementedError

    def may_resume(self, user: User, proposal: Any) -> bool:
        """Says whether the user can edit it further, or take it up again."""
        raise NotImplementedError

    def seen_now(self, proposal: Any) -> int:
        """A number that tells whether what the proposal stands on has changed."""
        raise NotImplementedError

    def all_seen_now(self, proposals: Iterable[Any]) -> dict[int, int]:
        """The same of each, by its key."""
        return {proposal.pk: self.seen_now(proposal) for proposal in proposals}

    def changes(self, proposal: Any, names: Names) -> list[FieldChange]:
        """The changes that it would make, or those that were proposed."""
        raise NotImplementedError

    def losing(self, proposal: Any) -> Iterable[Statement]:
        """The statements that would lose a tag."""
        return ()

    def chosen(self, keys: Collection[int]) -> list[ReviewedModel]:
        """The proposals of those keys, whether they can be approved or not."""
        rows = cast(Any, self.model._default_manager).with_people()
        found: Mapping[int, ReviewedModel] = rows.in_bulk(list(keys))
        return [proposal for _pk, proposal in sorted(found.items())]

    def list_url(self) -> str:
        return reverse(f"admin:desk_{self.opts.model_name}_changelist")

    @write_lock()
    def approve_all_seen(self, seen: Mapping[int, int], by: User) -> None:
        """Approves each of these as it was looked at; two may be of different parts of
        one statement. Errors name the proposals.
        """
        proposals = self.chosen(seen)
        gone = seen.keys() - {proposal.pk for proposal in proposals}
        wrong = [f"#{pk}: {NOT_OPEN}" for pk in sorted(gone)]
        now = self.all_seen_now(proposals)
        for proposal in proposals:
            if not proposal.is_open:
                wrong.append(f"#{proposal.pk}: {NOT_OPEN}")
            elif now[proposal.pk] != seen[proposal.pk]:
                wrong.append(f"{proposal}: {self.moved_on}")
        if wrong:
            raise ValidationError(wrong)
        log_decided(by, self.decisions.approve_together(by, proposals), "approve")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Marks in the list what cannot be approved, with the reason."""
        listed = super().get_changelist_instance(request)
        if self.has_approve_permission(request):
            rows = [row for row in listed.result_list if row.is_open]
            found = self.decisions.obstacles_alone(rows, staff_user(request))
            for row in rows:
                row.obstacle = found.get(row.pk, "")
        return listed

    @admin.display(description=gettext_lazy("Why it cannot be approved"))
    def obstacle(self, proposal: ReviewedModel) -> str:
        return str(getattr(proposal, "obstacle", ""))

    def get_list_display(self, request: HttpRequest) -> _ListDisplayT[ReviewedModel]:
        """Those who approve are told why something cannot be."""
        columns = super().get_list_display(request)
        if self.has_approve_permission(request):
            return columns
        return [column for column in columns if column != "obstacle"]

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(APPROVE)

    @admin.action(
        description=gettext_lazy("Review and approve selected proposals on one page"),
        permissions=["approve"],
    )
    def look_at_chosen(
        self, request: HttpRequest, chosen: QuerySet[ReviewedModel]
    ) -> HttpResponse:
        keys = list(chosen.order_by("pk").values_list("pk", flat=True))
        if rest := len(keys[MOST_AT_ONCE:]):
            text = ngettext(
                "%(n)s of the selected proposals was left out: a page shows at most "
                "%(most)s. A batch is approved as a whole on its own page.",
                "%(n)s of the selected proposals were left out: a page shows at most "
                "%(most)s. A batch is approved as a whole on its own page.",
                rest,
            )
            messages.warning(request, text % {"n": rest, "most": MOST_AT_ONCE})
        query = urlencode({self.parameter: keys[:MOST_AT_ONCE]}, doseq=True)
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
        shown = {"seen": self.seen_now(proposal), "is_overdue": proposal.is_overdue}
        form = DecisionForm(initial=shown)
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
            "may_resume": self.may_resume(staff_user(request), proposal),
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
            if proposal.is_overdue and not data["is_overdue"]:
                raise ValidationError(TIME_PASSED)
            self.decisions.approve(proposal, user, data["seen"])
        elif decision == "send-back":
            self.decisions.send_back(proposal, user, data["reason"])
        else:
            raise PermissionDenied


def may_review(user: User, proposal: AnyProposal) -> bool:
    """Says whether the user may decide; a scheduled proposal can still be sent back."""
    is_others = proposal.author_id != user.pk
    return proposal.is_open and is_others and user.has_perm(APPROVE)
