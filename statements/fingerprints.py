"""The fingerprint of a statement in one language; the same in Python and in SQL.

By it a translation knows the Korean that it was made from, and a review the English it
was of.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Func

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler, _AsSqlType

#: What does not count: a change of white space alone makes no translation outdated.
WHITE_SPACE = " \t\n\v\f\r\x85\u00a0\u2002\u2003\u2009\u200b\u202f\u3000\ufeff"
SEPARATOR = "|"


def squeeze(text: str) -> str:
    """The text without white space."""
    return text.translate(dict.fromkeys(map(ord, WHITE_SPACE)))


def fingerprint(title: str, text: str) -> str:
    squeezed = squeeze(title + SEPARATOR + text)
    return hashlib.md5(squeezed.encode(), usedforsecurity=False).hexdigest()


class Fingerprint(Func):
    """`fingerprint` of two columns, title and text, fit for a generated column."""

    arity = 2
    arg_joiner = f" || '{SEPARATOR}' || "
    output_field = CharField(max_length=32)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> _AsSqlType:
        squeezed = "%(expressions)s"
        for space in WHITE_SPACE:
            squeezed = f"REPLACE({squeezed}, CHAR({ord(space)}), '')"
        return self.as_sql(compiler, connection, template=f"MD5({squeezed})", **context)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> _AsSqlType:
        spaces = " || ".join(f"CHR({ord(space)})" for space in WHITE_SPACE)
        template = f"MD5(TRANSLATE(%(expressions)s, {spaces}, ''))"
        return self.as_sql(compiler, connection, template=template, **context)
