"""Tells a database that is away, or has no time, from a mistake in the program."""

from collections.abc import Iterator

from django.db import InterfaceError

#: Classes of SQLSTATE: connection, transaction rolled back, resources, intervention of
#: an operator (a limit among them), system; and two limits with codes of their own.
STATES = ("08", "40", "53", "57", "58", "25P03", "55P03")
#: SQLite's perm, busy, locked, read only, interrupt, I/O, corrupt, full, cannot open,
#: protocol, auth and not a database, by the lower byte of their codes.
CODES = (3, 5, 6, 8, 9, 10, 11, 13, 14, 15, 23, 26)
#: psycopg's exceptions where there is no server to name a state.
LOST = ("OperationalError", "ConnectionTimeout", "InterfaceError")


def is_outage(error: BaseException | None) -> bool:
    """Says whether an exception comes of a database that cannot answer just now."""
    return any(is_of_outage(one) for one in causes(error))


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, what it was made from, what that was made from, and so on."""
    seen: set[int] = set()
    while error and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__


def is_of_outage(error: BaseException) -> bool:
    """Says it of one exception: of Django's, or of the driver's."""
    state = getattr(error, "sqlstate", None)
    if state:
        return state.startswith(STATES)
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in CODES
    if isinstance(error, InterfaceError):
        return True
    # Without a state, psycopg could not connect or lost the connection.
    is_psycopg = type(error).__module__.startswith("psycopg")
    return is_psycopg and type(error).__name__ in LOST
