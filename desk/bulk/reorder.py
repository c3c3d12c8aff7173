"""Statements under another one are reordered; their codes stay as they are."""

from collections.abc import Iterator
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from desk.bulk.jobs import CHANGE, Edits, Job, keep_job, newest_revisions
from desk.models import BatchKind
from desk.pages import staff_page, staff_response, statement_or_404
from desk.proposals.further.resumed import EDIT_KOREAN
from desk.requests import StaffRequest
from statements.codes import group_of
from statements.models import Statement


class OrderForm(forms.Form):
    """A number for each statement under one: its place in its group."""

    def __init__(self, statement: Statement, data: QueryDict | None = None) -> None:
        super().__init__(data)
        children = statement.children.in_outline_order()
        self.groups = [
            list(group) for _key, group in groupby(children, lambda c: group_of(c.code))
        ]
        for group in self.groups:
            for place, child in enumerate(group, 1):
                self.fields[f"place_{child.pk}"] = forms.IntegerField(
                    label=gettext_lazy("Position of %(code)s") % {"code": child.code},
                    initial=place,
                    min_value=1,
                    max_value=len(group),
                    widget=forms.NumberInput(attrs={"size": 4}),
                )

    def rows(self) -> Iterator[list[tuple[Statement, forms.BoundField]]]:
        """Yields each group: its statements with their fields."""
        for group in self.groups:
            yield [(child, self[f"place_{child.pk}"]) for child in group]

    def edits(self) -> Edits:
        """The positions of each group are dealt out anew in the order of the form."""
        edits: Edits = {}
        for group in self.groups:
            positions = make_distinct(sorted(child.position for child in group))
            for child, position in zip(self.ordered(group), positions, strict=True):
                if child.position != position:
                    edits[child.pk] = {"position": position}
        return edits

    def ordered(self, group: list[Statement]) -> list[Statement]:
        """A statement that was moved gets the place given; the others make room."""

        def key(numbered: tuple[int, Statement]) -> tuple[int, int]:
            old, child = numbered
            new = self.cleaned_data[f"place_{child.pk}"]
            return new, (new > old) - (new < old)

        return [child for _old, child in sorted(enumerate(group, 1), key=key)]


def new_order(job: Job) -> list[tuple[Statement, int]]:
    """All statements under the one whose order the job changes, as they would stand,
    each with the place it has now; none for a job of another sort.
    """
    if not all(values.keys() == {"position"} for values in job.edits.values()):
        return []
    moved = Statement.objects.filter(pk__in=job.edits)
    above = Statement.objects.get(pk=moved.values("parent").distinct()[:1])
    order: list[tuple[Statement, int]] = []
    for group in OrderForm(above).groups:
        if job.edits.keys().isdisjoint(child.pk for child in group):
            continue
        placed = [(child, place) for place, child in enumerate(group, 1)]
        order += sorted(placed, key=lambda pair: new_position(job, pair[0]))
    return order


def new_position(job: Job, child: Statement) -> int:
    position: int = job.edits.get(child.pk, {}).get("position", child.position)
    return position


def make_distinct(positions: list[int]) -> list[int]:
    """The positions rise; two shared one where half an order was approved."""
    rising: list[int] = []
    for position in positions:
        rising.append(max(position, rising[-1] + 1) if rising else position)
    return rising


@staff_page(CHANGE, EDIT_KOREAN)
@require_safe
def list_top_statements(request: StaffRequest) -> HttpResponse:
    """Goals and parts of reports: the order of what is below begins here."""
    statements = Statement.objects.filter(parent=None).in_outline_order()
    return staff_response(
        request,
        "desk/bulk/reorder_start.html",
        title=_("Order"),
        statements=statements.select_related("document"),
    )


@staff_page(CHANGE, EDIT_KOREAN)
@require_http_methods(["GET", "HEAD", "POST"])
def reorder_children(request: StaffRequest, code: str) -> HttpResponse:
    statement = statement_or_404(Statement.objects.select_related("parent"), code)
    form = OrderForm(statement, request.POST or None)
    if form.is_valid():
        here = reverse("staff:order", args=[code])
        if edits := form.edits():
            seen = newest_revisions(edits)
            return keep_job(request, Job(here, edits, seen, BatchKind.ORDER, code))
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
