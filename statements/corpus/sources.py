"""Reads the source documents as documents.toml says they are to be read."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outline import Outline, Piece, Reading, decode, outline_of, read_document


@dataclass(frozen=True)
class Source:
    """One document as read: its record, its pieces and the tree that they make."""

    slug: str
    record: dict[str, Any]
    sha256: str
    reading: Reading
    outline: Outline

    def paragraphs(self) -> Iterator[tuple[int, Piece, int, int | None]]:
        """Ordinal from 1, piece, depth, and the ordinal of the one above."""
        outline = self.outline
        rows = zip(self.reading.pieces, outline.depths, outline.parents, strict=True)
        for ordinal, (piece, depth, above) in enumerate(rows, 1):
            yield ordinal, piece, depth, None if above is None else above + 1


def read_source(slug: str, record: dict[str, Any], folder: Path) -> Source:
    """Raises OutlineError where the document cannot be read."""
    path = folder / record["file"]
    data = path.read_bytes()
    joins = {int(line): text for line, text in record.get("joins", {}).items()}
    reading = read_document(decode(data, path.name).lines, record["kind"], joins)
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(slug, record, sha256, reading, outline_of(reading))
