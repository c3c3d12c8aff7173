"""The characters that no text of ours has, refused wherever a text comes in.

Controls break feeds and sheets, noncharacters and halves of pairs no database takes
everywhere, and what turns the direction of writing shows another text than is stored.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HALVES = r"\ud800-\udfff"
#: Controls but tabs and ends of lines, directions, halves, noncharacters: as a pattern
#: that Python reads as PostgreSQL does.
FOREIGN = (
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    rf"\u202a-\u202e\u2066-\u2069{HALVES}\ufdd0-\ufdef\ufffe\uffff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
FOREIGN_CHARACTER = re.compile(FOREIGN)
#: Longer than any text of the sources by far; the search holds all of its words.
LONGEST_TEXT = 50_000


def require_plain(text: str) -> None:
    """Raises ValidationError where a text has a character that cannot be shown."""
    if match := FOREIGN_CHARACTER.search(text):
        raise ValidationError(
            _("The text contains characters that cannot be shown: %(code)s."),
            code="foreign_character",
            params={"code": f"U+{ord(match[0]):04X}"},
        )


def without_foreign(text: str) -> str:
    """The text as every document can have it, whatever a database may hold."""
    return FOREIGN_CHARACTER.sub("", text)


def plain_pattern() -> str:
    """All that a text may have, in the regular expressions of JSON Schema: these have
    no escape of eight digits, and no text in UTF-8 has the half of a pair.
    """
    foreign = re.sub(r"\\U(.{8})", lambda escape: chr(int(escape[1], 16)), FOREIGN)
    return f"^[^{foreign.replace(HALVES, '')[1:]}*$"


class PlainTextField(forms.CharField):
    """A field for text that people read: bounded, and of characters that are shown."""

    default_validators = [require_plain]

    def __init__(
        self, *, max_length: int | None = LONGEST_TEXT, **options: Any
    ) -> None:
        super().__init__(max_length=max_length or LONGEST_TEXT, **options)
