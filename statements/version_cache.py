"""What is read from the data once, and kept in memory until public content changes."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from uuid import UUID

from statements.models.revision import DataVersion

Read = TypeVar("Read")


def kept(read: Callable[[], Read]) -> Callable[[DataVersion | None], Read]:
    """`read()`, as of a version of the data; of no version, anew each time."""
    last: dict[UUID, Read] = {}

    @wraps(read)
    def as_of(version: DataVersion | None) -> Read:
        if not version:
            return read()
        found = last.get(version.token)
        if found is None:
            found = read()
            last.clear()
            last[version.token] = found
        return found

    return as_of
