"""Doubts: lines that a person should look at, told in both languages."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

MESSAGES: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "doubts.toml").read_text("utf-8")
)


@dataclass(frozen=True)
class Doubt:
    """A `code` of doubts.toml, the `line` of the original, and what was seen there."""

    code: str
    line: int
    detail: str = ""

    def message(self, language: str) -> str:
        return MESSAGES[self.code][language].format(detail=self.detail)
