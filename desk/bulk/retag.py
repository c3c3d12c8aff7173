"""One tag is added to, or removed from, many statements at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from desk.bulk.jobs import (
    CHANGE,
    MOST_STATEMENTS,
    Edits,
    Job,
    keep_job,
    newest_revisions,
)
from desk.form_choices import set_choices
from desk.models import BatchKind
from desk.pages import staff_page, staff_response
from desk.proposals.further.resumed import EDIT_KOREAN
from desk.requests import StaffRequest
from statements.fields import TAGS
from statements.models import Statement

#: The statements that were chosen in the list of the admin.
CHOSEN_KEY = "bulk_chosen"
ADD_TAG, REMOVE_TAG = "add", "remove"


def keep_chosen_statements(
    request: HttpRequest, statements: QuerySet[Statement]
) -> None:
    request.session[CHOSEN_KEY] = list(
        statements.order_by().values_list("pk", flat=True)
    )


class TagForm(forms.Form):
    what = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=[(ADD_TAG, gettext_lazy("Add")), (REMOVE_TAG, gettext_lazy("Remove"))],
        widget=forms.RadioSelect,
        initial=ADD_TAG,
    )
    term = forms.ChoiceField(label=gettext_lazy("Tag"))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        groups = [
            (
                row.label,
                [(f"{name} {t.slug}", t.name) for t in row.model.objects.all()],
            )
            for name, row in TAGS.items()
        ]
        set_choices(self, "term", [("", "---------"), *groups])

    @property
    def subject(self) -> str:
        """The tag, with the sign of what is done with it, as the batch tells of it."""
        _name, slug = self.cleaned_data["term"].split()
        sign = "+" if self.cleaned_data["what"] == ADD_TAG else "−"
        return f"{sign} {slug}"

    def edits(self, statements: QuerySet[Statement]) -> Edits:
        """The new list of tags of each statement that the form changes."""
        name, slug = self.cleaned_data["term"].split()
        wants = self.cleaned_data["what"] == ADD_TAG
        edits: Edits = {}
        for statement in statements.prefetch_related(name):
            slugs = [term.slug for term in getattr(statement, name).all()]
            if wants != (slug in slugs):
                others = [other for other in slugs if other != slug]
                edits[statement.pk] = {name: [*others, slug] if wants else others}
        return edits


@staff_page(CHANGE, EDIT_KOREAN)
@require_http_methods(["GET", "HEAD", "POST"])
def retag_statements(request: StaffRequest) -> HttpResponse:
    chosen = Statement.objects.filter(pk__in=request.session.get(CHOSEN_KEY, []))
    form = TagForm(request.POST or None)
    if form.is_valid():
        try:
            return preview_tag_edits(request, form.edits(chosen), form.subject)
        except ValidationError as error:
            form.add_error(None, error)
    return staff_response(
        request,
        "desk/bulk/retag.html",
        title=_("Tags of many statements"),
        chosen=chosen.in_outline_order(),
        form=form,
    )


def preview_tag_edits(
    request: StaffRequest, edits: Edits, subject: str
) -> HttpResponse:
    if len(edits) > MOST_STATEMENTS:
        text = _("This would change %(count)s statements. Choose %(most)s or fewer.")
        values = {"count": len(edits), "most": MOST_STATEMENTS}
        raise ValidationError(text % values)
    if not edits:
        raise ValidationError(_("None of the selected statements would change."))
    seen, here = newest_revisions(edits), reverse("staff:tagging")
    return keep_job(request, Job(here, edits, seen, BatchKind.TAGS, subject))
