"""The parameters of the API: the FilterSet's own, and those that shape the answer."""

from collections.abc import Iterable
from re import fullmatch
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from explorer.exports.columns import STATEMENT_COLUMN_NAMES
from explorer.query import filter_errors
from statements.filters.filterset import StatementFilter

PAGE = r"[1-9][0-9]{0,8}"
#: The parameters that may be given several times.
REPEATED = forms.MultipleChoiceField


def parameter_names(filterset: StatementFilter) -> set[str]:
    return {*filterset.filters, "page", "fields"}


def errors_in_list(
    request: HttpRequest, filterset: StatementFilter
) -> list[dict[str, Any]]:
    """Everything wrong with a request for statements; a slip is never passed over."""
    form = filterset.form
    single = {n for n, field in form.fields.items() if not isinstance(field, REPEATED)}
    return [
        *errors_of_names(request, parameter_names(filterset)),
        *errors_of_counts(request, {*single, "page"}),
        *filter_errors(filterset),
        *errors_of_page(request),
        *errors_of_fields(request),
    ]


def errors_in_detail(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        *errors_of_names(request, {"fields"}),
        *errors_of_fields(request),
    ]


def errors_of_names(request: HttpRequest, known: Iterable[str]) -> list[dict[str, Any]]:
    detail = _("There is no parameter “%(name)s”. For a list, see /api/v1/docs.")
    return [
        {"parameter": name, "detail": detail % {"name": name}}
        for name in request.GET.keys() - known
    ]


def errors_of_counts(
    request: HttpRequest, single: Iterable[str]
) -> list[dict[str, Any]]:
    detail = _("This parameter can be given only once.")
    return [
        {"parameter": name, "detail": detail}
        for name in single
        if len(request.GET.getlist(name)) > 1
    ]


def errors_of_page(request: HttpRequest) -> list[dict[str, Any]]:
    if fullmatch(PAGE, request.GET.get("page", "1")):
        return []
    return [
        {"parameter": "page", "detail": _("The page must be a number, 1 or higher.")}
    ]


def errors_of_fields(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "parameter": "fields",
            "detail": _("There is no field “%(name)s”.") % {"name": name},
        }
        for name in fields_of(request)
        if name not in STATEMENT_COLUMN_NAMES
    ]


def fields_of(request: HttpRequest) -> list[str]:
    """The fields asked for, by commas or one by one, else all."""
    if "fields" not in request.GET:
        return list(STATEMENT_COLUMN_NAMES)
    return ",".join(request.GET.getlist("fields")).split(",")


def page_number(request: HttpRequest) -> int:
    return int(request.GET.get("page", "1"))
