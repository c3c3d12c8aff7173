"""The OpenAPI 3.1 description, made from the filters and the columns themselves."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from explorer.api.schemas import schemas
from explorer.exports.columns import STATEMENT_COLUMN_NAMES
from explorer.query import statement_filterset
from statements.codes import CODE
from statements.filters.changed_since import LONGEST_MOMENT, MomentField
from statements.filters.fields import CodesField
from statements.filters.filterset import StatementFilter
from statements.input.plain_text import plain_pattern
from statements.requests import PortalRequest

DEFAULT_PAGE_SIZE = 20
#: The forms in which the text of a quote is taken.
QUOTE_BODIES = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
)
TOO_MANY = gettext_lazy(
    "Too many requests from one address. Try again after the number of seconds in "
    "Retry-After."
)

HISTORY_SUMMARY = gettext_lazy(
    "The public revisions of one statement, newest first: when, why, and each field "
    "that changed."
)


def document(request: PortalRequest) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": str(settings.SITE_NAME),
            "version": "1",
            "description": _(
                "Read-only. Every response has both languages. Errors are in the "
                "language of Accept-Language. The English is an unofficial "
                "translation."
            ),
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {
            reverse("api:statements"): {"get": list_operation(request)},
            "/api/v1/statements/{code}/": {"get": detail_operation()},
            "/api/v1/statements/{code}/history/": {"get": history_operation()},
            reverse("api:quotes"): {"post": quote_operation()},
        },
        "components": {"schemas": schemas()},
    }


def list_operation(request: PortalRequest) -> dict[str, Any]:
    return {
        "operationId": "listStatements",
        "summary": _("Statements that match all filters."),
        "parameters": parameters(statement_filterset(request)),
        "responses": {
            "200": answer(_("One page of statements."), "StatementPage"),
            "304": {"description": _("Nothing has changed since the ETag you sent.")},
            "400": refusal(_("Some parameters are not valid.")),
            "404": refusal(_("There is no such statement or page of results.")),
            "429": refusal(TOO_MANY),
        },
    }


def detail_operation() -> dict[str, Any]:
    return {
        "operationId": "getStatement",
        "summary": _("One statement."),
        "parameters": [code_parameter(), fields_parameter()],
        "responses": {
            "200": answer(_("One statement."), "Statement"),
            "304": {"description": _("Nothing has changed since the ETag you sent.")},
            "400": refusal(_("Some parameters are not valid.")),
            "404": refusal(_("There is no statement with this number.")),
            "410": refusal(
                _("The statement is no longer published. Its last text is included.")
            ),
            "429": refusal(TOO_MANY),
        },
    }


def history_operation() -> dict[str, Any]:
    return {
        "operationId": "getStatementHistory",
        "summary": str(HISTORY_SUMMARY),
        "parameters": [code_parameter()],
        "responses": {
            "200": answer(str(HISTORY_SUMMARY), "StatementHistory"),
            "304": {"description": _("Nothing has changed since the ETag you sent.")},
            "400": refusal(_("Some parameters are not valid.")),
            "404": refusal(_("There is no statement with this number.")),
            "429": refusal(TOO_MANY),
        },
    }


def quote_operation() -> dict[str, Any]:
    text = {"schema": {"$ref": "#/components/schemas/Quote"}}
    checked = {"schema": {"$ref": "#/components/schemas/QuoteCheck"}}
    return {
        "operationId": "checkQuote",
        "summary": _("Check whether a text is in the documents, sentence by sentence."),
        "requestBody": {"required": True, "content": dict.fromkeys(QUOTE_BODIES, text)},
        "responses": {
            "200": {
                "description": _("The verdict on each sentence."),
                "content": {"application/json": checked},
            },
            "400": refusal(_("The text is missing or too long.")),
            "411": refusal(
                _("The request does not state its length (Content-Length).")
            ),
            "413": refusal(_("The request is too large.")),
            "429": refusal(TOO_MANY),
        },
    }


def code_parameter() -> dict[str, Any]:
    return {
        "name": "code",
        "in": "path",
        "required": True,
        "description": _("Statement number. It is never given to another statement."),
        "schema": {"type": "string", "pattern": f"^(?:{CODE.pattern})$"},
        "example": "G1.C2",
    }


def answer(description: str, name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {
        "description": description,
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {"application/json": {"schema": schema}},
    }


def refusal(description: str | Promise) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": str(description),
        "content": {"application/problem+json": {"schema": schema}},
    }


def parameters(filterset: StatementFilter) -> list[dict[str, Any]]:
    """The filters as they are offered now, then what shapes the answer."""
    page = {"type": "integer", "minimum": 1, "maximum": 999_999_999, "default": 1}
    return [
        *(
            {
                "name": name,
                "in": "query",
                "description": str(field.help_text),
                **shape(field),
            }
            for name, field in filterset.form.fields.items()
            if not isinstance(field.widget, forms.MultipleHiddenInput)
        ),
        {
            "name": "page",
            "in": "query",
            "description": _("Page number, starting at 1."),
            "schema": page,
            "allowEmptyValue": True,
        },
        fields_parameter(),
    ]


def shape(field: forms.Field) -> dict[str, Any]:
    """The schema of a form field's values, and the style in which several are given."""
    match field:
        case CodesField():
            return {
                "schema": {"type": "array", "items": {"type": "string"}},
                "style": "form",
                "explode": True,
                "example": ["G1.C1", "2025.T3"],
            }
        case forms.MultipleChoiceField():
            # An empty value is ignored: forms send one for each field left empty.
            items = {"type": "string", "enum": [*choice_values(field), ""]}
            return {
                "schema": {"type": "array", "items": items},
                "style": "form",
                "explode": True,
            }
        case forms.ChoiceField():
            return {"schema": {"type": "string", "enum": choice_values(field)}}
        case forms.IntegerField():
            return {
                "schema": {
                    "type": "integer",
                    "minimum": field.min_value,
                    "maximum": field.max_value,
                    "default": DEFAULT_PAGE_SIZE,
                },
                "allowEmptyValue": True,
            }
        case MomentField():
            moments = [{"format": "date"}, {"format": "date-time"}, {"const": ""}]
            moment = {"type": "string", "anyOf": moments, "maxLength": LONGEST_MOMENT}
            return {"schema": moment}
    longest = field.max_length if isinstance(field, forms.CharField) else None
    words = {"type": "string", "pattern": plain_pattern(), "maxLength": longest}
    return {"schema": words}


def choice_values(field: forms.ChoiceField) -> list[str]:
    choices = cast("Iterable[tuple[str, str]]", field.choices)
    return [value for value, label in choices]


def fields_parameter() -> dict[str, Any]:
    return {
        "name": "fields",
        "in": "query",
        "description": _("Only these fields, separated by commas."),
        "style": "form",
        "explode": False,
        "schema": {
            "type": "array",
            "items": {"type": "string", "enum": list(STATEMENT_COLUMN_NAMES)},
            "minItems": 1,
        },
        "allowEmptyValue": True,
        "example": ["code", "title_en"],
    }
