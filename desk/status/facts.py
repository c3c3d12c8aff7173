"""The facts of the status page: each floor hands up its own readers of them."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

status_log = logging.getLogger("portal.status")


@dataclass(frozen=True)
class StatusFact:
    """One line of the page. `advice` says what to do where it is not good; `name` is
    what a program calls it, in no language.
    """

    label: str
    value: str
    is_good: bool = True
    advice: str = ""
    name: str = ""


@dataclass(frozen=True)
class StatusSection:
    """Facts that belong together, under a heading."""

    heading: str | Promise
    facts: list[StatusFact]


FactReader = Callable[[], Iterable[StatusFact]]


@dataclass
class FactReaders:
    """The readers in the order of the page, each with the heading of its facts."""

    readers: list[tuple[str | Promise, FactReader]] = field(default_factory=list)

    def add(self, heading: str | Promise, reader: FactReader) -> None:
        """Called once, when an app is ready."""
        self.readers.append((heading, reader))

    def sections(self) -> Iterator[StatusSection]:
        """Every section that has facts, each read by itself: one that fails says so."""
        for heading, reader in self.readers:
            if facts := read_facts(reader):
                yield StatusSection(heading, facts)


def read_facts(reader: FactReader) -> list[StatusFact]:
    try:
        return list(reader())
    except Exception:
        status_log.exception("Facts of the status page could not be read")
        advice = _("The server’s log has the reason. Tell the server operators.")
        return [StatusFact(_("This part"), _("could not be read"), False, advice)]


STATUS = FactReaders()
