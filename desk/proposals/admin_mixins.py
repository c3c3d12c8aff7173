"""Editing in the admin becomes proposing; the forms stay those of the statements."""

from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_lazy

from desk.models import Proposal
from desk.proposals.decide import take_back
from desk.proposals.messages import log, told
from desk.proposals.preview import preview_values
from desk.proposals.record import Proposed, Terms, newest_revision, proposing
from desk.upkeep.panel import panel_of
from statements.admin.base import CHANGE_NOTE
from statements.fields import CHANGEABLE_COLUMNS, ENGLISH, TAGS
from statements.gate import Note
from statements.models import Fact, Link, PublicationState, Statement

EDIT_KOREAN = "desk.edit_korean"
#: The fields that translators leave to editors.
FOR_EDITORS = (*(n for n in CHANGEABLE_COLUMNS if n not in ENGLISH), *TAGS)
BEFORE_READERS = (PublicationState.DRAFT, PublicationState.IN_REVIEW)
AFTER = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
WHY_AND_WHEN = (
    CHANGE_NOTE[0],
    {
        "fields": [
            ("change_note_ko", "change_note_en"),
            ("is_minor", "publish_at"),
            "seen",
        ],
        "description": CHANGE_NOTE[1]["description"],
    },
)


class ProposalForm(forms.ModelForm):
    is_minor = forms.BooleanField(
        label=gettext_lazy("Minor edit"),
        required=False,
        help_text=gettext_lazy("Spelling or form alone; it is recorded all the same."),
    )
    publish_at = forms.DateTimeField(
        label=gettext_lazy("Publish at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Empty: as soon as it is approved."),
    )
    seen = forms.IntegerField(
        label="", required=False, initial=newest_revision, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "state" in self.fields and isinstance(self.instance, Statement):
            is_public = self.instance.state in AFTER
            steps = AFTER if is_public else BEFORE_READERS
            self.fields["state"].choices = [(s.value, s.label) for s in steps]


class KeptKorean:
    """Without the right to edit Korean, only English can be changed."""

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if request.user.has_perm(EDIT_KOREAN):
            return fields
        return [*fields, *FOR_EDITORS]


class ProposingAdmin:
    """Mixed into an admin of public content: what is saved waits for approval."""

    change_form_template = "admin/desk/change_form.html"

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [WHY_AND_WHEN if one is CHANGE_NOTE else one for one in fieldsets]

    @contextmanager
    def change(self, request, note: Note):
        request.is_trying, request.is_saved = True, False
        with transaction.atomic():
            with proposing(request.user, note, terms_of(request)) as proposed:
                yield
            request.is_trying = False
            log(request.user, proposed, note)
            replace_own(request, proposed)
        if request.is_saved or proposed:
            self.tell(request, proposed)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        if request.method == "POST":
            try:
                return view(request, object_id, form_url, extra_context)
            except ValidationError as error:
                request.is_trying = False
                self.message_user(request, " ".join(error.messages), messages.ERROR)
                return HttpResponseRedirect(request.get_full_path())
        context = {**(extra_context or {}), **self.waiting(object_id)}
        proposal = proposal_to_resume(request)
        if proposal is None:
            return view(request, object_id, form_url, context)
        with preview_values(request, proposal.statement, proposal.changes):
            return view(request, object_id, form_url, context).render()

    def waiting(self, object_id: str | None) -> dict:
        """The open proposals for what the form edits."""
        is_key = object_id is not None and object_id.isdecimal()
        edited = self.model.objects.filter(pk=object_id).first() if is_key else None
        pk = statement_id(edited) if edited else None
        proposals = Proposal.objects.open().with_people().filter(statement=pk)
        return {"waiting": proposals, "statement_id": pk}

    def message_user(self, request, *args, **kwargs):
        """Nothing was saved yet that Django would tell of."""
        if not getattr(request, "is_trying", False):
            super().message_user(request, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        request.is_saved = True
        return self.response_post_save_add(request, obj)

    def response_change(self, request, obj):
        request.is_saved = True
        return super().response_change(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        request.is_saved = True
        return super().response_delete(request, obj_display, obj_id)

    def tell(self, request, proposed: Proposed) -> None:
        for one in told(proposed):
            self.message_user(request, *one)


class ProposingStatementAdmin(KeptKorean, ProposingAdmin):
    """Mixed into the admin of statements."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {**(extra_context or {}), **panel_of(object_id, request.user)}
        return super().changeform_view(request, object_id, form_url, context)


def terms_of(request) -> Terms:
    """As sent; the form refuses what cannot be read before anything is saved."""
    moment = parse_datetime_or_none(request.POST.get("publish_at", ""))
    seen = request.POST.get("seen", "")
    return Terms(
        is_minor="is_minor" in request.POST,
        publish_at=moment,
        seen=int(seen) if seen.isdecimal() else None,
    )


def parse_datetime_or_none(text: str):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return make_aware(moment) if moment and is_naive(moment) else moment


def proposal_to_resume(request) -> Proposal | None:
    number = request.GET.get("proposal", "")
    if not number.isdecimal():
        return None
    return Proposal.objects.with_people().filter(pk=number).first()


def replace_own(request, proposed: Proposed) -> None:
    """An author who edits a proposal of theirs takes the first one back."""
    old = proposal_to_resume(request)
    if not old or not old.is_open or old.author_id != request.user.pk:
        return
    if old.statement_id in {one.statement_id for one in proposed.proposals}:
        take_back(old, request.user)


def statement_id(edited) -> int | None:
    if isinstance(edited, Statement):
        return edited.pk
    if isinstance(edited, Link):
        return edited.later_id
    return edited.statement_id if isinstance(edited, Fact) else None
