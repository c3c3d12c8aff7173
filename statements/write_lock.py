"""One writer at a time: the lock that all who change or decide take before they read.

    with write_lock():
        ...  # read, decide, write

What is read inside is what the last writer left, and stays so until the commit. So two
approvals, an approval and a withdrawal, or an import and a new order come out as if one
had come after the other, on whichever statements. The gate takes it too: nothing public
is written beside it.

The order of locks: the row of the DataVersion first, then any other row. Nobody waits
for it with another row in hand, so no two can wait for each other. On SQLite the
transaction itself is the lock: it is begun IMMEDIATE (portal.settings).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from statements.models import DataVersion

#: PostgreSQL's codes: a serialization failure, a deadlock, and what took too long, of
#: the wait for a lock alone or of the whole statement.
BUSY_STATES = ("40001", "40P01", "55P03", "57014")
BUSY_ON_SQLITE = "database is locked"


class Busy(ValidationError, OperationalError):
    """Others were writing for too long: told beside a form as any other refusal, and
    still an error of the database to whoever answers for that.
    """

    def __init__(self) -> None:
        super().__init__(
            _(
                "The database is busy, and your changes were not saved. Send them "
                "again in a moment."
            )
        )


@contextmanager
def write_lock() -> Iterator[None]:
    """A transaction beside which nobody else writes; raises Busy where it must not
    wait any longer, and takes everything back.
    """
    try:
        with transaction.atomic():
            DataVersion.lock()
            yield
    except Busy:
        raise
    except OperationalError as error:
        if is_busy(error):
            raise Busy from error
        raise


def is_busy(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in BUSY_STATES or BUSY_ON_SQLITE in str(error)
