"""The log of the acts of staff: Django’s own, which nobody can change in the admin."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

Values = Mapping[str, Any]
NO_VALUES: Values = MappingProxyType({})
#: Fields of these names are logged as changed, but never with their values.
SECRET = re.compile("password|secret|token|seed|_key$|_code$")
HIDDEN = "•••"
#: Acts that are kept under a short name, as the log shows them.
ACTS = {
    "approve": gettext_lazy("approved"),
    "send-back": gettext_lazy("returned"),
    "take-back": gettext_lazy("withdrawn"),
    "join": gettext_lazy("change added"),
    "second factor set up": gettext_lazy("two-step verification set up"),
}


class LoggedChange(NamedTuple):
    """A field that was changed, as the log shows it."""

    label: str
    old: str
    new: str


def log_made(by: AbstractBaseUser, rows: Sequence[Model]) -> None:
    """Logs that `by` made the rows, each in a line of its own."""
    LogEntry.objects.log_actions(by.pk, rows, ADDITION)


def log_decided(by: AbstractBaseUser, rows: Sequence[Model], act: str) -> None:
    """Logs one decision of `by` on all these rows, each in a line of its own."""
    LogEntry.objects.log_actions(by.pk, rows, CHANGE, act)


def log_change(
    by: AbstractBaseUser,
    row: Model,
    act: str,
    old: Values = NO_VALUES,
    new: Values = NO_VALUES,
) -> None:
    """Logs that `by` changed the row by that act, an English text of the catalogue, and
    the values that differ.
    """
    values = differences(old, new)
    # Django's own pages of the history read "changed", as it was written.
    with override("en"):
        fields = [
            f"{name}: {shown_value(old)} → {shown_value(new)}"
            for name, (old, new) in values.items()
        ]
    detail = [{"changed": {"fields": fields}, "act": act, "values": values}]
    message = detail if values else act
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, message, single_object=True)


def differences(old: Values, new: Values) -> dict[str, list[Any]]:
    """The values that differ, old and new, as they can be kept as JSON."""
    return {
        name: [HIDDEN, HIDDEN]
        if SECRET.search(name)
        else [kept_value(old.get(name)), kept_value(new.get(name))]
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    }


def kept_value(value: Any) -> Any:
    if isinstance(value, Model):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def logged_act(entry: LogEntry) -> str:
    """The act of an entry in the present language; the values stand apart."""
    detail = logged_detail(entry)
    text: str = detail["act"] if detail else entry.get_change_message()
    return str(ACTS.get(text) or _(text) if text else entry.get_action_flag_display())


def logged_changes(entry: LogEntry) -> list[LoggedChange]:
    """The changed values of an entry, labelled in the present language."""
    model = entry.content_type.model_class() if entry.content_type else None
    return shown_values(model, logged_detail(entry).get("values", {}))


def shown_values(
    model: type[Model] | None, values: Mapping[str, Sequence[Any]]
) -> list[LoggedChange]:
    """The old and new values of a model's fields, in words of the present language."""
    return [
        LoggedChange(label_of(model, name), shown_value(old), shown_value(new))
        for name, (old, new) in values.items()
    ]


def logged_detail(entry: LogEntry) -> dict[str, Any]:
    """The details that `log_change` kept; none where Django wrote the entry."""
    try:
        details = json.loads(entry.change_message)
    except ValueError:
        return {}
    detail = details[0] if isinstance(details, list) and details else None
    return detail if isinstance(detail, dict) and "act" in detail else {}


def label_of(model: type[Model] | None, name: str) -> str:
    """The name of a field; for a word that is no field, its translation."""
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    return str(getattr(field, "verbose_name", None) or _(name))


def shown_value(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(shown_value, value)) or "–"
    return str(value) if value not in (None, "") else "–"
