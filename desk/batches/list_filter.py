"""A filter of the list of proposals: of one batch, of any, or made by themselves."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.models import Proposal
from statements.input.keys import read_key

ANY, NONE = "any", "none"


class OfBatch(admin.SimpleListFilter):
    title = gettext_lazy("batch")
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The page of a batch leads to the list of its own."""
        key = read_key(self.value() or "")
        own = [(str(key), f"#{key}")] if key else []
        return [(ANY, _("in a batch")), (NONE, _("submitted separately")), *own]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Proposal]
    ) -> QuerySet[Proposal]:
        value = self.value() or ""
        if value in (ANY, NONE):
            return queryset.filter(batch__isnull=value == NONE)
        key = read_key(value)
        return queryset.filter(batch=key) if key else queryset
