"""Pages of the queue of translations, and of one translation."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.models import Proposal
from desk.pages import staff_page, staff_response, statement_or_404
from desk.proposals.further.resumed import (
    is_for_translation_desk,
    proposal_to_resume,
)
from desk.proposals.messages import tell
from desk.proposals.note_form import NoteForm
from desk.proposals.record import Proposed, Terms, newest_revision
from desk.proposals.review import both_texts
from desk.requests import StaffRequest
from desk.translations.checks import EnglishChecks
from desk.translations.editor import (
    REVIEWED,
    EnglishForm,
    propose_english,
    propose_review,
)
from desk.translations.queue import (
    QueueFilter,
    document_progress,
    neighbours,
    state_tabs,
    translatable,
    waiting_for_english,
)
from statements.codes import CODE
from statements.history.korean_changes import korean_changes
from statements.history.snapshot_diff import names_of_terms
from statements.input.keys import read_key
from statements.models import Statement, TranslationState

QUEUE_PAGE_SIZE = 25
SEE_TRANSLATIONS, CHANGE_TRANSLATIONS = (
    "statements.view_statement",
    "statements.change_statement",
)


@staff_page(SEE_TRANSLATIONS)
def list_queue(request: StaffRequest) -> HttpResponse:
    """Lists what there is to do; several at once are marked as reviewed."""
    filterset = QueueFilter(request.GET, waiting_for_english())
    note = NoteForm(request.POST or None, suggested=REVIEWED)
    chosen = [code for code in request.POST.getlist("chosen") if CODE.fullmatch(code)]
    if request.method == "POST" and review_chosen(request, chosen, note):
        return HttpResponseRedirect(request.get_full_path())
    is_valid = filterset.is_valid()
    statements = filterset.qs if is_valid else filterset.queryset.none()
    pages = Paginator(statements, QUEUE_PAGE_SIZE)
    page_obj = pages.get_page(request.GET.get("page"))
    return staff_response(
        request,
        "desk/translations/queue.html",
        title=_("Translations"),
        filter=filterset,
        tabs=state_tabs(filterset) if is_valid else [],
        page_obj=page_obj,
        numbers=pages.get_elided_page_range(page_obj.number),
        progress=document_progress(),
        note=note,
        chosen=chosen,
        seen=newest_revision(),
        may_change=request.user.has_perm(CHANGE_TRANSLATIONS),
    )


def review_chosen(request: StaffRequest, chosen: list[str], note: NoteForm) -> bool:
    """Proposes that the English of the chosen ones is right, or says why it cannot."""
    require_change(request)
    seen = read_key(request.POST.get("seen", ""))
    if not chosen:
        messages.error(request, _("Choose at least one statement."))
    if not chosen or not note.is_valid() or seen is None:
        return False
    statements = translatable().filter(code__in=chosen)
    try:
        outdated = statements.filter(Q(translation=TranslationState.OUTDATED))
        require_none_outdated(list(outdated))
        terms = Terms(seen=seen)
        tell(request, propose_review(statements, request.user, terms, note.note))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


def require_none_outdated(outdated: list[Statement]) -> None:
    if outdated:
        text = _(
            "These translations are out of date. Look at each one on its own page "
            "first: %(codes)s."
        )
        codes = ", ".join(statement.code for statement in outdated)
        raise ValidationError(text % {"codes": codes})


def require_change(request: StaffRequest) -> None:
    if not request.user.has_perm(CHANGE_TRANSLATIONS):
        raise PermissionDenied


@staff_page(SEE_TRANSLATIONS)
def edit_translation(request: StaffRequest, code: str) -> HttpResponse:
    """Shows Korean beside English, with what has changed, the terms and the facts."""
    statement = statement_or_404(translatable(), code)
    old = english_to_resume(request, statement)
    form = EnglishForm(statement, request.POST or None, old)
    checks = EnglishChecks().check_all(statement, form.english)
    has_warnings = any(checked.warnings for checked in checks)
    is_read = not has_warnings or request.POST.get("shown") == form.mark
    around = neighbours(statement, QueueFilter(request.GET, waiting_for_english()).qs)
    if request.method == "POST":
        require_change(request)
        if propose_posted(request, form, is_read):
            return HttpResponseRedirect(next_address(request, around.next))
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
        resumed=old,
        clashes=both_texts(old, names_of_terms(), old.merged.clashes) if old else [],
        around=around,
        may_change=request.user.has_perm(CHANGE_TRANSLATIONS),
    )


def english_to_resume(request: StaffRequest, statement: Statement) -> Proposal | None:
    """The proposal of English alone that the address names."""
    old = proposal_to_resume(request, request.user, statement.pk)
    return old if old and is_for_translation_desk(old) else None


def propose_posted(request: StaffRequest, form: EnglishForm, is_read: bool) -> bool:
    """Proposes as the button says; otherwise the page shows again what was typed."""
    try:
        if request.POST.get("do") == "review" and not form.has_error("publish_at"):
            proposed = propose_saved_english(form, request.user)
        elif request.POST.get("do") == "propose" and form.is_valid() and is_read:
            proposed = propose_english(form, request.user)
        else:
            return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    tell(request, proposed)
    return True


def propose_saved_english(form: EnglishForm, by: User) -> Proposed:
    """Proposes that the saved English is right; the form must have no other."""
    form.full_clean()
    if form.has_changed_english or "seen" not in form.cleaned_data:
        raise ValidationError(
            _("You changed the English here. Submit your change first, or undo it.")
        )
    return propose_review([form.statement], by, form.terms, REVIEWED)


def next_address(request: StaffRequest, statement: Statement | None) -> str:
    """The page of the next statement in the queue, or the queue, filtered as before."""
    address = reverse("staff:translations")
    if statement:
        address = reverse("staff:translation", args=[statement.code])
    filters = request.GET.copy()
    filters.pop("proposal", None)
    query = filters.urlencode()
    return f"{address}?{query}" if query else address
