"""The pages of changes, and of a statement and the whole site as of a day."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from statements.history.change_log import ChangeLog, entry_steps
from statements.history.forms import DatesForm, DayForm
from statements.history.log import history_of, steps
from statements.history.point_in_time import site_as_of, statement_as_of
from statements.history.public_view import public_entry_revisions
from statements.models import EntryAct, EntryKind, Revision, Statement
from statements.models.revision import end_of
from statements.models.states import PUBLIC_STATES
from statements.pages.page_numbers import numbered

#: How many changes stand on one page.
CHANGES_PER_PAGE = 20
#: How many statements of a past day.
PASTS_PER_PAGE = 300


def history(request: HttpRequest, code: str) -> HttpResponse:
    statement = public_statement(code)
    context = {
        "statement": statement,
        "steps": steps(history_of(statement).with_reports()),
        "form": DayForm(),
    }
    return render(request, "statements/history/history.html", context)


def entry_history(request: HttpRequest, kind: str, entry_id: int) -> HttpResponse:
    """The changes of one entry, which may be deleted by now."""
    revisions = public_entry_revisions().of(kind, entry_id).newest_first()
    steps_of_entry = entry_steps(revisions)
    if not steps_of_entry:
        raise Http404
    last = steps_of_entry[0]
    context = {
        "name": last.heading,
        "kind": kind,
        "label": EntryKind(kind).label,
        "is_deleted": last.revision.act == EntryAct.DELETE,
        "steps": steps_of_entry,
    }
    return render(request, "statements/history/entry_history.html", context)


def past_statement(request: HttpRequest, code: str) -> HttpResponse:
    """One statement at the end of the day asked for; 404 before it was public."""
    statement = public_statement(code)
    form = DayForm(request.GET)
    past = None
    if form.is_valid():
        past = statement_as_of(statement, end_of(form.cleaned_data["as_of"]))
    context = {"statement": statement, "past": past, "form": form}
    status = 200 if past else 404 if form.is_valid() else 400
    return render(request, "statements/history/past.html", context, status=status)


def past_site(request: HttpRequest) -> HttpResponse:
    """Every statement at the end of the day asked for."""
    form = DayForm(request.GET or None)
    pasts = []
    if form.is_valid():
        pasts = site_as_of(end_of(form.cleaned_data["as_of"]))
    numbers = numbered(lambda: pasts, PASTS_PER_PAGE, request.GET.get("page"))
    context = {"form": form, "pasts": pasts} | numbers
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "statements/history/past_site.html", context, status=status)


def changes(request: HttpRequest, kind: str | None = None) -> HttpResponse:
    """All changes in public, the last first; or those of entries of one kind."""
    log: Any = ChangeLog(kind)
    paginator = Paginator(log, CHANGES_PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "steps": page.object_list,
        "label": EntryKind(kind).label if kind else "",
        "kinds": EntryKind.choices,
        "first": Revision.objects.shown().filter(by=None).order_by("pk").first(),
        "form": DayForm(),
        "dates": DatesForm(),
    }
    return render(request, "statements/history/changes.html", context)


def public_statement(code: str) -> Statement:
    statements = Statement.objects.select_related("document", "parent__parent__parent")
    return get_object_or_404(statements, code=code, state__in=PUBLIC_STATES)
