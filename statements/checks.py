"""The table of a statement's fields checked against the models, before anything runs.

A field that is missing in a place would be lost there in silence: edits of it would
come to nothing, or be approved unseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, IntegerField, ManyToManyField, Model
from modeltranslation.translator import translator

from statements.field_rows import (
    ComputedRow,
    FactRow,
    FieldRow,
    FixedRow,
    NumberRow,
    TagRow,
    TextRow,
)
from statements.fields import DERIVED, STATEMENT_FIELDS
from statements.models import Statement

FIELD_TABLE = "statements/fields.py"
BOTH_LANGUAGES = {"ko", "en"}


def check_fields(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Refuses to start with fields that are not in the table, or wrong there."""
    return [
        *errors_of_model(Statement, STATEMENT_FIELDS),
        *errors_of_rows(Statement, STATEMENT_FIELDS),
    ]


def errors_of_model(
    model: type[Model], rows: Sequence[FieldRow]
) -> Iterator[CheckMessage]:
    """The fields of a statement, and of what hangs on it, that the table lacks."""
    names = {row.name for row in rows}
    yield from lacking(model, names, DERIVED)
    for row in rows:
        if isinstance(row, FactRow):
            yield from lacking(row.model, {*row.parts, *row.filled}, row.left_out)


def lacking(
    model: type[Model], names: set[str], left_out: Sequence[str]
) -> Iterator[CheckMessage]:
    """A translated field is there by its fields in both languages."""
    translated = translated_names(model)
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.name not in {*names, *left_out, *translated}:
            yield Error(
                f"{model.__name__}.{field.name} is not in {FIELD_TABLE}.",
                hint="Give it a row, or a part in the row of its model; else name it "
                "as derived (statement) or left out (what hangs on one).",
                obj=model,
                id="statements.E001",
            )


def translated_names(model: type[Model]) -> set[str]:
    if model not in translator.get_registered_models(abstract=False):
        return set()
    return set(translator.get_options_for_model(model).get_field_names())


def errors_of_rows(
    model: type[Model], rows: Sequence[FieldRow]
) -> Iterator[CheckMessage]:
    """The rows that the model has no field for, or that lack what a reader needs."""
    names = [row.name for row in rows]
    for row in rows:
        for text in wrong_with_row(model, row):
            yield refusal_of(row, text, "statements.E002")
        if names.count(row.name) > 1:
            yield refusal_of(row, "stands there twice", "statements.E003")
        if isinstance(row, TextRow) and row.language:
            base = row.name.removesuffix(f"_{row.language}")
            pair = {f"{base}_{language}" for language in BOTH_LANGUAGES}
            if base not in translated_names(model) or not pair <= {*names}:
                text = "is not registered in statements/translation.py, or its pair"
                yield refusal_of(row, f"{text} is missing", "statements.E004")


def refusal_of(row: FieldRow, text: str, number: str) -> CheckMessage:
    return Error(f"The row “{row.name}” of {FIELD_TABLE} {text}.", id=number)


def wrong_with_row(model: type[Model], row: FieldRow) -> Iterator[str]:
    is_changeable = not isinstance(row, FixedRow | ComputedRow)
    if is_changeable and not row.label:
        yield "has no label, by which people know what changes"
    if not is_changeable and row.output is None:
        yield "never changes and is in no output: nothing reads it"
    if isinstance(row, FactRow):
        yield from wrong_with_facts(model, row)
    elif not isinstance(row, ComputedRow):
        yield from wrong_with_field(row, field_named(model, row.name))


def field_named(model: type[Model], name: str) -> Field[Any, Any] | None:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) else None


def wrong_with_field(row: FieldRow, field: Field[Any, Any] | None) -> Iterator[str]:
    if field is None:
        yield "is no field of a statement"
    elif isinstance(row, TagRow) and not (
        isinstance(field, ManyToManyField) and field.related_model is row.model
    ):
        yield f"is no many-to-many field to {row.model.__name__}"
    elif isinstance(row, NumberRow) and not (
        isinstance(field, IntegerField) and field.null and field.blank
    ):
        yield "is no whole number that may be left open (null=True, blank=True)"
    elif isinstance(row, TextRow) and (field.null or field.get_default() != ""):
        yield "may be NULL: a text that nobody has written is empty"


def wrong_with_facts(model: type[Model], row: FactRow) -> Iterator[str]:
    accessors = {
        relation.get_accessor_name()
        for relation in model._meta.related_objects
        if relation.related_model is row.model
    }
    if row.accessor not in accessors:
        yield f"is not how a statement has its {row.model.__name__} rows"
    for name in (*row.parts, *row.filled, *row.left_out):
        if field_named(row.model, name) is None:
            yield f"names {name}, which {row.model.__name__} does not have"
    for name in row.told:
        if not {name, f"{name}_ko"} & {*row.parts, *row.filled}:
            yield f"tells {name}, which is none of its parts"
