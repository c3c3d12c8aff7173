"""Values of a page that are made when the page shows them, and not where it is kept."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.functional import SimpleLazyObject


def lazy_values(**makers: Callable[[], Any]) -> dict[str, Any]:
    """A context for a template: each value is made once, when something looks at it."""
    return {name: SimpleLazyObject(make) for name, make in makers.items()}


def lazy_parts(make: Callable[[], Mapping[str, Any]], *names: str) -> dict[str, Any]:
    """The same for values that are made together."""
    made = cache(make)

    def part(name: str) -> Callable[[], Any]:
        return lambda: made()[name]

    return lazy_values(**{name: part(name) for name in names})
