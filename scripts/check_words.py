"""Holds the interface to the table of terms, docs/terms.csv: one term a concept.

`not_ko` and `not_en` of a row are patterns of what is not said for it. Each that is
found in the catalogue is told with the term to use, and the exit status is 1.
"""

import csv
import re
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polib

PROJECT = Path(__file__).parent.parent
TERMS = PROJECT / "docs" / "terms.csv"
LOCALE = PROJECT / "locale"
#: Django's English, with our Korean.
OVERRIDES = LOCALE / "overrides"
#: Names that a text is given, which nobody reads.
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]*>")


def read_terms() -> list[dict[str, str]]:
    with TERMS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_texts() -> Iterator[tuple[str, str]]:
    """The language and the text of every message, in both languages."""
    own = polib.pofile(str(LOCALE / "ko" / "LC_MESSAGES" / "django.po"))
    for entry in own:
        for english in filter(None, (entry.msgid, entry.msgid_plural)):
            yield "en", english
    theirs = (e for file in OVERRIDES.rglob("*.po") for e in polib.pofile(str(file)))
    for entry in chain(own, theirs):
        for korean in (entry.msgstr, *entry.msgstr_plural.values()):
            yield "ko", korean


def problems(terms: list[dict[str, str]]) -> Iterator[str]:
    for language, text in read_texts():
        said = PLACEHOLDER.sub("", text)
        for term in terms:
            pattern = term[f"not_{language}"]
            if pattern and (found := re.search(pattern, said, re.IGNORECASE)):
                wanted = term[language] or term["concept"]
                yield f"“{found[0]}” is not the term ({wanted}): {text}"


if __name__ == "__main__":
    lines = list(problems(read_terms()))
    print("\n".join(lines))
    sys.exit(1 if lines else 0)
