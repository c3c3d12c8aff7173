"""A change tried on the real pages: shown, and taken back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from django.utils.functional import SimpleLazyObject

from desk.requests import StaffRequest
from statements.dry_run import dry_run
from statements.fields import Snapshot
from statements.gate import Note, gate
from statements.history.restore import write_snapshot
from statements.models import DataVersion, Statement

TRIED = Note(ko="미리보기", en="Preview")


@contextmanager
def preview_values(
    request: StaffRequest, statement: Statement, values: Snapshot
) -> Iterator[None]:
    """The statement is as `values` say while this is open, for this request alone."""
    with trial_of(request, lambda: write_snapshot(statement, values, request.user)):
        yield


@contextmanager
def trial_of(request: StaffRequest, write: Callable[[], object]) -> Iterator[None]:
    """All is as `write` leaves it while this is open, for this request alone.

    The data version is one of its own meanwhile: nothing kept in memory by it is ever
    found again.
    """
    with dry_run() as trial, gate(request.user, TRIED):
        write()
        DataVersion.move()
        version = SimpleLazyObject(DataVersion.current)
        request.data_version = cast("DataVersion | None", version)
        yield
        trial.end()
