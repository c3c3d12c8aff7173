"""Values as JSON has them, exactly, and back again by the type of their column."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Field, JSONField

Decoder = Callable[[Any], Any]
DECODERS: dict[str, Decoder] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": UUID,
    "BinaryField": lambda text: b64decode(text, validate=True),
}


def plain(value: Any) -> Any:
    """The value of a column as JSON has it; one of a JSON column stays as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    return value


def decoder_of(field: Field[Any, Any]) -> Decoder:
    """Makes values of the column of what `plain` made of them."""
    target = cast("Any", field).target_field if field.is_relation else field
    decode = DECODERS.get(target.get_internal_type())
    if decode is None:
        return lambda value: value
    return lambda value: None if value is None else decode(value)


def prepared(field: Field[Any, Any], value: Any) -> Any:
    """As the database takes it; JSON that is null is no NULL."""
    if value is None and isinstance(field, JSONField) and not field.null:
        return cast("Any", connection.ops).adapt_json_value(None, field.encoder)
    return field.get_db_prep_save(value, connection)
