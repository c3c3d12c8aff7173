"""The differences of two dates, and of two statements, as files."""

import json
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.exports.columns import STATEMENT_COLUMN_NAMES, statement_rows
from explorer.exports.views import attach_file, csv_response
from explorer.query import conditional_on_data
from statements.comparison.two_dates import TwoDates
from statements.comparison.two_statements import PairForm, StatementPair
from statements.history.forms import DatesForm
from statements.models import Statement
from statements.requests import PortalRequest

PAIR_COLUMNS = ("field", "a", "b")
CHANGE_COLUMNS = ("of", "id", "act", "field", "old", "new")


@require_safe
@conditional_on_data
def changes_csv(request: PortalRequest) -> HttpResponseBase:
    """A row for each field that differs."""
    form = DatesForm(request.GET)
    if not form.is_valid():
        return form_errors(form)
    rows = (
        {**change, **{name: plain_cell(value) for name, value in field.items()}}
        for change in TwoDates(**days_of(form)).changes
        for field in change["fields"]
    )
    answer = csv_response(rows, CHANGE_COLUMNS)
    return attach_file(answer, _("Changes between two dates"), "csv", "changes")


@require_safe
@conditional_on_data
def changes_json(request: PortalRequest) -> HttpResponse:
    form = DatesForm(request.GET)
    if not form.is_valid():
        return form_errors(form)
    changes = TwoDates(**days_of(form)).changes
    days = {name: str(day) for name, day in form.cleaned_data.items()}
    return whole_json({**days, "count": len(changes), "changes": changes})


@require_safe
@conditional_on_data
def compare_csv(request: PortalRequest) -> HttpResponseBase:
    """A row for each column that statements have."""
    form = PairForm(request.GET)
    if not form.is_valid():
        return form_errors(form)
    first, second = pair_rows(StatementPair(**form.cleaned_data))
    rows = ({"field": n, "a": first[n], "b": second[n]} for n in STATEMENT_COLUMN_NAMES)
    answer = csv_response(rows, PAIR_COLUMNS)
    return attach_file(answer, _("Two statements side by side"), "csv", "compare")


@require_safe
@conditional_on_data
def compare_json(request: PortalRequest) -> HttpResponse:
    form = PairForm(request.GET)
    if not form.is_valid():
        return form_errors(form)
    pair = StatementPair(**form.cleaned_data)
    first, second = pair_rows(pair)
    link = pair.link
    names = ("relation", "rationale_ko", "rationale_en", "state")
    ends = link and {"later": link.later.code, "earlier": link.earlier.code}
    return whole_json(
        {
            "a": first,
            "b": second,
            "link": ends and {**ends, **{n: getattr(link, n) for n in names}},
            "word_changes": {
                text.language: [run._asdict() for run in text.runs]
                for text in pair.word_changes
            },
        }
    )


def pair_rows(pair: StatementPair) -> list[dict[str, Any]]:
    """As any other file has them; one row twice where both are the same statement."""
    wanted = Statement.objects.filter(pk__in=[pair.a.pk, pair.b.pk])
    rows = {row["code"]: row for row in statement_rows(wanted, settings.SITE_URL)}
    return [rows[pair.a.code], rows[pair.b.code]]


def days_of(form: DatesForm) -> dict[str, Any]:
    return {"first": form.cleaned_data["from"], "last": form.cleaned_data["to"]}


def plain_cell(value: Any) -> str | int | list[str] | None:
    """Slugs as cells have them; facts, which no cell can have, as JSON."""
    is_of_facts = isinstance(value, list) and any(isinstance(v, dict) for v in value)
    return json.dumps(value, ensure_ascii=False) if is_of_facts else value


def whole_json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def form_errors(form: Form) -> JsonResponse:
    """Every reason why a form is refused, in the language of the address."""
    errors = [
        {"parameter": name, "detail": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]
    return whole_json({"errors": errors}, 400)
