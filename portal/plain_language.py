"""The plain-language summary, an editorial text kept beside the others."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from goals.plain_words import plain_texts
from statements.models import PartNature


def plain_summary(language: str) -> dict[str, Any]:
    """The `introduction`; the `sections`, one for each goal and each part of the report
    (code, title, points with the codes of their statements, and the number of a goal);
    and the slugs of the `document` of goals and the `report` that it was written for.
    """
    texts = plain_texts()
    return {
        "document": texts["document"],
        "report": texts["report"],
        "introduction": texts["intro"][language],
        "sections": [
            *(
                {
                    "code": f"G{goal['number']}",
                    "number": goal["number"],
                    "title": goal[f"title_{language}"],
                    "points": [
                        {"text": point[language], "codes": point["codes"]}
                        for point in goal["points"]
                    ],
                }
                for goal in texts["goal"]
            ),
            *sections_of_report(texts["heading"], language),
        ],
    }


def sections_of_report(
    headings: Iterable[dict[str, str]], language: str
) -> Iterator[dict[str, Any]]:
    """The parts of the report in the order of their headings, a point for each."""
    for part, within in groupby(headings, key=lambda heading: part_of(heading["code"])):
        year = int(part.partition(".")[0])
        yield {
            "code": part,
            "title": PartNature(PartNature.of_code(part)).name_of(year),
            "points": [
                {"text": heading[language], "codes": [heading["code"]]}
                for heading in within
            ],
        }


def part_of(code: str) -> str:
    """2024.A of 2024.A1."""
    return code.rstrip("0123456789.")
