"""What the pages of the desk that belong to no single model share."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def staff_page(*rights: str) -> Callable:
    """A view for those who entered the desk and have all the `rights`."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.has_perms(rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return admin.site.admin_view(checked)

    return decorate


def staff_response(request: HttpRequest, template: str, **context) -> TemplateResponse:
    """A page in the frame of the admin; `title` is its heading."""
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, context)


def list_page(
    request: HttpRequest,
    template: str,
    rows: QuerySet | Sequence,
    per_page: int = 50,
    **context,
) -> TemplateResponse:
    """A page of the rows as `page_obj`, and the `numbers` of all pages."""
    shown = Paginator(rows, per_page).get_page(request.GET.get("page"))
    numbers = shown.paginator.get_elided_page_range(shown.number)
    return staff_response(request, template, page_obj=shown, numbers=numbers, **context)
