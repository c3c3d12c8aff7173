"""The pages that show two dates, or two statements, side by side."""

from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from statements.comparison.two_dates import TwoDates
from statements.comparison.two_statements import PairForm, StatementPair
from statements.history import views as history
from statements.history.forms import DatesForm
from statements.pages.parallel import wordings_of


def changes_or_dates(request: HttpRequest) -> HttpResponse:
    """The log of all changes; with two dates, what differs between them."""
    if not {"from", "to"} & request.GET.keys():
        return history.changes(request)
    form = DatesForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        dates = TwoDates(form.cleaned_data["from"], form.cleaned_data["to"])
        paginator = Paginator(dates.changes, history.CHANGES_PER_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        context |= {
            "page_obj": page,
            "counts": dates.counts(),
            "changes": list(dates.in_words(page.object_list)),
        }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(
        request, "statements/comparison/two_dates.html", context, status=status
    )


def two_statements(request: HttpRequest) -> HttpResponse:
    """Any two statements side by side; without numbers, the form alone."""
    form = PairForm(request.GET or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        pair = StatementPair(**form.cleaned_data)
        context |= {
            "pair": pair,
            "link": pair.link,
            "word_changes": pair.word_changes,
            "sides": [(one, wordings_of(one)) for one in (pair.a, pair.b)],
        }
    is_wrong = form.is_bound and not form.is_valid()
    status = HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
    return render(
        request, "statements/comparison/two_statements.html", context, status=status
    )
