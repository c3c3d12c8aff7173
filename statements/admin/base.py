"""Editing in the admin: Korean beside English, every save through the gate."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from statements.admin.autocomplete import KeyedChoice, KeyedChoices
from statements.admin.languages import BilingualListAdmin, label_in_words
from statements.admin.staff import staff_user
from statements.codes import code_in
from statements.gate import Note, gate
from statements.history.entry_diff import field_language
from statements.input.letters import any_spelling, unify
from statements.input.plain_text import PlainTextField
from statements.models import Statement
from statements.models.kinds import TEXT_ONLY_KINDS, TITLE_ONLY_KINDS

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts, _FieldsetSpec
    from django.utils.functional import _StrOrPromise

    # A form of any model: Django's own class takes no type arguments when it runs.
    ModelForm = forms.ModelForm[Any]
    ChildStackedInline = TranslationStackedInline[Statement, Statement]
else:
    ModelForm = forms.ModelForm
    ChildStackedInline = TranslationStackedInline

PublicModel = TypeVar("PublicModel", bound=models.Model)
BULK_ACTION = Note(ko="관리자 일괄 작업", en="Bulk action in the admin")
OF_PRESENT_KOREAN = _("This English was translated from the current Korean")
DELETION = Note(ko="관리자에서 삭제", en="Deleted in the admin")


class BilingualForm(ModelForm):
    """A form whose fields say the language that is written in them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if language := field_language(name):
                field.widget.attrs["lang"] = language
                field.label = label_in_words(str(field.label), language)


class ChangeNoteForm(BilingualForm):
    """Asks why: the note of the Revision that the change makes."""

    change_note_ko = PlainTextField(label=_("Change note (Korean)"), max_length=200)
    change_note_en = PlainTextField(label=_("Change note (English)"), max_length=200)

    def change_note(self) -> Note:
        data = self.cleaned_data
        return Note(ko=data["change_note_ko"], en=data["change_note_en"])


CHANGE_NOTE: tuple[_StrOrPromise, _FieldOpts] = (
    _("Why this change"),
    {
        "fields": [("change_note_ko", "change_note_en")],
        "description": _("Shown publicly in the history of the statement."),
    },
)


class GatedAdmin(BilingualListAdmin[PublicModel], TranslationAdmin[PublicModel]):
    """Saves public content: whole, with author and note, or not at all."""

    form = ChangeNoteForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50

    class Media:
        js = ["js/autocomplete_names.js"]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """The words one by one as Django looks for them, and all of them in one piece
        however they are written and spaced.
        """
        words = code_in(search_term) or unify(search_term).text
        found, has_doubles = super().get_search_results(request, queryset, words)
        if not words.strip():
            return found, has_doubles
        whole = Q(pk__in=found.order_by().values("pk"))
        for name in self.get_search_fields(request):
            whole |= Q(**{f"{name}__iregex": any_spelling(words)})
        return queryset.filter(whole), has_doubles

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeyedChoice(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeyedChoices(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with self.change(request, self.note_of(request)):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with self.change(request, self.deletion_note(request)):
            return super().delete_view(request, object_id, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with self.change(request, BULK_ACTION):
            return super().changelist_view(request, extra_context)

    def change(
        self, request: HttpRequest, note: Note
    ) -> AbstractContextManager[object]:
        """Publishes everything that is saved inside; the desk proposes it instead."""
        return gate(staff_user(request), note)

    def deletion_note(self, request: HttpRequest) -> Note:
        """Whoever deletes is not asked why, unless a subclass asks."""
        return DELETION

    def note_of(self, request: HttpRequest) -> Note:
        """The note as sent; the form refuses an empty one before anything is saved."""
        return Note(
            ko=request.POST.get("change_note_ko", "").strip(),
            en=request.POST.get("change_note_en", "").strip(),
        )


class StatementForm(ChangeNoteForm):
    """Edits a statement; its author says whether the English fits the Korean."""

    is_of_present_korean = forms.BooleanField(
        label=OF_PRESENT_KOREAN,
        required=False,
        help_text=_(
            "If you do not select this, a translation that is out of date stays marked"
            " as out of date."
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        """Refuses an empty Korean text beside its field, before the database does."""
        cleaned = super().clean()
        require_korean(self)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Saves the statement, and dates its English by the present Korean if asked."""
        if self.cleaned_data.get("is_of_present_korean"):
            self.instance.date_english(self.instance.korean_fingerprint)
        return super().save(commit)


class ChildForm(BilingualForm):
    """Edits a statement on the form of the one above it."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        require_korean(self)
        return cleaned


def require_korean(form: ModelForm) -> None:
    """Adds an error to each Korean field that the kind needs and the form leaves
    empty; fields that are read-only there are no matter of the form's.
    """
    for name in ("title_ko", "text_ko"):
        expected = name in korean_fields(form.instance.kind)
        if expected and name in form.cleaned_data and not form.cleaned_data[name]:
            form.add_error(
                name, _("The Korean text comes from the source and cannot be empty.")
            )


def korean_fields(kind: str) -> list[str]:
    """The Korean texts that statements of a kind have: title, text or both."""
    names = []
    if kind not in TEXT_ONLY_KINDS:
        names.append("title_ko")
    if kind not in TITLE_ONLY_KINDS:
        names.append("text_ko")
    return names


def text_rows(kind: str) -> list[tuple[str, str]]:
    """The fields of a kind in rows, Korean beside English."""
    return [(name, name.replace("_ko", "_en")) for name in korean_fields(kind)]


class ChildInline(ChildStackedInline):
    """The statements of one kind right under another, edited with it."""

    form = ChildForm
    fk_name = "parent"
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> bool:
        return False

    def get_fieldsets(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> _FieldsetSpec:
        return [(None, {"fields": [*text_rows(self.model.proxied_kind)]})]
