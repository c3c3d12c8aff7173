"""Makes a statement what a snapshot says of it; called inside an open gate.

By this a proposal is carried out and an earlier revision returned to.
"""

from collections.abc import Iterable
from itertools import zip_longest

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.history.snapshot import (
    FACTS,
    FILLED,
    FINGERPRINTS,
    LINKS,
    TAGS,
    TEXTS,
    plain_fact,
    plain_values,
)
from statements.models import (
    Country,
    Event,
    Figure,
    Link,
    Organisation,
    Region,
    Statement,
    StatusUpdate,
    Theme,
)

RESTORED_COLUMNS = (*TEXTS, *FINGERPRINTS, "state", "position")
#: All of a snapshot that can change; the rest follows from it or never does.
CHANGEABLE = (*RESTORED_COLUMNS, *TAGS, *FACTS, "links")
TERMS = dict(zip(TAGS, (Region, Country, Theme, Organisation), strict=True))
FACT_MODELS = dict(zip(FACTS, (Event, Figure, StatusUpdate), strict=True))


def write_snapshot(
    statement: Statement, values: dict, by: AbstractBaseUser | None
) -> None:
    """Writes those values of a snapshot that are given; `by` records new statuses."""
    columns = {name: values[name] for name in RESTORED_COLUMNS if name in values}
    for name, value in columns.items():
        setattr(statement, name, value)
    if columns:
        statement.save()
    for name in TAGS:
        if name in values:
            getattr(statement, name).set(terms(name, values[name]))
    for name in FACTS:
        if name in values:
            write_facts(statement, name, values[name], by)
    if "links" in values:
        write_links(statement, values["links"], by)


def terms(name: str, slugs: Iterable[str]) -> list:
    found = list(TERMS[name].objects.filter(slug__in=slugs))
    gone = set(slugs) - {term.slug for term in found}
    if gone:
        raise ValidationError(
            _("These terms are no longer in the vocabulary: %(slugs)s")
            % {"slugs": ", ".join(sorted(gone))}
        )
    return found


def write_facts(
    statement: Statement, name: str, wanted: list[dict], by: AbstractBaseUser | None
) -> None:
    """Those that stay the same stay; the others change in place, come or go."""
    left = list(wanted)
    changing = []
    for fact in getattr(statement, name).all():
        values = plain_fact(name, fact)
        if values in left:
            left.remove(values)
        else:
            changing.append(fact)
    for fact, values in zip_longest(changing, left):
        if values is None:
            fact.delete()
            continue
        fact = fact or FACT_MODELS[name](statement=statement)
        unfilled = dict.fromkeys(FILLED.get(name, "").split(), "")
        for field, value in {**unfilled, **values}.items():
            setattr(fact, field, value)
        if isinstance(fact, StatusUpdate):
            fact.by = by
        fact.full_clean()
        fact.save()


def write_links(
    statement: Statement, wanted: list[dict], by: AbstractBaseUser | None
) -> None:
    existing = {
        link.earlier.code: link
        for link in statement.links_to_earlier.select_related("earlier")
    }
    for values in wanted:
        link = existing.pop(values["earlier"], None)
        if link and plain_values(link, LINKS) == {n: values[n] for n in LINKS.split()}:
            continue
        link = link or Link(
            later=statement, earlier=Statement.objects.get(code=values["earlier"])
        )
        for field in LINKS.split():
            setattr(link, field, values[field])
        link.by, link.at = by, timezone.now()
        link.save()
    for link in existing.values():
        link.delete()
