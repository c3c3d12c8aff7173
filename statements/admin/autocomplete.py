"""Fields that are chosen by typing, shown again with whatever was sent for them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from statements.input.keys import read_keys


def keys_among(values: Sequence[str]) -> list[str]:
    return [str(key) for key in read_keys(map(str, values))]


class KeyedChoice(AutocompleteSelect):
    """Looks only for keys among what was sent: Django's own asks for all of it."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, keys_among(value), attr)


class KeyedChoices(AutocompleteSelectMultiple):
    """As `KeyedChoice`, for several."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, keys_among(value), attr)
