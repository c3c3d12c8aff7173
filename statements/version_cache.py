"""Answers that are read from the data once, and kept in memory until they change."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial, wraps
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from statements.models.revision import DataChange, DataVersion, VersionStep

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

    def __init__(
        self, most: int = 1, weigh: Callable[[Answer], int] = lambda _answer: 1
    ) -> None:
        """All answers of one version weigh `most`, each one unless `weigh` says more;
        the oldest go first.
        """
        self.most, self.weigh = most, weigh
        self.versions: OrderedDict[UUID, dict[Hashable, Answer]] = OrderedDict()
        self.weights: dict[UUID, int] = {}
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
            is_first = key not in answers
            answer = answers.setdefault(key, made)
            if is_first:
                self.make_room(token, self.weigh(made))
            if len(self.versions) > MOST_VERSIONS:
                former, _answers = self.versions.popitem(last=False)
                self.weights.pop(former, None)
        return answer

    def followed(
        self,
        version: DataVersion | None,
        make: Callable[[], Answer],
        patch: Callable[[Answer, DataChange], Answer | None],
    ) -> Answer:
        """As `answer`; where it is known what may be another since a version that is
        kept, `patch` makes the answer of its answer and that, in another object. Where
        it gives None, or nothing is known, `make` does.
        """

        def make_after() -> Answer:
            with self.lock:
                former = {token: kept[None] for token, kept in self.versions.items()}
            steps = version and former and VersionStep.since({*former}, version.token)
            patched = patch(former[steps[0]], steps[1]) if steps else None
            return make() if patched is None else patched

        return self.answer(version, make_after)

    def answers(
        self,
        version: DataVersion | None,
        keys: Iterable[Hashable],
        make: Callable[[list[Hashable]], Mapping[Hashable, Answer]],
    ) -> dict[Hashable, Answer]:
        """The answers for several keys; those that are not there are made together."""
        wanted = list(keys)
        if not version:
            return dict(make(wanted))
        with self.lock:
            kept = self.versions.get(version.token, {})
            known = {key: kept[key] for key in wanted if key in kept}
        missing = [key for key in wanted if key not in known]
        for key, made in make(missing).items() if missing else ():
            known[key] = self.answer(version, partial(as_it_is, made), key)
        return known

    def make_room(self, token: UUID, more: int) -> None:
        """Drops the oldest answers of a version until the rest weighs no more than it
        may.
        """
        answers = self.versions[token]
        weight = self.weights.get(token, 0) + more
        while weight > self.most and answers:
            weight -= self.weigh(answers.pop(next(iter(answers))))
        self.weights[token] = weight

    def clear(self) -> None:
        with self.lock:
            self.versions.clear()
            self.weights.clear()


def as_it_is(answer: Answer) -> Answer:
    return answer


def version_cache(
    read: Callable[[], Answer],
) -> Callable[[DataVersion | None], Answer]:
    """`read()` as of a version of the data, for what there is one answer to in each."""
    cache: VersionCache[Answer] = VersionCache()

    @wraps(read)
    def as_of(version: DataVersion | None) -> Answer:
        return cache.answer(version, read)

    return as_of
