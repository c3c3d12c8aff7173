"""The plain-language summary, an editorial text kept beside the others."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

from django.conf import settings

from statements.models import PartNature


@cache
def plain_texts() -> dict[str, Any]:
    path = settings.FIXTURE_DIRS[0] / "curated" / "plain_language.toml"
    return tomllib.loads(path.read_text("utf-8"))


def plain_summary(language: str) -> dict[str, Any]:
    """The `introduction`; `goals` (number, title, points with their codes); `parts` of
    the report (name, and a point for each heading); and the slugs of the `document` of
    goals and of the `report` that it was written for.
    """
    texts = plain_texts()
    return {
        "document": texts["document"],
        "report": texts["report"],
        "introduction": texts["intro"][language],
        "goals": [
            {
                "number": goal["number"],
                "code": f"G{goal['number']}",
                "title": goal[f"title_{language}"],
                "points": [
                    {"text": point[language], "codes": point["codes"]}
                    for point in goal["points"]
                ],
            }
            for goal in texts["goal"]
        ],
        "parts": list(plain_parts(texts["heading"], language)),
    }


def plain_parts(
    headings: Iterable[dict[str, str]], language: str
) -> Iterator[dict[str, Any]]:
    """The parts of the report in the order of their headings."""
    for part, within in groupby(headings, key=lambda heading: part_of(heading["code"])):
        year = int(part.partition(".")[0])
        yield {
            "code": part,
            "name": PartNature(PartNature.of_code(part)).name_of(year),
            "points": [
                {"text": heading[language], "codes": [heading["code"]]}
                for heading in within
            ],
        }


def part_of(code: str) -> str:
    """2024.A of 2024.A1."""
    return code.rstrip("0123456789.")
