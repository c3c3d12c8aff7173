"""Keys of rows, read from what people and programs send."""

from collections.abc import Iterable

#: More digits are no key: databases count up to nineteen.
LONGEST_KEY = 18


def read_key(text: str) -> int | None:
    """The key that the digits stand for; None for what no row can have."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
    return int(text) if is_key else None


def read_keys(texts: Iterable[str]) -> list[int]:
    """The keys among these, each as often as it stands there."""
    return [key for text in texts if (key := read_key(text)) is not None]
