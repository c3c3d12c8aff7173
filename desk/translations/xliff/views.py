"""Files for translators' tools: out, and in again by way of a preview."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from desk.pages import staff_page, staff_response
from desk.proposals.further.terms import TermFields
from desk.proposals.messages import tell
from desk.proposals.note_form import NoteForm
from desk.proposals.record import newest_revision
from desk.requests import StaffRequest
from desk.translations.queue import (
    QueueFilter,
    document_choices,
    translatable,
    waiting_for_english,
)
from desk.translations.views import CHANGE_TRANSLATIONS, SEE_TRANSLATIONS
from desk.translations.xliff.document import write_xliff
from desk.translations.xliff.reader import Unreadable, read_xliff
from desk.translations.xliff.unit import Unit
from desk.translations.xliff.upload import Preview, preview_units, propose_changes
from desk.uploads.file_names import uploaded_name
from desk.uploads.largest_body import takes_files
from statements.gate import Note

#: What is confirmed comes back in a form, for which Django's limit is 2.5 MB.
LARGEST = 1_500_000
LARGEST_BODY = 2_621_440
#: A day, in seconds, to look at a preview.
PATIENCE = 24 * 60 * 60
IMPORTED = Note(ko="번역 파일의 영어를 반영함", en="English from a translation file")


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("XLIFF file"),
        help_text=gettext_lazy("XLIFF 1.2, up to 1.5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.xml"}),
    )

    def clean_file(self) -> list[Unit]:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(
                _("The file is too large. Export by document or by state.")
            )
        try:
            return read_xliff(file)
        except Unreadable as error:
            raise ValidationError(str(error)) from error


class XliffConfirmForm(NoteForm, TermFields):
    """`packed` is what was previewed, signed for the one who looked at it."""

    packed = forms.CharField(widget=forms.HiddenInput)
    is_said = forms.BooleanField(
        label=gettext_lazy("The English was translated from the Korean in the file"),
        required=False,
        help_text=gettext_lazy(
            "If you do not select this, a translation that is out of date stays marked"
            " as out of date."
        ),
    )


@require_safe
@staff_page(SEE_TRANSLATIONS)
def export(request: HttpRequest) -> HttpResponse:
    """A whole document, or what the queue holds as it was asked for."""
    if slug := request.GET.get("whole", ""):
        if slug not in dict(document_choices()):
            raise Http404
        statements = translatable().filter(document__slug=slug)
    else:
        filterset = QueueFilter(request.GET, waiting_for_english())
        if not filterset.is_valid():
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{reverse('staff:translations')}?{query}")
        statements = filterset.qs
    newest_first = ("-document__time_year", "-document__time_order")
    by_document = statements.order_by(*newest_first, "sort_key")
    data = write_xliff(by_document.select_related("document"))
    response = HttpResponse(data, content_type="application/x-xliff+xml")
    name = slug or "translations"
    response["Content-Disposition"] = f'attachment; filename="{name}.xlf"'
    return response


@takes_files(LARGEST_BODY)
@staff_page(SEE_TRANSLATIONS, CHANGE_TRANSLATIONS)
def upload(request: StaffRequest) -> HttpResponse:
    """First the file, then the preview that is confirmed."""
    if "packed" in request.POST:
        return confirm_upload(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*sent)
    if form.is_valid():
        preview = preview_units(form.cleaned_data["file"])
        packed = pack(request, preview, uploaded_name(request, "file"))
        confirmation = XliffConfirmForm(initial={"packed": packed}, suggested=IMPORTED)
        return preview_page(request, preview, confirmation)
    return staff_response(
        request,
        "desk/translations/upload.html",
        title=_("Import a translation file"),
        form=form,
    )


def confirm_upload(request: StaffRequest) -> HttpResponse:
    form = XliffConfirmForm(request.POST)
    try:
        seen, name, units = unpack(request)
    except signing.BadSignature:
        messages.error(request, _("This preview has expired. Choose the file again."))
        return HttpResponseRedirect(request.path)
    preview = preview_units(units)
    if preview.problems or not form.is_valid():
        return preview_page(request, preview, form)
    is_said, terms = form.cleaned_data["is_said"], form.terms._replace(seen=seen)
    try:
        proposed = propose_changes(
            preview.changes, request.user, form.note, terms, is_said, name
        )
    except ValidationError as error:
        form.add_error(None, error)
        return preview_page(request, preview_units(units), form)
    tell(request, proposed)
    return HttpResponseRedirect(reverse("staff:translations"))


def preview_page(
    request: HttpRequest, preview: Preview, form: XliffConfirmForm
) -> HttpResponse:
    if not preview.has_outdated:
        form.fields["is_said"].widget = forms.HiddenInput()
    return staff_response(
        request,
        "desk/translations/preview.html",
        title=_("What this file would change"),
        preview=preview,
        form=form,
    )


def salt_of(request: HttpRequest) -> str:
    return f"desk.translations.named.{request.user.pk}"


def pack(request: HttpRequest, preview: Preview, name: str) -> str:
    units = [list(change.unit) for change in preview.changes]
    return signing.dumps(
        [newest_revision(), name, units], salt=salt_of(request), compress=True
    )


def unpack(request: HttpRequest) -> tuple[int, str, list[Unit]]:
    seen, name, units = signing.loads(
        request.POST["packed"], salt=salt_of(request), max_age=PATIENCE
    )
    return seen, name, [Unit(*unit) for unit in units]
