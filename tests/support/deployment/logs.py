"""The records of the log, as they would stand on standard error."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from portal.logs.json_lines import JsonLines


class Lines(logging.Handler):
    """Keeps what it is given, as the portal would write it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))

    @property
    def records(self) -> list[dict]:
        return [json.loads(text) for text in self.texts]

    def without_access(self) -> list[dict]:
        return [r for r in self.records if r["logger"] != "portal.access"]

    def access(self) -> list[dict]:
        return [r for r in self.records if r["logger"] == "portal.access"]


@contextmanager
def recorded() -> Iterator[Lines]:
    """What is recorded meanwhile."""
    lines = Lines()
    logging.getLogger().addHandler(lines)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(lines)
