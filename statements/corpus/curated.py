"""The work of people on the sources: English, tags, links, events, figures.

Kept as files that an editor can read and correct, in fixtures/curated/.
"""

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Curated:
    folder: Path

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file; none where there is no such file yet."""
        path = self.folder / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def documents(self) -> dict[str, dict[str, Any]]:
        """Slug to the record of a document: how it is read, and what it is."""
        return tomllib.loads((self.folder / "documents.toml").read_text("utf-8"))

    def english(self) -> dict[str, dict[str, str]]:
        """Code to the English `title` and `text`, and to an editor's `note_ko/_en`."""
        return tomllib.loads((self.folder / "english.toml").read_text("utf-8"))

    def tags(self) -> dict[str, dict[str, list[str]]]:
        """Code to the slugs of its tags, by the other columns of the file."""
        return {
            row.pop("code"): {
                name: [slug for slug in slugs.split(";") if slug]
                for name, slugs in row.items()
            }
            for row in self.table("tags")
        }
