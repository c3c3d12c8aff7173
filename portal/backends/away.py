"""The memory that a server behind the portal is away, for all threads of a process."""

import time
from threading import Lock

#: Seconds after which a server that is away is asked again, by one request.
AWAY = 5


class Outage:
    """One server, away or not; all but one request now and then go on without it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.is_away = False
        self.asked_again = 0.0

    def may_ask(self) -> bool:
        """True while it answers; while it is away, for one request now and then."""
        with self.lock:
            now = time.monotonic()
            if self.is_away and now < self.asked_again:
                return False
            self.asked_again = now + AWAY
            return True

    def note(self, is_away: bool) -> bool:
        """Says whether that is news."""
        with self.lock:
            is_news, self.is_away = self.is_away != is_away, is_away
            return is_news
