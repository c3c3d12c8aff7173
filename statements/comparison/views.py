"""The pages that show two dates, or two statements, side by side."""

from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from statements.comparison.two_dates import TwoDates
from statements.history import views as history
from statements.history.forms import DatesForm


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
