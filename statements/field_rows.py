"""The kinds of rows in the table of a statement's fields, and what each says of one."""

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from statements.models import (
    Country,
    Event,
    Figure,
    Kind,
    Link,
    Organisation,
    Region,
    StatusUpdate,
    Theme,
)


class ValueType(StrEnum):
    """The values of a column: one text, one whole number, or several slugs."""

    TEXT = "text"
    NUMBER = "number"
    SLUGS = "slugs"


@dataclass(frozen=True)
class FieldRow:
    """A field by its `name` in snapshots, sheets, outputs and on the model."""

    name: str
    _: KW_ONLY
    #: What staff and readers see it called.
    label: str | Promise = ""
    #: What its column holds, in outputs and in the API; None where there is none.
    output: str | Promise | None = None
    #: The same for the sheets that staff edit.
    sheet: str | Promise | None = None
    type: ValueType = ValueType.TEXT
    #: Of its column in a workbook, in letters; None is as wide as most.
    width: int | None = None
    #: Whether translators change it too; all others are the editors'.
    for_translators: bool = False

    @property
    def empty(self) -> Any:
        """Its value where nobody has filled it; that of snapshots older than it."""
        return None


@dataclass(frozen=True)
class FixedRow(FieldRow):
    """A field that is given with the statement and never changes."""


@dataclass(frozen=True)
class ComputedRow(FieldRow):
    """A column of outputs that follows from other fields."""


@dataclass(frozen=True)
class TextRow(FieldRow):
    """A text in `language`, beside a row of the same in the other language; empty
    where it is not translated.
    """

    language: str
    _: KW_ONLY
    #: Whether the Korean is the source's own, and the English its translation.
    is_of_source: bool = False

    @property
    def empty(self) -> str:
        return ""


@dataclass(frozen=True)
class NumberRow(FieldRow):
    """A whole number or none, of statements of these kinds; of all without any."""

    _: KW_ONLY
    type: ValueType = ValueType.NUMBER
    kinds: tuple[Kind, ...] = ()

    def is_of(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True)
class FingerprintRow(FieldRow):
    """A mark by which the state of the translation is known; see Statement."""

    @property
    def empty(self) -> str:
        return ""


@dataclass(frozen=True)
class PositionRow(FieldRow):
    """The place among the statements that stand under the same one."""


@dataclass(frozen=True)
class StateRow(FieldRow):
    """The state of publication: it says who may see the statement."""


@dataclass(frozen=True)
class TagRow(FieldRow):
    """Terms of the vocabulary, as their slugs."""

    model: type[Region] | type[Country] | type[Theme] | type[Organisation]
    _: KW_ONLY
    type: ValueType = ValueType.SLUGS

    @property
    def empty(self) -> list[str]:
        return []


@dataclass(frozen=True)
class FactRow(FieldRow):
    """Facts that hang on a statement, each a row of their model with these `parts`.

    A new part belongs in `filled`: written only where it is filled, it makes no
    difference between a snapshot from before there was such a part, and one without.
    `told` are the parts that its one line of words says, a translated one without its
    language; the others are added to the words where they change.

    No key of a fact is in a snapshot. One that changes is known again by any part of
    `known_by` that stays; two with the same `same_where` are one fact, told twice.
    """

    model: type[Event] | type[Figure] | type[StatusUpdate] | type[Link]
    parts: tuple[str, ...]
    _: KW_ONLY
    filled: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    known_by: tuple[str, ...]
    same_where: tuple[str, ...]
    #: The name by which the model has them, where it is another one.
    relation: str = ""
    #: Fields of the model that no snapshot holds: keys, and who recorded it when.
    left_out: tuple[str, ...] = ("id", "statement")

    @property
    def empty(self) -> list[dict[str, Any]]:
        return []

    @property
    def accessor(self) -> str:
        return self.relation or self.name

    def values_of(self, fact: dict[str, Any]) -> dict[str, Any]:
        """All parts of a plain fact; what it does not have was not filled."""
        unfilled = dict.fromkeys(self.filled, "")
        return {**unfilled, **{n: v for n, v in fact.items() if n != "earlier"}}
