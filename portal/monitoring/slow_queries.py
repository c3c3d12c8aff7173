"""The log of slow queries: what a statement looks like, never what it is about."""

import logging

from django.conf import settings
from sqlparse import lexer
from sqlparse import tokens as sql

from portal.monitoring.counts import SLOW_QUERIES

slow_log = logging.getLogger("portal.queries")
#: Signs of a statement that a record has.
LONGEST_SHAPE = 2000


def record_if_slow(statement: str, milliseconds: float) -> None:
    """Records and counts a query that took SLOW_QUERY_MS or longer."""
    if milliseconds < settings.SLOW_QUERY_MS:
        return
    SLOW_QUERIES.inc()
    extra = {
        "event": "slow-query",
        "duration_ms": round(milliseconds, 1),
        "statement": shape_of(statement),
    }
    slow_log.warning("A query was slow", extra=extra)


def shape_of(statement: str) -> str:
    """The statement with a question mark for every value that is written into it, on
    one line and not too long.
    """
    parts: list[str] = []
    length = 0
    for kind, text in lexer.tokenize(statement):
        if kind in sql.Error or length > LONGEST_SHAPE:
            # From an open quote on, anything may be a value.
            parts.append("…")
            break
        if kind in sql.Comment:
            continue
        is_value = kind in sql.Literal and kind not in sql.Literal.String.Symbol
        parts.append("?" if is_value else text)
        length += len(parts[-1])
    return " ".join("".join(parts).split())
