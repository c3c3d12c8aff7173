"""Trying a change and taking it back: everything is as it was, but what was seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from django.db import transaction


class TakenBack(Exception):
    """Ends a dry run; nobody outside it ever sees this."""


@dataclass
class DryRun:
    """A trial that is under way."""

    is_kept: bool = False

    def keep(self) -> None:
        """Lets stay after all what is written."""
        self.is_kept = True

    def end(self) -> NoReturn:
        """Ends it here: a gate that is still open inside closes without its work."""
        raise TakenBack


@contextmanager
def dry_run() -> Iterator[DryRun]:
    """Takes back at the end what is written inside, unless it is kept.

        with dry_run():
            ...  # save, and look at what came of it

    An error inside takes it back too, and goes on. A page shown meanwhile must not keep
    what it reads by the version of the data as it was: whoever opens a gate has a
    version of its own once the gate has closed, or moves it (desk.proposals.preview).
    """
    trial = DryRun()
    try:
        with transaction.atomic():
            yield trial
            if not trial.is_kept:
                raise TakenBack
    except TakenBack:
        return
