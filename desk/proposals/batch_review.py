"""Several proposals looked at on one page, and approved together."""

from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.audit_log import log_change
from desk.models import Proposal
from desk.pages import staff_page, staff_response
from desk.proposals.decide import approve, latest
from desk.proposals.models import ProposalQuerySet
from desk.proposals.review import APPROVE, MOST_AT_ONCE
from statements.admin.staff import staff_user
from statements.history.snapshot_diff import FieldChange, diff_snapshots, names_of_terms
from statements.input.keys import read_keys


class ReviewRow(NamedTuple):
    """A proposal, its changes, and the revision `seen` that it is looked at against."""

    proposal: Proposal
    changes: list[FieldChange]
    seen: int


def proposals_of_others(user: User) -> ProposalQuerySet:
    """The proposals that the user may approve: nobody approves their own."""
    return Proposal.objects.with_people().in_review().exclude(author=user)


@staff_page(APPROVE)
def approving(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return approve_together(request)
    keys = read_keys(request.GET.getlist("proposal"))
    proposals = proposals_of_others(staff_user(request))
    names = names_of_terms()
    looked = [
        ReviewRow(
            proposal,
            diff_snapshots(proposal.present, proposal.result, names, in_full=True),
            latest(proposal.statement_id).pk,
        )
        for proposal in proposals.filter(pk__in=keys[:MOST_AT_ONCE]).order_by("pk")
    ]
    title = _("Proposals to approve together")
    return staff_response(
        request, "desk/proposals/batch_review.html", title=title, looked=looked
    )


def approve_together(request: HttpRequest) -> HttpResponse:
    """Approves all that are ticked, or none where one cannot be approved."""
    ticked = [read_keys(pair.split("-")) for pair in request.POST.getlist("approve")]
    seen = {pair[0]: pair[1] for pair in ticked if len(pair) == 2}
    reviewer = staff_user(request)
    waiting = proposals_of_others(reviewer)
    proposals = list(waiting.filter(pk__in=seen).order_by("pk"))
    try:
        with transaction.atomic():
            for proposal in proposals:
                approve_seen(proposal, reviewer, seen[proposal.pk])
    except ValidationError as error:
        text = _("Nothing was approved.")
        messages.error(request, " ".join([text, *error.messages]))
        return HttpResponseRedirect(request.get_full_path())
    text = ngettext(
        "%(n)s proposal was approved.",
        "%(n)s proposals were approved.",
        len(proposals),
    )
    messages.success(request, text % {"n": len(proposals)})
    return HttpResponseRedirect(reverse("admin:desk_proposal_changelist"))


def approve_seen(proposal: Proposal, by: User, seen: int) -> None:
    """Approves a proposal seen against that revision; errors name the proposal."""
    try:
        approve(proposal, by, seen)
    except ValidationError as error:
        raise ValidationError(
            [f"{proposal}: {text}" for text in error.messages]
        ) from error
    log_change(by, proposal, "approve")
