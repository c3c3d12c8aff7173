"""Pages of links to be made and to be confirmed, and of statements without one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.links.candidates import (
    LINKABLE,
    CandidatePair,
    Suggester,
    linked_pairs,
    suggester,
)
from desk.links.decisions import (
    PAIR_DECIDED,
    Decision,
    propose_decisions,
    waiting_pairs,
)
from desk.links.forms import EndFilter, UnlinkedFilter
from desk.links.pair_rows import PairRow, draft_rows, suggested_rows
from desk.pages import list_page, staff_page
from desk.proposals.messages import tell
from desk.requests import StaffRequest
from explorer.continuity.queries import unlinked_statements as without_link
from statements.input.keys import read_keys
from statements.models import Link, LinkState, StatementQuerySet
from statements.models.links import LinkQuerySet

ADD_LINK, CHANGE_LINK = "statements.add_link", "statements.change_link"
PAIRS_PER_PAGE = 10


@staff_page(ADD_LINK)
def suggest_links(request: StaffRequest) -> HttpResponse:
    """Pairs that may deal with the same matter are linked here or rejected for good."""
    known = suggester(request.data_version)
    decided = linked_pairs() | waiting_pairs()
    form = EndFilter(request.GET)
    answer = list_page(
        request,
        "desk/links/suggestions.html",
        filter_pairs(form, known, decided),
        PAIRS_PER_PAGE,
        title=_("Suggested links"),
        form=form,
    )
    context = context_of(answer)
    pairs = context["page_obj"].object_list
    if request.method == "POST":
        pairs = posted_pairs(request, known)
    rows = suggested_rows(pairs, known, request.POST)
    context["rows"] = rows
    rejected = dict.fromkeys(rows, LinkState.REJECTED)
    is_post = request.method == "POST"
    if is_post and propose_and_tell(request, rejected, decided):
        return HttpResponseRedirect(request.get_full_path())
    return answer


def filter_pairs(
    form: EndFilter, known: Suggester, decided: set[tuple[int, int]]
) -> Sequence[CandidatePair]:
    if not form.is_valid():
        return []
    if statement := form.cleaned_data["statement"]:
        return known.suggestions_for(statement.pk, decided)
    return known.suggestions(decided)


def posted_pairs(request: StaffRequest, known: Suggester) -> list[CandidatePair]:
    """The pair that a form was sent for, if its statements can be one; none else."""
    ends = read_keys(request.POST.get("pair", "").split("-"))
    if len(ends) != 2:
        return []
    later, earlier = ends
    pair = known.pair(later, earlier, 0) if known.has(later, earlier) else None
    return [pair] if pair else []


def context_of(answer: TemplateResponse) -> dict[str, Any]:
    """The context of a page before it is rendered: rows may be added to it."""
    assert answer.context_data is not None
    return answer.context_data


@staff_page(CHANGE_LINK)
def decide_drafts(request: StaffRequest) -> HttpResponse:
    """Links of the initial load and of colleagues are confirmed here, or rejected."""
    waiting, form = waiting_pairs(), EndFilter(request.GET)
    answer = list_page(
        request,
        "desk/links/drafts.html",
        filter_drafts(form, waiting),
        PAIRS_PER_PAGE,
        title=_("Draft links"),
        form=form,
        n_waiting=len(waiting),
    )
    context = context_of(answer)
    links = context["page_obj"].object_list
    if request.method == "POST":
        links = posted_links(request)
    rows = draft_rows(links, request.POST)
    context["rows"] = rows
    if request.method == "POST":
        if propose_chosen(request, rows, waiting):
            return HttpResponseRedirect(request.get_full_path())
        messages.error(request, _("Nothing was saved. See the errors marked below."))
    return answer


def propose_chosen(
    request: StaffRequest, rows: list[PairRow], decided: set[tuple[int, int]]
) -> bool:
    """Proposes what was chosen for any of the links shown: all of it, or nothing."""
    if not all(row.form.is_valid() for row in rows):
        return False
    chosen = {
        row: LinkState(row.form.cleaned_data["state"])
        for row in rows
        if row.form.cleaned_data["state"] != LinkState.SUGGESTED
    }
    meanwhile = {
        (row.later.pk, row.earlier.pk)
        for row in rows
        if row.link and row.link.state != LinkState.SUGGESTED
    }
    return propose_and_tell(request, chosen, decided | meanwhile)


def posted_links(request: StaffRequest) -> LinkQuerySet:
    """The links that the form showed, whatever has become of them since."""
    keys = read_keys(request.POST.getlist("link"))
    return Link.objects.filter(pk__in=keys).select_related("later", "earlier")


def filter_drafts(form: EndFilter, waiting: set[tuple[int, int]]) -> LinkQuerySet:
    if not form.is_valid():
        return Link.objects.none()
    drafts = Link.objects.public().filter(state=LinkState.SUGGESTED)
    touched = drafts.filter(later__in={later for later, _earlier in waiting})
    waiting_already = [
        pk
        for pk, *pair in touched.values_list("pk", "later", "earlier")
        if tuple(pair) in waiting
    ]
    if statement := form.cleaned_data["statement"]:
        drafts = drafts.of(statement)
    return drafts.exclude(pk__in=waiting_already).select_related("later", "earlier")


def propose_and_tell(
    request: StaffRequest,
    states: dict[PairRow, LinkState],
    decided: set[tuple[int, int]],
) -> bool:
    """Proposes the decisions and tells so; False when a form is to be corrected."""
    for row in states:
        pair = (row.later.pk, row.earlier.pk)
        if row.form.is_valid() and pair in decided:
            row.form.add_error("rationale_ko", PAIR_DECIDED)
    if not all(row.form.is_valid() for row in states):
        return False
    if not states:
        messages.info(request, _("No links were decided."))
        return True
    decisions = [
        Decision(row.later, row.earlier, state, **cleaned_rationale(row))
        for row, state in states.items()
    ]
    try:
        proposed = propose_decisions(request.user, decisions)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    tell(request, proposed)
    return True


def cleaned_rationale(row: PairRow) -> dict[str, str]:
    names = ("rationale_ko", "rationale_en")
    return {name: row.form.cleaned_data[name] for name in names}


@staff_page("statements.view_link")
@require_safe
def list_unlinked(request: StaffRequest) -> HttpResponse:
    form = UnlinkedFilter(request.GET)
    return list_page(
        request,
        "desk/links/unlinked.html",
        filter_unlinked(form),
        title=_("Statements without a link"),
        form=form,
        linkable=LINKABLE,
        may_add=request.user.has_perm(ADD_LINK),
    )


def filter_unlinked(form: UnlinkedFilter) -> StatementQuerySet:
    if not form.is_valid():
        return without_link().none()
    statements = without_link(form.kinds, form.ends)
    if document := form.cleaned_data["document"]:
        statements = statements.filter(document=document)
    return statements
