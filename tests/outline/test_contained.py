"""The process that reads a file from outside, and what it can never do."""

import io
import threading
import time

import pytest

from outline.contained import runner
from outline.contained.limits import LIMITS, MB
from outline.contained.refusal import BROKEN, BUSY, LARGE, SLOW, Refused
from outline.contained.runner import read_contained
from tests.support.hostile_files import readers
from tests.support.kills.processes import is_alive
from tests.support.serving import PATIENCE

pytestmark = pytest.mark.any_engine
BRIEF = LIMITS._replace(seconds=1)
IMPATIENT = LIMITS._replace(patience=1)


def reason(read, limits=LIMITS, content: bytes = b"") -> str:
    with pytest.raises(Refused) as refused:
        read_contained(read, content, limits)
    return refused.value.reason


@pytest.mark.parametrize(
    ("read", "limits", "wanted"),
    [
        (readers.hog_memory, LIMITS, LARGE),
        (readers.loop_for_ever, BRIEF, SLOW),
        (readers.sleep_for_ever, IMPATIENT, SLOW),
        (readers.write_a_file, LIMITS, BROKEN),
        (readers.read_a_file, LIMITS, BROKEN),
        (readers.connect, LIMITS, BROKEN),
        (readers.run_a_program, LIMITS, BROKEN),
        (readers.crash, LIMITS, BROKEN),
        (readers.end_early, LIMITS, BROKEN),
        (readers.fail, LIMITS, BROKEN),
        (readers.say_too_much, LIMITS, LARGE),
        (readers.say_it_in_one_line, LIMITS, LARGE),
        (readers.flood, LIMITS, BROKEN),
        (readers.write_no_json, LIMITS, BROKEN),
        (readers.recurse, LIMITS, LARGE),
    ],
)
def test_whatever_a_reader_does_is_a_refusal(read, limits, wanted):
    assert reason(read, limits) == wanted
    assert not readers.WRITTEN.exists()


def test_what_failed_is_logged_by_its_kind_and_no_text_of_the_file(caplog):
    reason(readers.fail)
    assert [record.getMessage() for record in caplog.records] == [
        "A file from outside: KeyError"
    ]


def test_a_reader_knows_nothing_of_the_server(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a secret")
    [[environment, folder, is_alone]] = read_contained(readers.tell_surroundings, b"")
    assert "SECRET_KEY" not in environment
    assert set(environment) <= {"LC_CTYPE"}
    assert (folder, is_alone) == ("/", True)


def test_what_a_reader_started_ends_with_it():
    [child] = read_contained(readers.fork_and_stay, b"")
    end = time.monotonic() + PATIENCE
    while is_alive(child):
        assert time.monotonic() < end, "it lives on"


def test_a_file_is_handed_over_whole_or_refused_by_its_size():
    assert read_contained(readers.tell_size, b"x" * MB) == [MB]
    assert read_contained(readers.tell_size, io.BytesIO(b"x" * MB)) == [MB]
    small = LIMITS._replace(content=10)
    assert read_contained(readers.tell_size, b"x" * 10, small) == [10]
    assert reason(readers.tell_size, small, b"x" * 11) == LARGE
    assert reason(readers.tell_size, small, b"x" * 20 * MB) == LARGE


def test_a_file_waits_for_its_turn_and_not_for_long(monkeypatch):
    with runner.turn():
        monkeypatch.setattr(runner, "TURN", 0)
        assert reason(readers.tell_size) == BUSY
    assert read_contained(readers.tell_size, b"") == [0]


def test_few_wait_so_that_readers_have_the_threads():
    begun = threading.Barrier(3)

    def wait():
        begun.wait()
        read_contained(readers.tell_size, b"")

    with runner.turn():
        waiting = [threading.Thread(target=wait) for _ in range(2)]
        for thread in waiting:
            thread.start()
        begun.wait()
        while runner.WAITING._value:
            pass
        assert reason(readers.tell_size) == BUSY
    for thread in waiting:
        thread.join()
