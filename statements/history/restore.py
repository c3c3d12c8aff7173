"""Makes a statement what a snapshot says of it; called inside an open gate.

By this a proposal is carried out and an earlier revision returned to.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.field_rows import FactRow
from statements.fields import (
    CHANGEABLE,
    CHANGEABLE_COLUMNS,
    FACTS,
    NUMBER_FIELDS,
    TAGS,
    TEXTS,
    Snapshot,
    value_in,
)
from statements.history.fact_words import PlainFact
from statements.history.merge import pair_facts
from statements.history.snapshot import plain_fact
from statements.models import Link, Statement, StatusUpdate
from statements.models.vocabulary import Term


def write_snapshot(statement: Statement, values: Snapshot, by: User | None) -> None:
    """Writes those values of a snapshot that are given, and no other column but those
    that follow from them; `by` records new statuses. The statement was read inside the
    gate.
    """
    columns = {name: values[name] for name in CHANGEABLE_COLUMNS if name in values}
    for name, value in columns.items():
        setattr(statement, name, value)
    if columns:
        statement.save_columns(columns)
    for name in TAGS:
        if name in values:
            getattr(statement, name).set(terms(name, values[name]))
    for name, row in FACTS.items():
        if name in values:
            write = write_links if row.model is Link else write_facts
            write(statement, row, values[name], by)


def changeable_values(snapshot: Snapshot) -> Snapshot:
    """The values to write to return to a snapshot; a field that is newer than it was
    empty then.
    """
    filled_by_people = {*TEXTS, *NUMBER_FIELDS, *TAGS, *FACTS}
    return {
        name: value_in(snapshot, name)
        for name in CHANGEABLE
        if name in snapshot or name in filled_by_people
    }


def terms(name: str, slugs: Iterable[str]) -> list[Term]:
    """The terms of a kind of tag; ValidationError where there is one no longer."""
    terms: list[Term] = list(TAGS[name].model.objects.filter(slug__in=slugs))
    gone = set(slugs) - {term.slug for term in terms}
    if gone:
        raise ValidationError(
            _("No longer in the list of regions, countries and themes: %(slugs)s")
            % {"slugs": ", ".join(sorted(gone))}
        )
    return terms


def write_facts(
    statement: Statement,
    row: FactRow,
    facts: list[PlainFact],
    by: User | None,
) -> None:
    """Those that stay the same stay; the others change in place, come or go."""
    rows = list(getattr(statement, row.accessor).all())
    plain = [plain_fact(row, fact) for fact in rows]
    for old, values in pair_facts(row, plain, facts):
        if old is None:
            fact = row.model(**{"statement": statement})
        else:
            place = plain.index(old)
            plain.pop(place)
            fact = rows.pop(place)
        if values is None:
            fact.delete()
            continue
        for name, value in row.values_of(values).items():
            setattr(fact, name, value)
        if isinstance(fact, StatusUpdate) and by is not None:
            fact.by = by
        fact.full_clean()
        fact.save()


def write_links(
    statement: Statement,
    row: FactRow,
    links: list[PlainFact],
    by: User | None,
) -> None:
    existing = {
        link.earlier.code: link
        for link in statement.links_to_earlier.select_related("earlier")
    }
    for values in links:
        link = existing.pop(values["earlier"], None)
        if link and plain_fact(row, link) == values:
            continue
        link = link or Link(
            later=statement, earlier=Statement.objects.get(code=values["earlier"])
        )
        for name, value in row.values_of(values).items():
            setattr(link, name, value)
        link.by, link.at = by, timezone.now()
        link.full_clean()
        link.save()
    for link in existing.values():
        link.delete()
