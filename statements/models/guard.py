"""Public content changes only inside a gate; this is how models ask for it."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.translation import gettext as _


class GateClosed(RuntimeError):
    """Public content was to be written outside `with gate(by, note):`."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Public content can be changed only inside “with gate(by, note):” of "
                "statements.gate. Fixtures are loaded with “manage.py load_corpus”."
            )
        )


class NeverDeleted(TypeError):
    def __init__(self) -> None:
        super().__init__(
            _("Statements cannot be deleted. You can only stop publishing them.")
        )


class NeverChanged(ValueError):
    def __init__(self, code: str) -> None:
        message = _(
            "The number and the kind of a statement cannot be changed: %(code)s."
        )
        super().__init__(message % {"code": code})


class SlugNeverChanged(ValueError):
    def __init__(self) -> None:
        super().__init__(_("A slug is part of an address and cannot be changed."))


@dataclass
class GateChange:
    """The changes in the open gate: `statement_ids`, the keys of `facts` by model, the
    `entries` by kind and key, and whether there are any; whether there are some beyond
    statements, of a term, a document or the glossary.
    """

    statement_ids: set[int] = field(default_factory=set)
    facts: dict[type[Model], set[int]] = field(default_factory=dict)
    entries: set[tuple[str, int]] = field(default_factory=set)
    is_any: bool = False
    is_beyond_statements: bool = False


#: The change inside the open gate; None while none is open.
current_change: ContextVar[GateChange | None] = ContextVar(
    "current_change", default=None
)


def touch(*statement_ids: int | None, is_beyond: bool = False) -> None:
    """Notes that statements change; `is_beyond`, that other public content does.

    Raises GateClosed outside a gate.
    """
    change = open_change(is_beyond)
    change.statement_ids.update(pk for pk in statement_ids if pk is not None)


def touch_facts(model: type[Model], keys: Iterable[int | None]) -> None:
    """Notes that facts of that model change; raises GateClosed outside a gate."""
    facts = open_change().facts.setdefault(model, set())
    facts.update(pk for pk in keys if pk is not None)


def touch_entries(kind: str, keys: Iterable[int | None]) -> None:
    """Notes that entries of that kind change; raises GateClosed outside a gate."""
    entries = open_change(is_beyond=True).entries
    entries.update((kind, pk) for pk in keys if pk is not None)


def open_change(is_beyond: bool = False) -> GateChange:
    change = current_change.get()
    if change is None:
        raise GateClosed
    change.is_any = True
    change.is_beyond_statements |= is_beyond
    return change
