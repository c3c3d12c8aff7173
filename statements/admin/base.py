"""Editing in the admin: Korean beside English, every save through the gate."""

from contextlib import AbstractContextManager

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from statements.admin.languages import InTheirLanguages, field_language, marked
from statements.fields import TAGS, numbers_of
from statements.gate import Note, gate
from statements.models import Statement, TranslationState
from statements.models.kinds import TEXT_ONLY_KINDS, TITLE_ONLY_KINDS

BULK_ACTION = Note(ko="관리자 일괄 작업", en="Bulk action in the admin")
OF_PRESENT_KOREAN = _("This English is made from the present Korean")
DELETION = Note(ko="관리자에서 삭제", en="Deleted in the admin")


class BilingualForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if language := field_language(name):
                field.widget.attrs["lang"] = language


class ChangeNoteForm(BilingualForm):
    """Asks why: the note of the Revision that the change makes."""

    change_note_ko = forms.CharField(label=_("Change note (Korean)"), max_length=200)
    change_note_en = forms.CharField(label=_("Change note (English)"), max_length=200)

    def change_note(self) -> Note:
        data = self.cleaned_data
        return Note(ko=data["change_note_ko"], en=data["change_note_en"])


CHANGE_NOTE = (
    _("Why this change"),
    {
        "fields": [("change_note_ko", "change_note_en")],
        "description": _("Shown in public with the history of the statement."),
    },
)


class GatedAdmin(InTheirLanguages, TranslationAdmin):
    """Saves public content: whole, with author and note, or not at all."""

    form = ChangeNoteForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50

    class Media:
        js = ["js/autocomplete_names.js"]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with self.change(request, self.note_of(request)):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with self.change(request, DELETION):
            return super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with self.change(request, BULK_ACTION):
            return super().changelist_view(request, extra_context)

    def change(self, request, note: Note) -> AbstractContextManager:
        """What is saved inside goes to the public; the desk proposes it instead."""
        return gate(request.user, note)

    def note_of(self, request) -> Note:
        """The note as sent; the form refuses an empty one before anything is saved."""
        return Note(
            ko=request.POST.get("change_note_ko", "").strip(),
            en=request.POST.get("change_note_en", "").strip(),
        )


class StatementForm(ChangeNoteForm):
    is_of_present_korean = forms.BooleanField(
        label=OF_PRESENT_KOREAN,
        required=False,
        help_text=_("Unless you say so, English that is out of date stays so."),
    )

    def clean(self):
        """Says what the database would refuse, for fields that stand on the form."""
        cleaned = super().clean()
        require_korean(self)
        return cleaned

    def save(self, commit=True):
        if self.cleaned_data.get("is_of_present_korean"):
            self.instance.date_english(self.instance.korean_fingerprint)
        return super().save(commit)


class ChildForm(BilingualForm):
    def clean(self):
        cleaned = super().clean()
        require_korean(self)
        return cleaned


def require_korean(form: forms.ModelForm) -> None:
    for name in ("title_ko", "text_ko"):
        expected = name in korean_fields(form.instance.kind)
        if expected and name in form.cleaned_data and not form.cleaned_data[name]:
            form.add_error(
                name, _("The Korean text is the source’s; it is never empty.")
            )


def korean_fields(kind: str) -> list[str]:
    names = []
    if kind not in TEXT_ONLY_KINDS:
        names.append("title_ko")
    if kind not in TITLE_ONLY_KINDS:
        names.append("text_ko")
    return names


def text_rows(kind: str) -> list[tuple[str, str]]:
    """The fields of a kind in rows, Korean beside English."""
    return [(name, name.replace("_ko", "_en")) for name in korean_fields(kind)]


class TranslationStateFilter(admin.SimpleListFilter):
    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        return TranslationState.choices

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(translation=self.value())
        return queryset


class StatementAdmin(GatedAdmin):
    """Statements come from documents: they are edited, never added nor deleted."""

    form = StatementForm
    list_display = ["code", "kind", "korean", "english", "translation", "state"]
    list_display_links = ["code", "korean"]
    list_filter = [
        TranslationStateFilter,
        "state",
        "kind",
        "document",
        "regions",
        "themes",
        "countries",
    ]
    search_fields = ["code", "title_ko", "title_en", "text_ko", "text_en"]
    autocomplete_fields = [*TAGS]
    readonly_fields = ["code", "kind", "document", "parent", "translation"]
    ordering = ["sort_key"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_translation_state()

    def get_inlines(self, request, obj):
        """Of the kinds that stand under it: of others there is nothing to show."""
        kinds = obj.children.values_list("kind", flat=True).order_by().distinct()
        inlines = super().get_inlines(request, obj)
        return [one for one in inlines if one.model.proxied_kind in kinds]

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": [("code", "kind"), ("document", "parent")]}),
            (
                _("Korean and English"),
                {
                    "fields": [
                        *text_rows(obj.kind),
                        ("translation", "is_of_present_korean"),
                    ]
                },
            ),
            (
                _("Tags"),
                {
                    "fields": [
                        *self.autocomplete_fields,
                        *numbers_of(obj.kind),
                        "state",
                    ]
                },
            ),
            (
                _("Editor’s note"),
                {"fields": [("editor_note_ko", "editor_note_en")]},
            ),
            CHANGE_NOTE,
        ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("Korean"), ordering="sort_key")
    def korean(self, statement: Statement) -> str:
        return marked(statement.title_ko or statement.text_ko, "ko")

    @admin.display(description=_("English"))
    def english(self, statement: Statement) -> str:
        return marked(statement.title_en or statement.text_en or "—", "en")

    @admin.display(description=_("translation"), ordering="translation")
    def translation(self, statement: Statement) -> str:
        return statement.translation_state.label


class ChildInline(TranslationStackedInline):
    """The statements of one kind right under another, edited with it."""

    form = ChildForm
    fk_name = "parent"
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": text_rows(self.model.proxied_kind)})]


def child_inline(proxy: type[Statement]) -> type[ChildInline]:
    return type(f"{proxy.__name__}Inline", (ChildInline,), {"model": proxy})
