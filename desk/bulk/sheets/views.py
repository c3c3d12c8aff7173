"""Sheets: statements out to Excel or CSV, edited there, and back in."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from desk.bulk.jobs import CHANGE, Job, keep_job
from desk.bulk.selection import ChoiceForm
from desk.bulk.sheets.reader import LARGEST_FILE, SheetLine, read_sheet
from desk.bulk.sheets.row_checks import check_rows
from desk.bulk.sheets.sheet_columns import SHEET_COLUMNS
from desk.bulk.sheets.writer import as_answer
from desk.models import BatchKind
from desk.pages import staff_page, staff_response
from desk.requests import StaffRequest
from desk.uploads.file_names import uploaded_name
from desk.uploads.largest_body import takes_files

#: More than these, and it is the sheet that is wrong rather than its cells.
MOST_PROBLEMS = 200


class UploadForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Edited sheet"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV in UTF-8, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )
    empties = forms.BooleanField(
        label=gettext_lazy("Empty cells delete the English"),
        required=False,
        help_text=gettext_lazy(
            "If this is not selected, an empty cell in title_en or text_en leaves the "
            "English as it is."
        ),
    )

    def clean_sheet(self) -> list[SheetLine]:
        """Rows in the place of the file."""
        file = self.cleaned_data["sheet"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 5 MB."))
        return read_sheet(file)


@takes_files(LARGEST_FILE)
@staff_page(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    problems = []
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        checked = check_rows(data["sheet"], request.user, data["empties"])
        problems = checked.problems
        if not problems and checked.edits:
            here, name = reverse("staff:sheets"), uploaded_name(request, "sheet")
            edits, seen = checked.edits, checked.seen
            return keep_job(request, Job(here, edits, seen, BatchKind.SHEET, name))
        if not problems:
            messages.info(request, _("The sheet would change nothing."))
    return staff_response(
        request,
        "desk/bulk/sheets.html",
        title=_("Sheets"),
        choice=ChoiceForm(),
        form=form,
        columns=SHEET_COLUMNS,
        problems=problems[:MOST_PROBLEMS],
        more_problems=max(len(problems) - MOST_PROBLEMS, 0),
    )


@staff_page(CHANGE)
@require_safe
def download_sheet(request: HttpRequest, ending: str) -> HttpResponseBase:
    """All statements that were chosen; withdrawn ones are nobody’s to edit."""
    form = ChoiceForm(request.GET)
    if ending not in ("csv", "xlsx") or not form.is_valid():
        raise Http404
    return as_answer(request, form.chosen(), ending)
