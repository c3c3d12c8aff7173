"""Fields that are chosen by typing, shown again with whatever was sent for them."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from statements.keys import read_keys


class KeyedChoice(AutocompleteSelect):
    """Looks only for keys among what was sent: Django's own asks for all of it."""

    def optgroups(self, name: str, value: list[Any], attr: Any = None) -> Any:
        return super().optgroups(name, read_keys(map(str, value)), attr)


class KeyedChoices(AutocompleteSelectMultiple):
    """As `KeyedChoice`, for several."""

    def optgroups(self, name: str, value: list[Any], attr: Any = None) -> Any:
        return super().optgroups(name, read_keys(map(str, value)), attr)
