"""A clock that stands still, so that no wait depends on how fast the machine is."""

from datetime import datetime, timedelta

from django.utils import timezone


class Clock:
    """In the place of timezone.now; moves when it is told to."""

    def __init__(self) -> None:
        self.moment = self.start = timezone.now()

    def __call__(self) -> datetime:
        return self.moment

    def move(self, time: timedelta) -> None:
        self.moment += time

    def set(self, days: float) -> None:
        """So many days after the start."""
        self.moment = self.start + timedelta(days=days)
