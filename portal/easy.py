"""Easy read: the goals in plain words, an editorial text kept beside the others."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings


@cache
def easy_texts() -> dict[str, Any]:
    path = settings.FIXTURE_DIRS[0] / "curated" / "easy.toml"
    return tomllib.loads(path.read_text("utf-8"))


def easy_read(language: str) -> dict[str, Any]:
    """The `introduction` and `goals` (number, title, points with their codes), and
    the slug of the `document` that it was written for.
    """
    return {
        "document": easy_texts()["document"],
        "introduction": easy_texts()["intro"][language],
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
            for goal in easy_texts()["goal"]
        ],
    }
