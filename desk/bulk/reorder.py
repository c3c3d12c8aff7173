"""The order of what stands under a statement; codes stay as they are."""

from collections.abc import Iterator
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from desk.bulk.jobs import CHANGE, Edits, Job, keep_job, newest_revisions
from desk.pages import staff_page, staff_response
from desk.proposals.admin_mixins import EDIT_KOREAN
from statements.codes import group_of
from statements.models import Statement


class OrderForm(forms.Form):
    """A number for each statement under one: its place in its group."""

    def __init__(self, statement: Statement, data=None):
        super().__init__(data)
        children = statement.children.in_outline_order()
        self.groups = [
            list(group) for _key, group in groupby(children, lambda c: group_of(c.code))
        ]
        for group in self.groups:
            for place, child in enumerate(group, 1):
                self.fields[f"place_{child.pk}"] = forms.IntegerField(
                    label=gettext_lazy("Place of %(code)s") % {"code": child.code},
                    initial=place,
                    min_value=1,
                    max_value=len(group),
                    widget=forms.NumberInput(attrs={"size": 4}),
                )

    def rows(self) -> Iterator[list[tuple]]:
        """Each group as statements with their fields."""
        for group in self.groups:
            yield [(child, self[f"place_{child.pk}"]) for child in group]

    def edits(self) -> Edits:
        """The positions of a group, dealt out anew in the order asked for."""
        found = {}
        for group in self.groups:
            positions = distinct(sorted(child.position for child in group))
            for child, position in zip(self.ordered(group), positions, strict=True):
                if child.position != position:
                    found[child.pk] = {"position": position}
        return found

    def ordered(self, group: list[Statement]) -> list[Statement]:
        """Who was moved comes to stand at the number given; the others make room."""

        def key(numbered: tuple[int, Statement]) -> tuple[int, int]:
            old, child = numbered
            new = self.cleaned_data[f"place_{child.pk}"]
            return new, (new > old) - (new < old)

        return [child for _old, child in sorted(enumerate(group, 1), key=key)]


def new_order(job: Job) -> list[tuple[Statement, int]]:
    """Of a job that orders: all that stands under the statement as it then would, each
    with the place it has now.
    """
    if not all(values.keys() == {"position"} for values in job.edits.values()):
        return []
    moved = Statement.objects.filter(pk__in=job.edits)
    above = Statement.objects.get(pk=moved.values("parent").distinct()[:1])
    found = []
    for group in OrderForm(above).groups:
        placed = list(enumerate(group, 1))
        if job.edits.keys().isdisjoint(child.pk for child in group):
            continue
        placed.sort(key=lambda one: position_in(job, one[1]))
        found += [(child, place) for place, child in placed]
    return found


def position_in(job: Job, child: Statement) -> int:
    return job.edits.get(child.pk, {}).get("position", child.position)


def distinct(positions: list[int]) -> list[int]:
    """Rising, where two shared one after half an order was approved."""
    found: list[int] = []
    for position in positions:
        found.append(max(position, found[-1] + 1) if found else position)
    return found


@staff_page(CHANGE, EDIT_KOREAN)
@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """Where to begin: goals and parts of reports."""
    statements = Statement.objects.filter(parent=None).in_outline_order()
    return staff_response(
        request,
        "desk/bulk/reorder_start.html",
        title=_("Order"),
        statements=statements.select_related("document"),
    )


@staff_page(CHANGE, EDIT_KOREAN)
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, code: str) -> HttpResponse:
    statement = get_object_or_404(Statement.objects.select_related("parent"), code=code)
    form = OrderForm(statement, request.POST or None)
    if form.is_valid():
        here = reverse("staff:order", args=[code])
        if edits := form.edits():
            return keep_job(request, Job(here, edits, newest_revisions(edits)))
        messages.info(request, _("Nothing was changed."))
        return HttpResponseRedirect(here)
    parents = Statement.objects.filter(parent__parent=statement)
    return staff_response(
        request,
        "desk/bulk/reorder.html",
        title=_("Order under %(code)s") % {"code": code},
        statement=statement,
        form=form,
        parents=set(parents.values_list("parent_id", flat=True)),
    )
