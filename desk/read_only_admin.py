"""The admin of rows that are read there, and never written."""

from typing import TypeVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from statements.input.keys import read_key

ShownModel = TypeVar("ShownModel", bound=Model)


class ReadOnlyAdmin(admin.ModelAdmin[ShownModel]):
    """Rows to read; what can be done with them has buttons of its own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


def visible_row(
    model_admin: admin.ModelAdmin[ShownModel],
    request: HttpRequest,
    rows: QuerySet[ShownModel],
    object_id: str,
) -> ShownModel:
    """The row of that key, for those who may see it; raises Http404 where there is
    none, and PermissionDenied.
    """
    key = read_key(object_id)
    row = None if key is None else rows.filter(pk=key).first()
    if row is None:
        raise Http404
    if not model_admin.has_view_permission(request, row):
        raise PermissionDenied
    return row
