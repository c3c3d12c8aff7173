"""Requests to the lists and forms of Django's admin, read before its views do."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME as CHOSEN
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest
from django.db.models import DateField, Field
from django.http import Http404, HttpRequest, HttpResponseBase

from statements.filters.filterset import LONGEST_QUERY
from statements.input.keys import read_key
from statements.input.plain_text import FOREIGN_CHARACTER

#: The words of Django's searches, each of which makes the SQL longer.
WORDS = ("q", "term")
#: The filters of a list, kept in the address of a form, are the longest that we send.
LONGEST_VALUE = 5000

#: What the lists of the admin ask in their own addresses. Others would let anybody with
#: an account send patterns to the database.
LOOKUPS = {"exact", "in", "isnull", "year", "month", "day", "gte", "lt", "id"}
UNOFFERED = {*Field.get_class_lookups(), *DateField.get_class_lookups()} - LOOKUPS
OF_DATES = {"year", "month", "day"}
DIGITS_OF_DATE = re.compile("[1-9][0-9]{0,3}|0[1-9]")

DeskView = Callable[..., HttpResponseBase]


def require_readable(view: DeskView) -> DeskView:
    """Answers 404 for a key that no row can have, 400 for what no page of ours asks."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        object_id = kwargs.get("object_id")
        if object_id is not None and read_key(unquote(object_id)) is None:
            raise Http404
        for name, values in request.GET.lists():
            if not all(is_readable(name, text) for text in (name, *values)):
                raise BadRequest(f"unreadable parameter {name[:50]!r}")
        if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
            raise BadRequest("a field without a name")
        if any(read_key(row) is None for row in request.POST.getlist(CHOSEN)):
            raise BadRequest("unreadable choice of rows")
        return view(request, *args, **kwargs)

    return read


def is_readable(name: str, text: str) -> bool:
    """Says whether a name or a value of a parameter is one that a list can ask for."""
    longest = LONGEST_QUERY if name in WORDS else LONGEST_VALUE
    if len(text) > longest or FOREIGN_CHARACTER.search(text):
        return False
    path = name.split("__")
    if not UNOFFERED.isdisjoint(path):
        return False
    is_of_date = text != name and not OF_DATES.isdisjoint(path[1:])
    return not is_of_date or bool(DIGITS_OF_DATE.fullmatch(text))
