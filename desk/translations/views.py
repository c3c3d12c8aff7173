"""The queue of translations, and the page where one of them is made."""

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.models import Proposal
from desk.pages import staff_page, staff_response
from desk.proposals.messages import tell
from desk.proposals.note_form import NoteForm
from desk.proposals.record import Proposed, newest_revision
from desk.translations.checks import EnglishChecks
from desk.translations.editor import (
    REVIEWED,
    EnglishForm,
    propose_english,
    propose_review,
)
from desk.translations.queue import (
    QueueFilter,
    neighbours,
    progress,
    tabs,
    translatable,
    waiting_for_english,
)
from statements.codes import CODE
from statements.history.korean_changes import korean_changes
from statements.models import Statement, TranslationState

QUEUE_PAGE_SIZE = 25
VIEW, CHANGE = "statements.view_statement", "statements.change_statement"


@staff_page(VIEW)
def queue(request: HttpRequest) -> HttpResponse:
    """What there is to do; several at once are marked as reviewed."""
    asked = QueueFilter(request.GET, waiting_for_english())
    note = NoteForm(request.POST or None, suggested=REVIEWED)
    chosen = [code for code in request.POST.getlist("chosen") if CODE.fullmatch(code)]
    if request.method == "POST" and is_reviewed(request, chosen, note):
        return HttpResponseRedirect(request.get_full_path())
    found = asked.qs if asked.is_valid() else asked.queryset.none()
    pages = Paginator(found, QUEUE_PAGE_SIZE)
    page_obj = pages.get_page(request.GET.get("page"))
    return staff_response(
        request,
        "desk/translations/queue.html",
        title=_("Translations"),
        filter=asked,
        tabs=tabs(asked) if asked.is_valid() else [],
        page_obj=page_obj,
        numbers=pages.get_elided_page_range(page_obj.number),
        progress=progress(),
        note=note,
        chosen=chosen,
        seen=newest_revision(),
        may_change=request.user.has_perm(CHANGE),
    )


def is_reviewed(request: HttpRequest, chosen: list[str], note: NoteForm) -> bool:
    """Proposes that the English of the chosen ones is right, or says why it cannot."""
    require_change(request)
    seen = request.POST.get("seen", "")
    if not chosen:
        messages.error(request, _("Choose at least one statement."))
    if not chosen or not note.is_valid() or not seen.isdecimal():
        return False
    statements = translatable().filter(code__in=chosen)
    try:
        outdated = statements.filter(translation_page=TranslationState.OUTDATED)
        require_none(list(outdated))
        tell(request, propose_review(statements, request.user, int(seen), note.note))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


def require_none(outdated: list[Statement]) -> None:
    if outdated:
        text = _("Out of date: look at each of these on its own page first: %(codes)s.")
        codes = ", ".join(one.code for one in outdated)
        raise ValidationError(text % {"codes": codes})


def require_change(request: HttpRequest) -> None:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied


@staff_page(VIEW)
def translation_page(request: HttpRequest, code: str) -> HttpResponse:
    """Korean beside English, with what has changed, the terms and the facts."""
    if not CODE.fullmatch(code):
        raise Http404
    statement = get_object_or_404(translatable(), code=code)
    form = EnglishForm(statement, request.POST or None)
    checks = EnglishChecks().check_all(statement, form.english)
    has_warnings = any(one.warnings for one in checks)
    is_read = not has_warnings or request.POST.get("shown") == form.mark
    around = neighbours(statement, QueueFilter(request.GET, waiting_for_english()).qs)
    if request.method == "POST":
        require_change(request)
        if is_proposed(request, form, is_read):
            return HttpResponseRedirect(address_after(request, around.next))
    return staff_response(
        request,
        "desk/translations/translation.html",
        title=_("Translation of %(code)s") % {"code": code},
        statement=statement,
        form=form,
        checks=checks,
        is_held=request.POST.get("do") == "propose" and not is_read,
        korean_changes=korean_changes(statement),
        proposals=Proposal.objects.open().with_people().filter(statement=statement),
        around=around,
        may_change=request.user.has_perm(CHANGE),
    )


def is_proposed(request: HttpRequest, form: EnglishForm, is_read: bool) -> bool:
    """Proposes what the button says; otherwise the page shows again what was typed."""
    try:
        if request.POST.get("do") == "review":
            proposed = propose_seen(form, request.user)
        elif request.POST.get("do") == "propose" and form.is_valid() and is_read:
            proposed = propose_english(form, request.user)
        else:
            return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    tell(request, proposed)
    return True


def propose_seen(form: EnglishForm, by: AbstractBaseUser) -> Proposed:
    """The English as it is saved is right; the form has no other."""
    form.full_clean()
    if form.has_changed_english or "seen" not in form.cleaned_data:
        raise ValidationError(
            _("You have changed the English here: propose it first, or undo that.")
        )
    return propose_review([form.statement], by, form.cleaned_data["seen"], REVIEWED)


def address_after(request: HttpRequest, statement: Statement | None) -> str:
    """The next one of the queue, or the queue, as it was asked for."""
    address = reverse("staff:translations")
    if statement:
        address = reverse("staff:translation", args=[statement.code])
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address
