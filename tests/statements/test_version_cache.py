"""What is kept by the version of the data: threads meet in it and nobody waits."""

import sys
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from inspect import getclosurevars
from itertools import count
from threading import Barrier, Event, Thread
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from desk.links import candidates
from explorer.results import kept_index
from statements import version_cache
from statements.filters.choices import vocabulary
from statements.models import DataVersion, VersionStep
from statements.search import query_plan
from statements.search.query_plan import Plan
from statements.version_cache import VersionCache

#: Seconds after which a test that hangs has failed; no test that passes waits for it.
PATIENCE = 30
SOURCES = {module.__file__ for module in (version_cache, query_plan, candidates)}


def a_version() -> SimpleNamespace:
    return SimpleNamespace(token=uuid.uuid4())


def a_request(version: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(data_version=version)


class Line:
    """Before one line of what a thread does, another thread comes in between.

    On a line on which the first one holds the lock the other would wait: it does not
    come. `is_reached` says whether there were as many lines.
    """

    def __init__(self, number: int, lock, between: Callable[[], object]):
        self.number, self.lock, self.between = number, lock, between
        self.count, self.is_reached = 0, False

    def __call__(self, frame, event, _argument):
        if frame.f_code.co_filename not in SOURCES:
            return None
        if event == "line" and self.count == self.number:
            self.is_reached = True
            if not self.lock.locked():
                thread = Thread(target=self.between)
                thread.start()
                thread.join()
        self.count += event == "line"
        return self

    def run(self, work: Callable[[], object]) -> object:
        def traced():
            sys.settrace(self)
            try:
                return work()
            finally:
                sys.settrace(None)

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(traced).result()


def at_each_line(lock, work: Callable[[], object], between: Callable[[], object]):
    """All that `work` gives, met at each of its lines: when its answer has to be made,
    and when it is kept.
    """
    for number in count():
        between()
        making, reading = (Line(number, lock, between) for _ in range(2))
        yield making.run(work)
        work()
        yield reading.run(work)
        if not making.is_reached:
            assert number > 5
            return


def test_threads_that_meet_in_the_search_plan_each_get_their_plan(monkeypatch):
    monkeypatch.setattr(query_plan, "make", lambda query, _: Plan(changed={"": query}))
    version = a_version()

    def many_other_searches():
        for number in range(query_plan.MOST_KEPT + 1):
            changed = query_plan.plan(str(number), version).changed
            assert changed == {"": str(number)}

    def search():
        return query_plan.plan("raw materials", version).changed

    lock = query_plan.plans.lock
    assert all(
        changed == {"": "raw materials"}
        for changed in at_each_line(lock, search, many_other_searches)
    )


def test_threads_that_meet_in_the_suggester_each_get_one(monkeypatch):
    monkeypatch.setattr(candidates, "Suggester", object)
    version = a_version()

    def many_other_changes():
        for _ in range(version_cache.MOST_VERSIONS + 1):
            candidates.suggester(a_version())

    def suggest():
        return candidates.suggester(version)

    lock = getclosurevars(candidates.suggester).nonlocals["cache"].lock
    made = list(at_each_line(lock, suggest, many_other_changes))
    assert {type(suggester) for suggester in made} == {object}


def test_readers_of_the_old_version_are_served_while_the_new_index_is_made(monkeypatch):
    old, new = a_request(a_version()), a_request(a_version())
    begun, go_on = Event(), Event()

    def make(request):
        if request is new:
            begun.set()
            assert go_on.wait(PATIENCE)
        return object()

    monkeypatch.setattr(VersionStep, "since", lambda *_: None)
    monkeypatch.setattr(kept_index, "FacetIndex", make)
    index = kept_index.facet_index(old)
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(kept_index.facet_index, new)
        try:
            assert begun.wait(PATIENCE)
            reading = Thread(target=kept_index.facet_index, args=[old], daemon=True)
            reading.start()
            reading.join(PATIENCE)
            assert not reading.is_alive(), "a reader waits for the new index"
            assert kept_index.facet_index(old) is index
        finally:
            go_on.set()
        assert kept_index.facet_index(new) is made.result()
    assert kept_index.facet_index(old) is index


def test_who_asks_for_what_another_is_making_makes_it_too_and_all_share_one():
    cache, version = VersionCache(), a_version()
    together = Barrier(3)

    def make() -> object:
        together.wait(PATIENCE)
        return object()

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(cache.answer, version, make) for _ in range(3)]
        answers = {future.result() for future in asked}
    assert answers == {cache.answer(version, make)}


def test_the_two_versions_that_were_last_read_are_kept():
    cache, (first, second, third) = VersionCache(), (a_version() for _ in range(3))
    kept = {version.token: cache.answer(version, object) for version in (first, second)}
    assert cache.answer(first, object) is kept[first.token]
    newest = cache.answer(third, object)
    assert cache.answer(first, object) is kept[first.token]
    assert cache.answer(third, object) is newest
    assert cache.answer(second, object) is not kept[second.token]


def test_of_many_keys_those_that_were_last_made_are_kept():
    cache, version = VersionCache(2), a_version()
    first, second, third = (cache.answer(version, object, key) for key in "abc")
    assert cache.answer(version, object, "b") is second
    assert cache.answer(version, object, "c") is third
    assert cache.answer(version, object, "a") is not first


def test_an_answer_that_is_nothing_is_kept_as_well():
    cache, version, made = VersionCache(), a_version(), []
    for _ in range(2):
        assert cache.answer(version, lambda: made.append("once")) is None
    assert made == ["once"]


def test_without_a_version_every_answer_is_made_anew():
    cache = VersionCache()
    assert cache.answer(None, object) is not cache.answer(None, object)
    assert not cache.versions


def test_what_fails_is_not_kept_and_the_next_one_makes_it():
    cache, version = VersionCache(), a_version()
    with pytest.raises(ZeroDivisionError):
        cache.answer(version, lambda: 1 // 0)
    assert cache.answer(version, lambda: "made") == "made"


@pytest.mark.django_db
def test_what_is_kept_answers_in_the_language_in_which_it_is_read():
    version = DataVersion.current()
    with override("ko"):
        korean = [region.name for region in vocabulary(version).regions]
    with override("en"):
        english = [region.name for region in vocabulary(version).regions]
        assert english == [region.name_en for region in vocabulary(version).regions]
    assert korean == [region.name_ko for region in vocabulary(version).regions]
    assert not set(korean) & set(english)
