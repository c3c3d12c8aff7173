"""The matter of the rules: a text in both languages with its glossary terms."""

from typing import NamedTuple


class CheckedTerm(NamedTuple):
    """A row of the glossary: any of `names` will do, and a short form on its own."""

    ko: str
    names: list[str]
    short_forms: list[str]
    is_binding: bool


class CheckedPair(NamedTuple):
    """A text of the row `code`, in the column `field`, with the terms in its Korean."""

    code: str
    field: str
    ko: str
    en: str
    terms: tuple[CheckedTerm, ...] = ()
