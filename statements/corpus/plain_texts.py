"""The plain-language summary as its editors wrote it."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings


@cache
def plain_texts() -> dict[str, Any]:
    path = settings.FIXTURE_DIRS[0] / "curated" / "plain_language.toml"
    return tomllib.loads(path.read_text("utf-8"))
