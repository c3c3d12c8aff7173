"""Numbers that are wider than any column equal nothing that is stored.

Django knows it of a number compared with a column of numbers; not of one among several,
nor of the key of another table: there SQLite's driver fails.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In

LEAST, LARGEST = -(2**63), 2**63 - 1


def is_too_wide(value: Any) -> bool:
    return isinstance(value, int) and not LEAST <= value <= LARGEST


class IntegerIn(In):
    """One of several numbers, of which those too wide are left out."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            self.rhs = [value for value in self.rhs if not is_too_wide(value)]
        return super().process_rhs(compiler, connection)


class KeyIn(RelatedIn, IntegerIn):
    """As `IntegerIn`, of the keys of another table."""


class KeyExact(RelatedExact):
    """A key of another table; nothing has one that is too wide."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if is_too_wide(self.rhs):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


def connect() -> None:
    models.IntegerField.register_lookup(IntegerIn)
    models.ForeignKey.register_lookup(KeyIn)
    models.ForeignKey.register_lookup(KeyExact)
