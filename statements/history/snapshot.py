"""A statement as plain data, whole: what a Revision keeps."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Prefetch

from statements.field_rows import FactRow
from statements.fields import FACTS, FINGERPRINTS, NUMBER_FIELDS, TAGS, TEXTS, Snapshot
from statements.models import Link, Statement, TranslationState

#: Ends the names of lists that many statements are read with: the manager of a relation
#: costs more than what it gives, for each statement anew.
READ = "_read"


def snapshots(statement_ids: Iterable[int]) -> dict[int, Snapshot]:
    """The state of each statement by id, in a number of queries that does not grow."""
    names = (*TAGS, *(row.accessor for row in FACTS.values()))
    lists = [Prefetch(name, to_attr=f"{name}{READ}") for name in names]
    statements = (
        Statement.objects.filter(pk__in=statement_ids)
        .select_related("parent", "document")
        .prefetch_related(*lists, f"links_to_earlier{READ}__earlier")
    )
    return {statement.pk: snapshot(statement) for statement in statements}


def snapshot(statement: Statement) -> Snapshot:
    """Of one that `snapshots` read."""
    columns = (*FINGERPRINTS, *TEXTS, *NUMBER_FIELDS)
    return {
        "code": statement.code,
        "kind": statement.kind,
        "document": statement.document.slug,
        "parent": statement.parent.code if statement.parent else None,
        "position": statement.position,
        "year": statement.year,
        "state": statement.state,
        "translation": statement.translation_state.value,
        **{name: getattr(statement, name) for name in columns},
        **{name: [t.slug for t in getattr(statement, name + READ)] for name in TAGS},
        **{name: plain_facts(statement, row) for name, row in FACTS.items()},
    }


def plain_facts(statement: Statement, row: FactRow) -> list[dict[str, Any]]:
    return [plain_fact(row, fact) for fact in getattr(statement, row.accessor + READ)]


def plain_fact(row: FactRow, fact: Model) -> dict[str, Any]:
    """The parts of a fact; of a link, the code of its other end before them."""
    filled = {n: v for n, v in plain_values(fact, row.filled).items() if v}
    end = {"earlier": fact.earlier.code} if isinstance(fact, Link) else {}
    return {**end, **plain_values(fact, row.parts), **filled}


def plain_values(fact: Model, names: Iterable[str]) -> dict[str, Any]:
    """The named fields as JSON has them: dates and decimals as strings."""
    values = {name: getattr(fact, name) for name in names}
    return {
        name: value if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


def translation_of(snapshot: Snapshot) -> TranslationState:
    """Derived from its texts, as a statement derives it: those of a proposal count."""
    names = (*FINGERPRINTS, *TEXTS)
    values = {name: snapshot[name] for name in names if name in snapshot}
    return Statement(**values).translation_state
