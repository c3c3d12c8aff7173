"""A proposal taken up again: its fact has a form of its own, as its texts have."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from desk.models import Proposal
from statements.field_rows import FactRow
from statements.fields import FACTS, Snapshot
from statements.fingerprints import fingerprint
from statements.history.fact_words import PlainFact, fact_in_words
from statements.history.merge import pair_facts, put_fact
from statements.history.snapshot import plain_fact
from statements.models import Link, Statement

#: The parameters of an address that takes a proposal up: its key, and the mark of a
#: fact that it adds, which has no row to be edited yet.
PROPOSAL, FACT = "proposal", "fact"


class FactForm(NamedTuple):
    """A fact that a proposal brings, in words, and the address of its form."""

    words: str
    address: str


def forms_of_facts(proposal: Proposal) -> Iterator[FactForm]:
    for name, row in FACTS.items():
        if name not in proposal.changes:
            continue
        facts = getattr(proposal.statement, row.accessor).all()
        rows = [(plain_fact(row, fact), fact) for fact in facts]
        then, now = proposal.present[name], proposal.merged.values[name]
        for old, new in pair_facts(row, then, now):
            if new is None:
                continue
            fact = next((fact for plain, fact in rows if plain == old), None)
            yield FactForm(
                fact_in_words(name, new), form_address(row, fact, proposal, new)
            )


def form_address(
    row: FactRow, fact: Model | None, proposal: Proposal, new: PlainFact
) -> str:
    page, query = f"admin:statements_{row.model._meta.model_name}", {}
    if fact is None:
        address, query = reverse(f"{page}_add"), {FACT: mark_of(new)}
    else:
        address = reverse(f"{page}_change", args=[fact.pk])
    return f"{address}?{urlencode({PROPOSAL: proposal.pk, **query})}"


def mark_of(fact: PlainFact) -> str:
    return fingerprint("", json.dumps(fact, sort_keys=True))


def added_fact(
    proposal: Proposal, model: type[Model], mark: str
) -> tuple[FactRow, PlainFact] | None:
    """The fact of that mark that the proposal has, and its row in the table."""
    return next(
        (
            (row, fact)
            for name, row in FACTS.items()
            if row.model is model
            for fact in proposal.merged.values.get(name, ())
            if mark_of(fact) == mark
        ),
        None,
    )


def values_without(proposal: Proposal, model: type[Model], mark: str) -> Snapshot:
    """The values that the proposal would write, but for the fact of the form."""
    values = proposal.merged.values
    if found := added_fact(proposal, model, mark):
        row, fact = found
        facts = list(values[row.name])
        put_fact(facts, [fact], None)
        values = {**values, row.name: facts}
    return values


def initial_values(proposal: Proposal, model: type[Model], mark: str) -> dict[str, Any]:
    """The fact of the proposal, as the form of a new one begins with it."""
    found = added_fact(proposal, model, mark)
    if not found:
        return {}
    row, fact = found
    if row.model is Link:
        earlier = Statement.objects.get(code=fact["earlier"])
        ends = {"later": proposal.statement_id, "earlier": earlier.pk}
    else:
        ends = {"statement": proposal.statement_id}
    return {**ends, **row.values_of(fact)}
