"""Holds English to the glossary, the facts and the house style.

Pure functions. A rule takes a CheckedPair, one text in both languages, and yields
details: each says what is wrong, in words that stay the same until the text changes.
A finding that a reviewer of the corpus has seen and accepted stands, with the reason,
in fixtures/curated/exceptions.csv.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from statements.codes import CODE
from statements.corpus.checks.facts import (
    COUNTRIES,
    check_countries,
    check_dates,
    check_numbers,
)
from statements.corpus.checks.pairs import CheckedPair, CheckedTerm
from statements.corpus.checks.style import (
    check_calques,
    check_form,
    check_marks,
    check_spelling,
)
from statements.corpus.checks.terms import (
    check_distinctions,
    check_glossary,
    checked_terms_in,
    read_terms,
)

__all__ = ["COUNTRIES", "Finding", "check_pair", "checked_pairs", "read_terms"]


class Finding(NamedTuple):
    code: str
    field: str
    rule: str
    detail: str


#: In running text, where a particle may follow it; "G7" is no goal there.
CODE_IN_TEXT = re.compile(rf"(?<![\w.])(?=[\w-]+\.\w)(?:{CODE.pattern})", re.ASCII)

Rule = Callable[[CheckedPair], Iterator[str]]
#: The rules by the names that exceptions.csv and the translation desk know them by.
FACT_RULES: dict[str, Rule] = {
    "glossary": check_glossary,
    "distinctions": check_distinctions,
    "dates": check_dates,
    "numbers": check_numbers,
    "countries": check_countries,
}
STYLE_RULES: dict[str, Rule] = {
    "marks": check_marks,
    "spelling": check_spelling,
    "calques": check_calques,
}


def check_pair(pair: CheckedPair, fixture: str) -> Iterator[Finding]:
    """The findings of a fixture's rules in one of its texts."""
    for name, rule in rules_for(fixture, pair.field).items():
        for detail in rule(pair):
            yield Finding(pair.code, pair.field, name, detail)


def rules_for(fixture: str, field: str) -> dict[str, Rule]:
    """Names of things and editorial prose translate nothing: only style holds there."""
    if fixture in ("documents", "vocabulary") or field == "editor_note":
        return STYLE_RULES
    if fixture == "statements":
        return FACT_RULES | STYLE_RULES | {"form": check_form}
    return FACT_RULES | STYLE_RULES


def checked_pairs(
    rows: Iterable[dict[str, Any]], terms: list[CheckedTerm]
) -> Iterator[CheckedPair]:
    """The texts of a fixture's rows: every field that is filled in English."""
    for row in rows:
        fields = row["fields"]
        for name in fields:
            field = name.removesuffix("_en")
            if field != name and fields[name]:
                ko, en = (fields[f"{field}_{language}"] for language in ("ko", "en"))
                if field == "rationale":
                    ko, en = map(without_codes, (ko, en))
                named = tuple(checked_terms_in(ko, terms))
                yield CheckedPair(label(fields), field, ko, en, named)


def without_codes(text: str) -> str:
    """A rationale names statements by their codes, whose digits are no numbers."""
    return CODE_IN_TEXT.sub("X", text)


def label(fields: dict[str, Any]) -> str:
    """The name of a row among all fixtures: its code, slug, link or quoted fact."""
    if "later" in fields:
        return f"{fields['later'][0]} > {fields['earlier'][0]}"
    if "quote" in fields:
        return f"{fields['statement'][0]} {fields['quote']}"
    return str(fields.get("code") or fields["slug"])
