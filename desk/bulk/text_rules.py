"""Rules for the texts of a statement, told before the database refuses one."""

from collections.abc import Iterator
from typing import cast

from django.utils.translation import gettext as _

from statements.admin.base import korean_fields
from statements.fields import TEXTS, Snapshot
from statements.input.plain_text import LONGEST_TEXT
from statements.models import Statement
from statements.models.ranges import wrong_with_text

LONGEST_TITLE = cast(int, Statement._meta.get_field("title").max_length)


def find_text_problems(kind: str, values: Snapshot) -> Iterator[tuple[str, str]]:
    """Yields the name of each text that cannot stand, with what is wrong."""
    korean = korean_fields(kind)
    for name, row in TEXTS.items():
        if name not in values:
            continue
        text = values[name]
        if not text and name in korean:
            yield name, _("The Korean text comes from the source and cannot be empty.")
        elif text and row.is_of_source and name.replace("_en", "_ko") not in korean:
            yield name, _("Statements of this kind do not have this text.")
        elif name.startswith("title") and len(text) > LONGEST_TITLE:
            text = _("A title can have at most %(n)s characters.")
            yield name, text % {"n": LONGEST_TITLE}
        else:
            for error in wrong_with_text(text, LONGEST_TEXT):
                yield name, " ".join(error.messages)
