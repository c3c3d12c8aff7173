"""The ranges of all that a person can write into a column, by the kind of the column.

Held twice: here, before anything is written, with a message for the field; and by the
constraints of the tables, whoever writes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from statements.input.plain_text import FOREIGN, LONGEST_TEXT, require_plain

#: From the first year of the Republic; an event lasts no longer than what lies between.
FIRST_DAY, LAST_DAY = date(1948, 1, 1), date(2100, 12, 31)
#: Of what is done with the portal, which began later than this.
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2100, 1, 1, tzinfo=UTC)
#: As many digits as the columns of figures have.
LARGEST_VALUE = Decimal("999999999999.99")
#: A code has four digits for it.
LAST_EDITION = 9999
#: What both databases can store in the smallest column for whole numbers.
LARGEST_POSITION = 32_767

DAY_OUT_OF_RANGE = _("Enter a date from 1948 to 2100.")
MOMENT_OUT_OF_RANGE = _("Enter a date and time from 2000 to 2099.")
NUMBER_OUT_OF_RANGE = _("Enter a number from %(least)s to %(largest)s.")
TOO_LONG = _("This text can have at most %(n)s characters.")


def require_fit(instance: models.Model, left_out: Collection[str] = ()) -> None:
    """Raises ValidationError, by field, where a value is outside its range."""
    errors: dict[str, list[ValidationError]] = {}
    for field in instance._meta.concrete_fields:
        # Of a value that is not loaded, nothing is to be said.
        if field.name in left_out or field.attname not in instance.__dict__:
            continue
        for error in wrong_with(field, instance.__dict__[field.attname]):
            errors.setdefault(field.name, []).append(error)
    if errors:
        raise ValidationError(errors)


def wrong_with(field: models.Field[Any, Any], value: Any) -> Iterator[ValidationError]:
    """Says all that is wrong with a value for a column; values of other types are
    Django's to refuse.
    """
    if isinstance(value, str) and isinstance(
        field, models.CharField | models.TextField
    ):
        yield from wrong_with_text(value, field.max_length or LONGEST_TEXT)
    elif isinstance(value, datetime):
        if not FIRST_MOMENT <= value <= LAST_MOMENT:
            yield ValidationError(MOMENT_OUT_OF_RANGE, code="out_of_range")
    elif isinstance(value, date):
        if not FIRST_DAY <= value <= LAST_DAY:
            yield ValidationError(DAY_OUT_OF_RANGE, code="out_of_range")
    elif isinstance(value, int | Decimal) and (span := span_of(field)):
        least, largest = span
        if not (Decimal(value).is_finite() and least <= value <= largest):
            yield ValidationError(
                NUMBER_OUT_OF_RANGE,
                code="out_of_range",
                params={"least": least, "largest": largest},
            )


def wrong_with_text(text: str, longest: int) -> Iterator[ValidationError]:
    try:
        require_plain(text)
    except ValidationError as error:
        yield error
    if len(text) > longest:
        yield ValidationError(TOO_LONG, code="too_long", params={"n": longest})


def span_of(
    field: models.Field[Any, Any],
) -> tuple[int, int] | tuple[Decimal, Decimal] | None:
    """The numbers that a column holds on every database; None for keys."""
    if isinstance(field, models.DecimalField):
        return -LARGEST_VALUE, LARGEST_VALUE
    if field.primary_key or field.is_relation:
        return None
    kind = field.get_internal_type()
    return BaseDatabaseOperations.integer_field_ranges.get(kind)


def texts_fit(**longest: int) -> Q:
    """The condition that each text is plain, and no longer than is said."""
    return all_of(
        ~Q(**{f"{name}__regex": FOREIGN}) & Q(LessThanOrEqual(Length(F(name)), most))
        for name, most in longest.items()
    )


def in_both_languages(**longest: int) -> dict[str, int]:
    """The columns of translated fields, by the names without a language."""
    return {
        f"{name}{ending}": most
        for name, most in longest.items()
        for ending in ("", "_ko", "_en")
    }


def within(least: Any, largest: Any, *names: str) -> Q:
    """The condition that each column is empty or in the range."""
    return all_of(
        Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (least, largest)})
        for name in names
    )


def all_of(conditions: Iterator[Q]) -> Q:
    return reduce(and_, conditions)


def check(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=condition)


def position_check(table: str) -> models.CheckConstraint:
    return check(f"{table}_position_in_range", within(0, LARGEST_POSITION, "position"))


def moment_check(table: str, *names: str) -> models.CheckConstraint:
    condition = within(FIRST_MOMENT, LAST_MOMENT, *names)
    return check(f"{table}_times_in_range", condition)


def document_time_in_range() -> Q:
    years = within(FIRST_DAY.year, LAST_EDITION, "time_year")
    return years & within(1, LARGEST_POSITION, "time_order")


#: What each table holds itself to.
DOCUMENT_RANGES: list[models.BaseConstraint] = [
    check(
        "document_texts_fit",
        texts_fit(
            **in_both_languages(title=200, publisher=200, licence=200),
            **in_both_languages(contains=LONGEST_TEXT, lacks=LONGEST_TEXT),
            source_url=200,
            file=200,
        ),
    ),
    check(
        "document_edition_texts_fit",
        texts_fit(**in_both_languages(edition=100, time_basis=LONGEST_TEXT)),
    ),
    check("document_publication_in_range", within(FIRST_DAY, LAST_DAY, "published_on")),
    check("document_time_in_range", document_time_in_range()),
]
TERM_RANGES: list[models.BaseConstraint] = [
    check("%(class)s_texts_fit", texts_fit(**in_both_languages(name=100, scope=200))),
    position_check("%(class)s"),
]
GLOSSARY_RANGES: list[models.BaseConstraint] = [
    check(
        "glossary_term_texts_fit",
        texts_fit(korean=100, english=200, **in_both_languages(note=LONGEST_TEXT)),
    ),
    position_check("glossary_term"),
]
STATEMENT_RANGES: list[models.BaseConstraint] = [
    check(
        "statement_texts_fit",
        texts_fit(
            **in_both_languages(title=300, text=LONGEST_TEXT),
            **in_both_languages(editor_note=LONGEST_TEXT),
            code=64,
        ),
    ),
    position_check("statement"),
    check("statement_year_in_range", within(FIRST_DAY.year, LAST_EDITION, "year")),
]
EVENT_RANGES: list[models.BaseConstraint] = [
    check("event_days_in_range", within(FIRST_DAY, LAST_DAY, "start", "end")),
    check(
        "event_texts_fit",
        texts_fit(
            **in_both_languages(title=200, place=100, outcome=LONGEST_TEXT),
            quote=50,
            outcome_evidence=200,
        ),
    ),
    check("event_places_fit", texts_fit(region=200, country=200, happening=60)),
]
FIGURE_RANGES: list[models.BaseConstraint] = [
    check("figure_value_in_range", within(-LARGEST_VALUE, LARGEST_VALUE, "value")),
    check(
        "figure_texts_fit", texts_fit(quote=50, **in_both_languages(label=200, unit=50))
    ),
    check("figure_places_fit", texts_fit(region=200, country=200)),
]
STATUS_UPDATE_RANGES: list[models.BaseConstraint] = [
    check("status_update_day_in_range", within(FIRST_DAY, LAST_DAY, "as_of")),
    check(
        "status_update_texts_fit",
        texts_fit(evidence=200, **in_both_languages(note=LONGEST_TEXT)),
    ),
]
LINK_RANGES: list[models.BaseConstraint] = [
    check("link_texts_fit", texts_fit(**in_both_languages(rationale=LONGEST_TEXT))),
    moment_check("link", "at"),
]
ENTRY_REVISION_RANGES: list[models.BaseConstraint] = [
    check(
        "entry_revision_texts_fit", texts_fit(**in_both_languages(note=LONGEST_TEXT))
    ),
    moment_check("entry_revision", "at"),
]
REVISION_RANGES: list[models.BaseConstraint] = [
    check("revision_texts_fit", texts_fit(**in_both_languages(note=LONGEST_TEXT))),
    moment_check("revision", "at"),
]
