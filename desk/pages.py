"""The frame of the pages of the desk that belong to no single model."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from statements.codes import CODE
from statements.models import Statement

StaffView = Callable[..., HttpResponseBase]


def staff_page(*rights: str) -> Callable[[StaffView], StaffView]:
    """Makes a view one for those who entered the desk and have all the `rights`."""

    def decorate(view: StaffView) -> StaffView:
        @wraps(view)
        def checked(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.has_perms(rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return admin.site.admin_view(checked)

    return decorate


def statement_or_404(statements: "QuerySet[Statement]", code: str) -> Statement:
    """Not every database takes every text: what cannot be a code is asked of none."""
    if not CODE.fullmatch(code):
        raise Http404
    return get_object_or_404(statements, code=code)


def staff_response(
    request: HttpRequest, template: str, **context: Any
) -> TemplateResponse:
    """A page in the frame of the admin; `title` is its heading."""
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, context)


def list_page(
    request: HttpRequest,
    template: str,
    rows: QuerySet[Any] | Sequence[Any],
    per_page: int = 50,
    **context: Any,
) -> TemplateResponse:
    """A page of the rows as `page_obj`, and the `numbers` of all pages."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    numbers = page.paginator.get_elided_page_range(page.number)
    return staff_response(request, template, page_obj=page, numbers=numbers, **context)
