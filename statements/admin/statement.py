"""Statements in the admin, whatever their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from statements.admin.base import CHANGE_NOTE, GatedAdmin, StatementForm, text_rows
from statements.admin.languages import marked
from statements.fields import TAGS, numbers_of
from statements.models import Statement, TranslationState
from statements.models.queries import StatementQuerySet

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec
    from django.utils.functional import _StrOrPromise


class TranslationStateFilter(admin.SimpleListFilter):
    """Lists the statements whose English is missing, out of date or as it should be."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, _StrOrPromise]]:
        return [(state.value, state.label) for state in TranslationState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value():
            return queryset.filter(translation=self.value())
        return queryset


class StatementAdmin(GatedAdmin[Statement]):
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

    def get_queryset(self, request: HttpRequest) -> StatementQuerySet:
        statements = cast(StatementQuerySet, super().get_queryset(request))
        return statements.with_translation_state()

    def get_inlines(
        self, request: HttpRequest, obj: Statement | None
    ) -> list[type[InlineModelAdmin[Any, Any]]]:
        """The kinds that stand under it: of others there is nothing to show."""
        assert obj is not None, "no statement is added in the admin"
        kinds = obj.children.values_list("kind", flat=True).order_by().distinct()
        inlines = super().get_inlines(request, obj)
        return [inline for inline in inlines if inline.model.proxied_kind in kinds]

    def get_fieldsets(
        self, request: HttpRequest, obj: Statement | None = None
    ) -> _FieldsetSpec:
        assert obj is not None, "no statement is added in the admin"
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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    @admin.display(description=_("Korean"), ordering="sort_key")
    def korean(self, statement: Statement) -> str:
        return marked(statement.title_ko or statement.text_ko, "ko")

    @admin.display(description=_("English"))
    def english(self, statement: Statement) -> str:
        return marked(statement.title_en or statement.text_en or "—", "en")

    @admin.display(description=_("translation"), ordering="translation")
    def translation(self, statement: Statement) -> str:
        return str(statement.translation_state.label)
