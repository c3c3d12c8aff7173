"""Several proposals looked at on one page, and approved together."""

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.audit_log import log_change
from desk.models import Proposal
from desk.pages import staff_page, staff_response
from desk.proposals.decide import MOVED_ON, NOT_OPEN, approve, latest
from desk.proposals.models import ProposalQuerySet
from desk.proposals.review import APPROVE, MOST_AT_ONCE
from statements.admin.staff import staff_user
from statements.history.snapshot_diff import FieldChange, diff_snapshots, names_of_terms
from statements.write_lock import write_lock


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
    keys = [key for key in request.GET.getlist("proposal") if key.isdecimal()]
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
    ticked = [pair.partition("-") for pair in request.POST.getlist("approve")]
    seen = {int(k): int(r) for k, _dash, r in ticked if k.isdecimal() and r.isdecimal()}
    try:
        approve_all_seen(seen, staff_user(request))
    except ValidationError as error:
        text = _("Nothing was approved.")
        messages.error(request, " ".join([text, *error.messages]))
        return HttpResponseRedirect(request.get_full_path())
    text = ngettext(
        "%(n)s proposal was approved.",
        "%(n)s proposals were approved.",
        len(seen),
    )
    messages.success(request, text % {"n": len(seen)})
    return HttpResponseRedirect(reverse("admin:desk_proposal_changelist"))


@write_lock()
def approve_all_seen(seen: Mapping[int, int], by: User) -> None:
    """Approves each of these as it was looked at, against that revision; two may be of
    different parts of one statement. Errors name the proposals.
    """
    proposals = proposals_of_others(by).in_bulk(list(seen))
    wrong = [f"#{pk}: {NOT_OPEN}" for pk in sorted(seen.keys() - proposals.keys())]
    for pk, proposal in sorted(proposals.items()):
        if latest(proposal.statement_id).pk != seen[pk]:
            wrong.append(f"{proposal}: {MOVED_ON}")
    if wrong:
        raise ValidationError(wrong)
    for _pk, proposal in sorted(proposals.items()):
        approve_named(proposal, by)


def approve_named(proposal: Proposal, by: User) -> None:
    try:
        approve(proposal, by)
    except ValidationError as error:
        raise ValidationError(
            [f"{proposal}: {text}" for text in error.messages]
        ) from error
    log_change(by, proposal, "approve")
