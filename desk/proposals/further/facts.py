"""A proposal taken up again: its fact has a form of its own, as its texts have."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from desk.models import Proposal
from statements.field_rows import FactRow
from statements.fields import FACTS
from statements.fingerprints import fingerprint
from statements.history.fact_words import PlainFact, fact_in_words
from statements.history.merge import Clash, pair_facts
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
    """Yields one for each fact that it changes or adds, while it is resumable."""
    if not proposal.is_resumable:
        return
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


class ShownFact(NamedTuple):
    """The fact that a form is of: as it is `public`, or as `proposed` where it has no
    row yet; neither where an address names none.
    """

    row: FactRow
    public: PlainFact | None = None
    proposed: PlainFact | None = None

    def is_of(self, clash: Clash) -> bool:
        fact = self.public or self.proposed
        there = clash.present if self.public else clash.proposed
        return clash.name == self.row.name and fact is not None and fact == there


def shown_fact(
    proposal: Proposal, model: type[Model], edited: Model | None, mark: str
) -> ShownFact | None:
    """The fact of the form of a row, or of that mark; None for a form of no facts."""
    row = next((row for row in FACTS.values() if row.model is model), None)
    if row is None:
        return None
    if edited is not None:
        return ShownFact(row, public=plain_fact(row, edited))
    facts = proposal.merged.values.get(row.name, ())
    proposed = next((fact for fact in facts if mark_of(fact) == mark), None)
    return ShownFact(row, proposed=proposed)


def initial_values(proposal: Proposal, shown: ShownFact) -> dict[str, Any]:
    """The fact of the proposal, as the form of a new one begins with it."""
    row, fact = shown.row, shown.proposed
    if fact is None:
        return {}
    if row.model is Link:
        earlier = Statement.objects.get(code=fact["earlier"])
        ends = {"later": proposal.statement_id, "earlier": earlier.pk}
    else:
        ends = {"statement": proposal.statement_id}
    return {**ends, **row.values_of(fact)}
