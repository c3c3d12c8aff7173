"""The plain-language texts of the editors, and what they call a goal."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from goals.models import Goal


@cache
def plain_texts() -> dict[str, Any]:
    path = settings.FIXTURE_DIRS[0] / "curated" / "plain_language.toml"
    return tomllib.loads(path.read_text("utf-8"))


def plain_name_of(goal: Goal) -> str:
    """The goal in plain words; empty if the summary was written for other goals."""
    texts = plain_texts()
    is_summed_up = goal.document.slug == texts["document"]
    names = {
        f"G{entry['number']}": entry[f"title_{get_language()}"]
        for entry in texts["goal"]
    }
    return names.get(goal.code, "") if is_summed_up else ""
