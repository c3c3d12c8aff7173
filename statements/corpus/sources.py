"""Reads the source documents as documents.toml says they are to be read."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outline import Paragraph, decode, read_lines
from statements.corpus.outline_to_statements import (
    Part,
    Reading,
    read_goals,
    read_report,
)


@dataclass(frozen=True)
class Source:
    """One document as read: its record, paragraphs and the statements they make."""

    slug: str
    record: dict[str, Any]
    sha256: str
    paragraphs: list[Paragraph]
    reading: Reading


def read_source(slug: str, record: dict[str, Any], folder: Path) -> Source:
    """Raises OutlineError where the document cannot be read."""
    path = folder / record["file"]
    data = path.read_bytes()
    joins = {int(line): text for line, text in record.get("joins", {}).items()}
    paragraphs = read_lines(
        decode(data, path.name), record["dialect"], path.name, joins
    )
    if record["dialect"] == "page":
        reading = read_goals(paragraphs)
    else:
        parts = [Part(**part) for part in record["parts"]]
        reading = read_report(paragraphs, parts)
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(slug, record, sha256, paragraphs, reading)
