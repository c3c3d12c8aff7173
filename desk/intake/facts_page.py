"""The page on which staff say what the document is, and have its drafts made."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from desk.intake.document_as_read import read_kept
from desk.intake.drafts import make_drafts
from desk.intake.forms import FactsForm
from desk.intake.models import ADD_DOCUMENTS, Intake
from desk.intake.proposed_facts import proposed_facts
from desk.intake.steps import MovedOn, save
from desk.intake.views import FORM_METHODS, address_at_desk
from desk.pages import staff_page, staff_response
from desk.requests import StaffRequest

#: The name and value of the button that does more than save.
DO, MAKE = "do", "make"


@staff_page(ADD_DOCUMENTS)
@require_http_methods(FORM_METHODS)
def edit_facts(request: StaffRequest, intake: int) -> HttpResponse:
    """Shows what is said of the document so far, proposed where nobody said it yet."""
    kept = get_object_or_404(Intake.objects.select_related("document"), pk=intake)
    if kept.document:
        return HttpResponseRedirect(address_at_desk(kept.document))
    read = read_kept(kept)
    form = FactsForm.of(kept, proposed_facts(read, timezone.localdate()))
    if request.method == "POST":
        form = FactsForm(request.POST, kind=kept.facts["kind"])
        try:
            return take_facts(request, kept, form)
        except ValidationError as error:
            form = form_refused(form, kept, error)
    return staff_response(
        request,
        "desk/intake/facts.html",
        title=_("Facts of the document"),
        intake=kept,
        form=form,
        document=read,
    )


def take_facts(request: StaffRequest, intake: Intake, form: FactsForm) -> HttpResponse:
    """Saves what was typed, right or wrong; then makes the drafts, where that is asked.

    Raises ValidationError where something is in the way of that.
    """
    facts = {**intake.facts, **form.typed}
    kept = save(intake, request.user, form.seen, facts=facts)
    if request.POST.get(DO) != MAKE:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    document = make_drafts(kept, request.user, kept.version, form.instance)
    count = document.statements.count()
    text = ngettext("%(n)s draft was created.", "%(n)s drafts were created.", count)
    messages.success(request, text % {"n": count})
    return HttpResponseRedirect(address_at_desk(document))


def form_refused(form: FactsForm, intake: Intake, error: ValidationError) -> FactsForm:
    """The form once more with what is in the way, for one who sees what is kept now."""
    present = Intake.objects.filter(pk=intake.pk).first() or intake
    again = form.once_more(present)
    if isinstance(error, MovedOn):
        again.note_theirs(present)
    if not form.errors or isinstance(error, MovedOn):
        again.refuse(error)
    return again
