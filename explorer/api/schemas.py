"""The shapes of the API's answers, in JSON Schema."""

from typing import Any

from django.utils.translation import gettext as _

from explorer.exports.columns import STATEMENT_COLUMNS, Column
from statements.field_rows import ValueType


def schemas() -> dict[str, Any]:
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "Statement": {
            "type": "object",
            "description": _(
                "A statement, with all its fields or only those requested."
            ),
            "properties": {
                column.name: column_schema(column) for column in STATEMENT_COLUMNS
            },
            "additionalProperties": False,
        },
        "StatementPage": {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "minimum": 0},
                "next": address,
                "previous": address,
                "results": {
                    "type": "array",
                    "items": {"$ref": "#/components/schemas/Statement"},
                },
            },
        },
        "StatementHistory": history_schema(),
        "Quote": quote_schema(),
        "QuoteCheck": quote_check_schema(),
        "Problem": problem_schema(),
    }


def quote_schema() -> dict[str, Any]:
    """Its length is told in words: signs that nobody sees are not counted."""
    told = _("Up to 5,000 letters; characters that cannot be seen are not counted.")
    text = {"type": "string", "minLength": 1, "description": told}
    return {"type": "object", "required": ["text"], "properties": {"text": text}}


def quote_check_schema() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": "integer"}
    day = {"type": ["string", "null"], "format": "date"}
    passage = whole_object(
        {
            **dict.fromkeys(("code", "url_ko", "url_en", "document"), text),
            "language": {"enum": ["ko", "en"]},
            "text": text,
            "source_lines": list_of(whole_object({"first": number, "last": number})),
            "standing": {"enum": ["current", "earlier", "withdrawn"]},
            "until": {
                **day,
                "description": _("The day on which it was changed or taken down."),
            },
        }
    )
    change = {"change": {"enum": ["none", "removed", "added"]}, "text": text}
    sentence = whole_object(
        {
            "text": text,
            "verdict": {"enum": ["verbatim", "altered", "absent", "short"]},
            "omission": {"type": "boolean"},
            "codes": list_of(text),
            "passages": list_of(passage),
            "changes": list_of(whole_object(change)),
        }
    )
    as_of = {"type": "string", "format": "date"}
    sentences = {
        **list_of(sentence),
        "description": _("One for each sentence; none if the text has no letters."),
    }
    return whole_object({"as_of": as_of, "sentences": sentences})


def whole_object(properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has all of these."""
    return {"type": "object", "required": [*properties], "properties": properties}


def list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def column_schema(column: Column) -> dict[str, Any]:
    described = {"description": str(column.description)}
    if column.type == ValueType.NUMBER:
        return {"type": ["integer", "null"], **described}
    if column.type == ValueType.SLUGS:
        return {"type": "array", "items": {"type": "string"}, **described}
    return {"type": "string", **described}


def history_schema() -> dict[str, Any]:
    """The value of a field is what JSON has: a text, a number, a list, or null."""
    field = {
        "type": "object",
        "required": ["field", "old", "new"],
        "properties": {"field": {"type": "string"}, "old": {}, "new": {}},
    }
    revision = {
        "revision": {"type": "integer", "minimum": 1},
        "at": {"type": "string", "format": "date-time"},
        "note_ko": {"type": "string"},
        "note_en": {"type": "string"},
        "is_minor": {"type": "boolean"},
        "fields": {"type": "array", "items": field},
    }
    revisions = {
        "type": "object",
        "required": [*revision],
        "properties": revision,
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "required": ["code", "revisions"],
        "properties": {
            "code": {"type": "string"},
            "revisions": {"type": "array", "items": revisions},
        },
    }


def problem_schema() -> dict[str, Any]:
    """RFC 9457."""
    error = {
        "type": "object",
        "required": ["parameter", "detail"],
        "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
    }
    return {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "instance": {"type": "string"},
            "errors": {"type": "array", "items": error},
            "statement": {"$ref": "#/components/schemas/Statement"},
        },
    }
