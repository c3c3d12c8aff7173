"""The vocabulary in the admin: the terms of the tags, and the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from django.db.models import ManyToManyRel, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from statements.admin.base import CHANGE_NOTE, GatedAdmin
from statements.models import Country, GlossaryTerm, Statement

TagTerm = TypeVar("TagTerm", bound=Model)


class TermAdmin(GatedAdmin[TagTerm]):
    """Terms that statements are tagged with."""

    list_display = ["slug", "name_ko", "name_en", "position"]
    search_fields = ["slug", "name_ko", "name_en"]
    ordering = ["position"]
    fieldsets = [
        (None, {"fields": ["slug", ("name_ko", "name_en"), "position"]}),
        (_("What it covers"), {"fields": [("scope_ko", "scope_en")]}),
        CHANGE_NOTE,
    ]

    def get_deleted_objects(
        self, objs: Sequence[TagTerm] | QuerySet[TagTerm], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Names the statements that lose a tag, not the rows of the table between."""
        _objects, _counts, lacking, protected = super().get_deleted_objects(
            objs, request
        )
        tagged = Statement.objects.filter(**{f"{self.tags}__in": objs}).distinct()
        codes = ", ".join(tagged.in_outline_order().values_list("code", flat=True))
        losing = [_("Statements that lose this tag: %(codes)s") % {"codes": codes}]
        names = [str(term) for term in objs]
        counts = {str(self.opts.verbose_name_plural): len(names)}
        return names + losing * bool(codes), counts, lacking, protected

    @property
    def tags(self) -> str:
        """The field of a statement that holds these terms."""
        relation = cast(ManyToManyRel, self.model._meta.get_field("statements"))
        return relation.field.name


class CountryAdmin(TermAdmin[Country]):
    """Countries, each in its region."""

    list_display = ["slug", "name_ko", "name_en", "position", "region"]
    list_select_related = ["region"]
    fieldsets = [
        (None, {"fields": ["slug", ("name_ko", "name_en"), "position"]}),
        (_("Location"), {"fields": [("region", "iso")]}),
        CHANGE_NOTE,
    ]


class GlossaryTermAdmin(GatedAdmin[GlossaryTerm]):
    """Korean expressions and the English that the ministry uses for them."""

    list_display = ["korean", "english", "category", "is_established"]
    list_filter = ["category", "is_established"]
    search_fields = ["korean", "english", "note_ko", "note_en"]
    ordering = ["position"]
    fieldsets = [
        (None, {"fields": [("korean", "english"), "is_established", "category"]}),
        (_("Explanation"), {"fields": [("note_ko", "note_en"), "position"]}),
        CHANGE_NOTE,
    ]
