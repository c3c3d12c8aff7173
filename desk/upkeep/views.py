"""What is due: dates that have passed, and statements that nobody checked lately."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from desk.pages import list_page, staff_page
from desk.upkeep.due_dates import passed_dates
from desk.upkeep.forms import NOBODY, OwnerForm, PassedDatesFilter, UpkeepFilter
from desk.upkeep.owners import (
    assign,
    longest_unchecked_first,
    months_before,
    record_check,
)
from statements.models import Statement, StatementQuerySet
from statements.models.facts import EventQuerySet

CHANGE_UPKEEP = "desk.change_upkeep"


@staff_page("statements.view_event")
@require_safe
def passed(request: HttpRequest) -> HttpResponse:
    events = passed_dates()
    years = [day.year for day in events.order_by().dates("end", "year")]
    form = PassedDatesFilter(request.GET, years)
    return list_page(
        request,
        "desk/upkeep/passed.html",
        passed_as_asked(events, form),
        title=_("Dates that have passed"),
        form=form,
    )


def passed_as_asked(events: EventQuerySet, form: PassedDatesFilter) -> EventQuerySet:
    if not form.is_valid():
        return events.none()
    if document := form.cleaned_data["document"]:
        events = events.filter(statement__document=document)
    if year := form.cleaned_data["year"]:
        events = events.filter(end__year=year)
    return events


@staff_page("desk.view_upkeep")
def upkeep_list(request: HttpRequest) -> HttpResponse:
    """Statements by owner and last check; several at a time are assigned or checked."""
    if request.method == "POST":
        chosen = Statement.objects.filter(pk__in=numbers_in(request, "statement"))
        return record_upkeep(request, chosen, request.get_full_path())
    form = UpkeepFilter(request.GET)
    return list_page(
        request,
        "desk/upkeep/upkeep_list.html",
        upkeep_as_asked(longest_unchecked_first(), form),
        title=_("Owners and last checks"),
        form=form,
        owner_form=OwnerForm(),
        may_keep=request.user.has_perm(CHANGE_UPKEEP),
    )


def upkeep_as_asked(
    statements: StatementQuerySet, form: UpkeepFilter
) -> StatementQuerySet:
    if not form.is_valid():
        return statements.none()
    asked = form.cleaned_data
    if asked["owner"] == NOBODY:
        statements = statements.filter(upkeep__owner=None)
    elif asked["owner"]:
        statements = statements.filter(upkeep__owner=asked["owner"])
    if asked["document"]:
        statements = statements.filter(document=asked["document"])
    if asked["kind"]:
        statements = statements.filter(kind=asked["kind"])
    if asked["months"]:
        before = months_before(timezone.localdate(), asked["months"])
        statements = statements.exclude(upkeep__checked_on__gte=before)
    return statements


def numbers_in(request: HttpRequest, name: str) -> list[str]:
    return [value for value in request.POST.getlist(name) if value.isdecimal()]


@staff_page(CHANGE_UPKEEP)
@require_POST
def upkeep(request: HttpRequest, pk: int) -> HttpResponse:
    """Of one statement, from the panel above its form."""
    statement = get_object_or_404(Statement, pk=pk)
    form_page = reverse("admin:statements_statement_change", args=[pk])
    back = request.POST.get("next", "")
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(back, hosts, request.is_secure()):
        back = form_page
    return record_upkeep(request, [statement], back)


def record_upkeep(request: HttpRequest, statements, back: str) -> HttpResponse:
    """Does what the button says, and tells so."""
    if not request.user.has_perm(CHANGE_UPKEEP):
        raise PermissionDenied
    statements, form = list(statements), OwnerForm(request.POST)
    n = {"n": len(statements)}
    if not statements:
        messages.error(request, _("Choose at least one statement."))
    elif request.POST.get("do") == "check":
        record_check(statements, request.user)
        text = ngettext(
            "%(n)s statement: checked today.",
            "%(n)s statements: checked today.",
            len(statements),
        )
        messages.success(request, text % n)
    elif form.is_valid():
        owner = form.cleaned_data["owner"]
        assign(statements, owner, request.user)
        text = ngettext(
            "%(n)s statement: the owner is now %(owner)s.",
            "%(n)s statements: the owner is now %(owner)s.",
            len(statements),
        )
        messages.success(request, text % {**n, "owner": owner or _("nobody")})
    else:
        messages.error(request, _("This person cannot be an owner."))
    return HttpResponseRedirect(back)
