"""Long pages as several: a document of any length makes no page longer than these."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator

from statements.pages.lazy_values import lazy_parts

#: The values of a context that `numbered` gives.
NUMBERED = ("page_obj", "numbers")


def numbered(
    make: Callable[[], Any],
    size: int,
    number: str | None,
    first: Callable[[], int] = lambda: 1,
) -> dict[str, Any]:
    """The page of these items by its number (the nearest for one that there is not;
    without one the `first` to be shown), and the numbers to go on by. The items are a
    list or a QuerySet; both values are lazy.
    """

    def parts() -> dict[str, Any]:
        page: Page[Any] = Paginator(make(), size).get_page(number or first())
        numbers = list(page.paginator.get_elided_page_range(page.number))
        return {"page_obj": page, "numbers": numbers}

    return lazy_parts(parts, *NUMBERED)
