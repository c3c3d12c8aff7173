"""Pages of dates that have passed, and of statements that nobody checked lately."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from desk.pages import list_page, staff_page
from desk.requests import StaffRequest
from desk.upkeep.due_dates import passed_dates
from desk.upkeep.forms import NOBODY, OwnerForm, PassedDatesFilter, UpkeepFilter
from desk.upkeep.owners import (
    assign_owner,
    longest_unchecked_first,
    months_before,
    record_check,
)
from statements.input.keys import read_keys
from statements.input.own_address import own_address
from statements.models import Statement, StatementQuerySet
from statements.models.facts import EventQuerySet

CHANGE_UPKEEP = "desk.change_upkeep"
#: What the buttons send that record a check.
CHECK, CHECK_ALL = "check", "check-all"


@staff_page("statements.view_event")
@require_safe
def list_passed_dates(request: StaffRequest) -> HttpResponse:
    events = passed_dates()
    years = [day.year for day in events.order_by().dates("end", "year")]
    form = PassedDatesFilter(request.GET, years)
    return list_page(
        request,
        "desk/upkeep/passed.html",
        filter_passed_dates(events, form),
        title=_("Dates that have passed"),
        form=form,
    )


def filter_passed_dates(
    events: EventQuerySet, form: PassedDatesFilter
) -> EventQuerySet:
    if not form.is_valid():
        return events.none()
    if document := form.cleaned_data["document"]:
        events = events.filter(statement__document=document)
    if year := form.cleaned_data["year"]:
        events = events.filter(end__year=year)
    return events


@staff_page("desk.view_upkeep")
def list_upkeep(request: StaffRequest) -> HttpResponse:
    """Lists statements by owner and last check; records either of several at once."""
    if request.method == "POST":
        return record_upkeep(request, chosen_of(request), request.get_full_path())
    form = UpkeepFilter(request.GET)
    return list_page(
        request,
        "desk/upkeep/upkeep_list.html",
        filter_by_upkeep(longest_unchecked_first(), form),
        title=_("Owners and last checks"),
        form=form,
        owner_form=OwnerForm(),
        may_keep=request.user.has_perm(CHANGE_UPKEEP),
    )


def chosen_of(request: StaffRequest) -> StatementQuerySet:
    """The chosen statements; or all that the list has, as of a whole document."""
    if request.POST.get("do") == CHECK_ALL:
        return filter_by_upkeep(longest_unchecked_first(), UpkeepFilter(request.GET))
    keys = read_keys(request.POST.getlist("statement"))
    return Statement.objects.filter(pk__in=keys)


def filter_by_upkeep(
    statements: StatementQuerySet, form: UpkeepFilter
) -> StatementQuerySet:
    if not form.is_valid():
        return statements.none()
    data = form.cleaned_data
    if data["owner"] == NOBODY:
        statements = statements.filter(upkeep__owner=None)
    elif data["owner"]:
        statements = statements.filter(upkeep__owner=data["owner"])
    if data["document"]:
        statements = statements.filter(document=data["document"])
    if data["kind"]:
        statements = statements.filter(kind=data["kind"])
    if data["months"]:
        before = months_before(timezone.localdate(), data["months"])
        statements = statements.exclude(upkeep__checked_on__gte=before)
    return statements


@staff_page(CHANGE_UPKEEP)
@require_POST
def record_from_panel(request: StaffRequest, pk: int) -> HttpResponse:
    """Records the upkeep of one statement, from the panel above its form."""
    statement = get_object_or_404(Statement, pk=pk)
    form_page = reverse("admin:statements_statement_change", args=[pk])
    back = own_address(request, request.POST.get("next", ""))
    return record_upkeep(request, [statement], back or form_page)


def record_upkeep(
    request: StaffRequest, statements: Iterable[Statement], back: str
) -> HttpResponse:
    """Records the check or the owner, as the button says, and tells so."""
    if not request.user.has_perm(CHANGE_UPKEEP):
        raise PermissionDenied
    statements, form = list(statements), OwnerForm(request.POST)
    n = {"n": len(statements)}
    if not statements:
        messages.error(request, _("Choose at least one statement."))
    elif request.POST.get("do") in (CHECK, CHECK_ALL):
        record_check(statements, request.user)
        text = ngettext(
            "Recorded as checked today: %(n)s statement.",
            "Recorded as checked today: %(n)s statements.",
            len(statements),
        )
        messages.success(request, text % n)
    elif form.is_valid():
        owner = form.cleaned_data["owner"]
        assign_owner(statements, owner, request.user)
        text = ngettext(
            "Owner of %(n)s statement set to: %(owner)s",
            "Owner of %(n)s statements set to: %(owner)s",
            len(statements),
        )
        messages.success(request, text % {**n, "owner": owner or _("nobody")})
    else:
        messages.error(request, _("This person cannot be an owner."))
    return HttpResponseRedirect(back)
