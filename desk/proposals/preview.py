"""Shows what a change would look like, on the real pages, and undoes it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from statements.gate import Note, gate
from statements.history.restore import write_snapshot
from statements.models import DataVersion, Statement

TRIED = Note(ko="미리보기", en="Preview")


class Undone(Exception):
    """Takes back what was tried."""


@contextmanager
def trying(request: HttpRequest, statement: Statement, values: dict) -> Iterator[None]:
    """The statement is as `values` say while this is open, for this request alone.

    The data version is one of its own meanwhile: nothing kept in memory by it is ever
    found again.
    """
    try:
        with gate(request.user, TRIED):
            write_snapshot(statement, values, request.user)
            DataVersion.move()
            request.data_version = SimpleLazyObject(DataVersion.current)
            yield
            raise Undone
    except Undone:
        return
