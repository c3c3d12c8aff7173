"""Several proposals looked at on one page, and approved together."""

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.models import EntryProposal, Proposal
from desk.pages import staff_page, staff_response
from desk.proposals.review_admin import APPROVE, MOST_AT_ONCE, ReviewingAdmin
from desk.proposals.states import AnyProposal
from statements.admin.staff import staff_user
from statements.history.snapshot_diff import FieldChange, names_of_terms
from statements.input.keys import read_keys
from statements.models import Statement


class ReviewRow(NamedTuple):
    """A proposal, its changes, and the mark `seen` of what it is looked at upon."""

    proposal: AnyProposal
    changes: list[FieldChange]
    losing: Iterable[Statement]
    seen: int


def reviewing_admin(request: HttpRequest) -> ReviewingAdmin[Any]:
    """The admin of the kind of proposals that the address names: one kind a page."""
    model = EntryProposal if "entry" in request.GET else Proposal
    return cast("ReviewingAdmin[Any]", admin.site._registry[model])


@staff_page(APPROVE)
def approving(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return approve_together(request)
    reviewing = reviewing_admin(request)
    keys = read_keys(request.GET.getlist(reviewing.parameter))
    chosen = reviewing.chosen(keys[:MOST_AT_ONCE])
    obstacles = reviewing.decisions.obstacles(chosen, staff_user(request))
    names = names_of_terms()
    fit = [proposal for proposal in chosen if proposal.pk not in obstacles]
    seen = reviewing.all_seen_now(fit)
    looked = [
        ReviewRow(
            proposal,
            reviewing.changes(proposal, names),
            reviewing.losing(proposal),
            seen[proposal.pk],
        )
        for proposal in fit
    ]
    return staff_response(
        request,
        "desk/proposals/batch_review.html",
        title=_("Proposals to approve together"),
        looked=looked,
        left_out=[(one, obstacles[one.pk]) for one in chosen if one.pk in obstacles],
        list_url=reviewing.list_url(),
    )


def approve_together(request: HttpRequest) -> HttpResponse:
    """Approves all that are ticked, or none where one cannot be approved."""
    ticked = [read_keys(pair.split("-")) for pair in request.POST.getlist("approve")]
    seen = {pair[0]: pair[1] for pair in ticked if len(pair) == 2}
    reviewing = reviewing_admin(request)
    try:
        reviewing.approve_all_seen(seen, staff_user(request))
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
    return HttpResponseRedirect(reviewing.list_url())
