"""A text of an XLIFF file: plain Python, without Django."""

from typing import NamedTuple

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


class Unit(NamedTuple):
    """One text of a file, on its `line`: `field` is title or text, `korean` and
    `english` are the marks of what was written.
    """

    line: int
    code: str
    field: str
    korean: str
    english: str
    source: str
    target: str

    @property
    def id(self) -> str:
        return f"{self.code}:{self.field}"
