"""Tracebacks without what people wrote: no local variables, no values in messages."""

import re
import traceback
from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.template import TemplateDoesNotExist

#: The messages of these name things of the program, never what somebody wrote.
OF_THE_PROGRAM = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    MemoryError,
    NameError,
    RecursionError,
    TemplateDoesNotExist,
)
#: The messages of these may repeat a value, always quoted or in brackets. Of all others
#: the type and the place are said, and no message: it may be somebody's text.
WITH_VALUES_QUOTED = (ArithmeticError, DatabaseError, TypeError)
FROM_THE_FIRST_VALUE = re.compile(r"""['"«“‘(\[].*""", re.DOTALL)
LONGEST_MESSAGE = 200
MOST_FRAMES = 60


def traceback_text(error: BaseException) -> str:
    """The traceback of an exception and of what led to it, the first cause first."""
    return "".join(chained(error, set())).rstrip()


def chained(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    earlier = error.__cause__ or (
        None if error.__suppress_context__ else error.__context__
    )
    if earlier and id(earlier) not in seen:
        yield from chained(earlier, seen)
        yield "\nwhich led to:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__, limit=-MOST_FRAMES)
    yield f"{name_of(error)}\n"


def name_of(error: BaseException) -> str:
    """The type of an exception, with what may be repeated of its message."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    code = getattr(error, "sqlstate", None)
    parts = [name.removeprefix("builtins."), f"[{code}]" if code else ""]
    # PostgreSQL repeats values in the lines below the first: "DETAIL: Key (…)=(…)".
    message = str(error).partition("\n")[0][:LONGEST_MESSAGE]
    if isinstance(error, OF_THE_PROGRAM):
        parts.append(message)
    elif code or isinstance(error, WITH_VALUES_QUOTED):
        parts.append(FROM_THE_FIRST_VALUE.sub("…", message))
    return " ".join(part for part in parts if part)
