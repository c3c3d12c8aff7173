"""Requests to the lists and forms of Django's admin, read before its views do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase

from statements.filters.filterset import LONGEST_QUERY
from statements.keys import read_key
from statements.plain_text import FOREIGN_CHARACTER

#: The words of Django's searches, each of which makes the SQL longer.
WORDS = ("q", "term")
#: The filters of a list, kept in the address of a form, are the longest that we send.
LONGEST_VALUE = 5000

DeskView = Callable[..., HttpResponseBase]


def require_readable(view: DeskView) -> DeskView:
    """Answers 404 for a key that no row can have, 400 for a query that nobody typed."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        object_id = kwargs.get("object_id")
        if object_id is not None and read_key(unquote(object_id)) is None:
            raise Http404
        for name, values in request.GET.lists():
            longest = LONGEST_QUERY if name in WORDS else LONGEST_VALUE
            for text in (name, *values):
                if len(text) > longest or FOREIGN_CHARACTER.search(text):
                    raise BadRequest(f"unreadable parameter {name[:50]!r}")
        return view(request, *args, **kwargs)

    return read
