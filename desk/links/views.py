"""Links to be made, to be confirmed, and what has none."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from desk.links.candidates import LINKABLE, CandidatePair, Suggester, suggester
from desk.links.decisions import Decision, Waiting, propose_decisions, waiting_decisions
from desk.links.forms import EndFilter, UnlinkedFilter
from desk.links.pair_rows import PairRow, draft_rows, suggested_rows
from desk.pages import list_page, staff_page
from desk.proposals.messages import tell
from explorer.continuity.queries import unlinked as without_link
from statements.models import Link, LinkState, StatementQuerySet
from statements.models.links import LinkQuerySet

ADD, CHANGE = "statements.add_link", "statements.change_link"
PER_PAGE = 10
DECIDED = gettext_lazy(
    "This pair has been decided meanwhile. Your text is kept here, to be copied."
)


@staff_page(ADD)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Pairs that may deal with the same matter: to be linked, or rejected for good."""
    known, others = suggester(request.data_version), waiting_decisions()
    form = EndFilter(request.GET)
    answer = list_page(
        request,
        "desk/links/suggestions.html",
        pairs_asked_for(form, known, others),
        PER_PAGE,
        title=_("Suggested links"),
        form=form,
    )
    pairs = answer.context_data["page_obj"].object_list
    if request.method == "POST":
        pairs = sent_pairs(request, known)
    rows = suggested_rows(pairs, known, others, request.user, request.POST)
    answer.context_data["rows"] = rows
    if request.method == "POST":
        decided = known.known | others.pairs
        if propose_and_tell(request, dict.fromkeys(rows, LinkState.REJECTED), decided):
            return HttpResponseRedirect(request.get_full_path())
    return answer


def pairs_asked_for(
    form: EndFilter, known: Suggester, others: Waiting
) -> Sequence[CandidatePair]:
    if not form.is_valid():
        return []
    if statement := form.cleaned_data["statement"]:
        return known.suggestions_for(statement.pk, others.pairs)
    return known.suggestions(others.pairs)


def sent_pairs(request: HttpRequest, known: Suggester) -> list[CandidatePair]:
    """The one pair that a form was sent for, if it is of statements that can be one."""
    ends = request.POST.get("pair", "").split("-")
    if len(ends) != 2 or not all(end.isdecimal() for end in ends):
        return []
    later, earlier = map(int, ends)
    found = known.pair(later, earlier, 0) if known.has(later, earlier) else None
    return [found] if found else []


@staff_page(CHANGE)
def drafts(request: HttpRequest) -> HttpResponse:
    """Links of the initial load and of colleagues, to be confirmed or rejected."""
    others, form = waiting_decisions(), EndFilter(request.GET)
    answer = list_page(
        request,
        "desk/links/drafts.html",
        drafts_asked_for(form, others),
        PER_PAGE,
        title=_("Draft links"),
        form=form,
        n_waiting=len(others.pairs),
    )
    links = answer.context_data["page_obj"].object_list
    if request.method == "POST":
        links = sent_links(request)
    rows = draft_rows(links, others, request.user, request.POST)
    answer.context_data["rows"] = rows
    if request.method == "POST":
        if keep_chosen(request, rows, others.pairs):
            return HttpResponseRedirect(request.get_full_path())
        messages.error(request, _("Nothing was saved: see what is marked below."))
    return answer


def keep_chosen(
    request: HttpRequest, rows: list[PairRow], decided: set[tuple[int, int]]
) -> bool:
    """What was chosen for any of the links shown: all of it, or nothing."""
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
        if row.link.state != LinkState.SUGGESTED
    }
    return propose_and_tell(request, chosen, decided | meanwhile)


def sent_links(request: HttpRequest) -> LinkQuerySet:
    """Those that the form showed, whatever has become of them since."""
    keys = [key for key in request.POST.getlist("link") if key.isdecimal()]
    return Link.objects.filter(pk__in=keys).select_related("later", "earlier")


def drafts_asked_for(form: EndFilter, others: Waiting) -> LinkQuerySet:
    if not form.is_valid():
        return Link.objects.none()
    drafts = Link.objects.public().filter(state=LinkState.SUGGESTED)
    touched = drafts.filter(later__in={later for later, _earlier in others.pairs})
    waiting_already = [
        pk
        for pk, *pair in touched.values_list("pk", "later", "earlier")
        if tuple(pair) in others.pairs
    ]
    if statement := form.cleaned_data["statement"]:
        drafts = drafts.of(statement)
    return drafts.exclude(pk__in=waiting_already).select_related("later", "earlier")


def propose_and_tell(
    request: HttpRequest,
    states: dict[PairRow, LinkState],
    decided: set[tuple[int, int]],
) -> bool:
    """Proposes it, and tells so; False when something is to be corrected first."""
    for row in states:
        pair = (row.later.pk, row.earlier.pk)
        if row.form.is_valid() and (row.waits_for or pair in decided):
            row.form.add_error("rationale_ko", DECIDED)
    if not all(row.form.is_valid() for row in states):
        return False
    if not states:
        messages.info(request, _("Nothing was decided."))
        return True
    decisions = [
        Decision(row.later, row.earlier, state, **rationale_of(row))
        for row, state in states.items()
    ]
    try:
        proposed = propose_decisions(request.user, decisions)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    tell(request, proposed)
    return True


def rationale_of(row: PairRow) -> dict[str, str]:
    names = ("rationale_ko", "rationale_en")
    return {name: row.form.cleaned_data[name] for name in names}


@staff_page("statements.view_link")
@require_safe
def unlinked_page(request: HttpRequest) -> HttpResponse:
    form = UnlinkedFilter(request.GET)
    return list_page(
        request,
        "desk/links/unlinked.html",
        unlinked_asked_for(form),
        title=_("Statements without a link"),
        form=form,
        linkable=LINKABLE,
        may_add=request.user.has_perm(ADD),
    )


def unlinked_asked_for(form: UnlinkedFilter) -> StatementQuerySet:
    if not form.is_valid():
        return without_link().none()
    found = without_link(form.kinds)
    if document := form.cleaned_data["document"]:
        found = found.filter(document=document)
    return found
