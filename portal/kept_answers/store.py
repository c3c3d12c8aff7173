"""Whole answers in memory, compressed, as many as fit."""

import gzip
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from uuid import UUID

import brotli
from django.utils import timezone

from portal.kept_answers.version_watch import KnownVersion

#: How hard to press: an answer is pressed once and sent often.
GZIP_LEVEL, BROTLI_QUALITY = 6, 5
#: Bytes that an answer takes beside its body.
FRAME = 2_000


class Today:
    """The day in Korea, told by the clock alone until the next midnight."""

    def __init__(self) -> None:
        self.known: tuple[float, date] = (0.0, date.min)

    def __call__(self) -> date:
        until, day = self.known
        if time.time() < until:
            return day
        now = timezone.localtime()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self.known = (midnight.timestamp() + 24 * 60 * 60, now.date())
        return self.known[1]


today_in_korea = Today()


@dataclass
class KeptAnswer:
    """An answer with status 200, without what is of one request."""

    headers: list[tuple[str, str]]
    etag: str
    gzipped: bytes
    #: The version of the data; None for what no data changes.
    token: UUID | None
    day: date
    moment: datetime = field(default_factory=timezone.now)
    pressed: bytes = b""

    def stands(self, known: KnownVersion) -> bool:
        """Pages tell of dates that have passed, so a day ends them; one that has ended
        is better than none.
        """
        if self.token is None:
            return True
        is_of_today = known.is_away or self.day == today_in_korea()
        return self.token == known.token and is_of_today

    def body(self, encoding: str) -> bytes:
        if encoding == "gzip":
            return self.gzipped
        if encoding == "br":
            if not self.pressed:
                self.pressed = brotli.compress(self.whole(), quality=BROTLI_QUALITY)
            return self.pressed
        return self.whole()

    def whole(self) -> bytes:
        return gzip.decompress(self.gzipped)

    @property
    def size(self) -> int:
        """Bytes in memory, the second compressed form as if it were there."""
        return 2 * len(self.gzipped) + FRAME


def keep_answer(
    headers: list[tuple[str, str]], etag: str, body: bytes, token: UUID | None
) -> KeptAnswer:
    gzipped = gzip.compress(body, GZIP_LEVEL, mtime=0)
    return KeptAnswer(headers, etag, gzipped, token, today_in_korea())


class AnswerStore:
    """Answers by key; the least used go when all take more than so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.answers: OrderedDict[Hashable, KeptAnswer] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable) -> KeptAnswer | None:
        with self.lock:
            answer = self.answers.get(key)
            if answer:
                self.answers.move_to_end(key)
            return answer

    def put(self, key: Hashable, answer: KeptAnswer) -> None:
        with self.lock:
            former = self.answers.pop(key, None)
            self.bytes += answer.size - (former.size if former else 0)
            self.answers[key] = answer
            while self.bytes > self.most_bytes:
                _key, least = self.answers.popitem(last=False)
                self.bytes -= least.size
