"""Answers that are read from the data once, and kept in memory until they change."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from statements.models.revision import DataVersion

#: Requests that read the old version go on with it while the new one is made.
MOST_VERSIONS = 2

Answer = TypeVar("Answer")


class VersionCache(Generic[Answer]):
    """Answers by the version of the data that they belong to, and within it by key.

    A request has read its version before the data, so an answer is never older than
    the version it is kept under.

    Nobody waits for anybody: the lock is held to look up and to put in, never while an
    answer is made. Threads that ask for what is not there yet each make it, and all of
    them go on with what the first of them put in. That costs the processor the same
    work once for each; a lock would have had all but one wait for it, and those too
    that need nothing new.
    """

    def __init__(self, most_keys: int = 1) -> None:
        self.most_keys = most_keys
        self.versions: OrderedDict[UUID, dict[Hashable, Answer]] = OrderedDict()
        self.lock = Lock()

    def answer(
        self,
        version: DataVersion | None,
        make: Callable[[], Answer],
        key: Hashable = None,
    ) -> Answer:
        """The answer as of a version; of no version, made anew each time."""
        # A request's version is lazy: where there is none it is false, but not None.
        if not version:
            return make()
        token = version.token
        with self.lock:
            answers = self.versions.get(token, {})
            if key in answers:
                self.versions.move_to_end(token)
                return answers[key]
        made = make()
        with self.lock:
            answers = self.versions.setdefault(token, {})
            self.versions.move_to_end(token)
            answer = answers.setdefault(key, made)
            if len(answers) > self.most_keys:
                del answers[next(iter(answers))]
            if len(self.versions) > MOST_VERSIONS:
                self.versions.popitem(last=False)
        return answer

    def clear(self) -> None:
        with self.lock:
            self.versions.clear()


def version_cache(
    read: Callable[[], Answer],
) -> Callable[[DataVersion | None], Answer]:
    """`read()` as of a version of the data, for what there is one answer to in each."""
    cache: VersionCache[Answer] = VersionCache()

    @wraps(read)
    def as_of(version: DataVersion | None) -> Answer:
        return cache.answer(version, read)

    return as_of
