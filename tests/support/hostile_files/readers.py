"""Readers that do in their process what none should be able to do."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from outline.contained.archive import Archive
from outline.contained.markup import Markup

WRITTEN = Path("/tmp/written-by-a-reader-of-files")


def hog_memory(content: bytes) -> Iterator[object]:
    held = [content]
    while True:
        held.append(bytearray(1 << 20))
        yield from ()


def loop_for_ever(_content: bytes) -> Iterator[object]:
    while True:
        yield from ()


def sleep_for_ever(_content: bytes) -> Iterator[object]:
    signal.pause()
    yield


def write_a_file(_content: bytes) -> Iterator[object]:
    yield WRITTEN.write_text("x")


def read_a_file(_content: bytes) -> Iterator[object]:
    yield Path(__file__).read_text()


def connect(_content: bytes) -> Iterator[object]:
    yield socket.create_connection(("127.0.0.1", 1)).fileno()


def run_a_program(_content: bytes) -> Iterator[object]:
    yield subprocess.run(["/bin/true"], capture_output=True).returncode


def crash(_content: bytes) -> Iterator[object]:
    os.abort()
    yield


def end_early(_content: bytes) -> Iterator[object]:
    yield "a row"
    sys.stdout.flush()
    os._exit(0)


def fail(_content: bytes) -> Iterator[object]:
    raise KeyError("a text of a person")
    yield


def say_too_much(_content: bytes) -> Iterator[object]:
    while True:
        yield "x" * 1000


def say_it_in_one_line(_content: bytes) -> Iterator[object]:
    yield "x" * (32 << 20)


def flood(_content: bytes) -> Iterator[object]:
    """Past the module that writes what is found."""
    while True:
        yield os.write(1, b"x" * (1 << 16))


def write_no_json(_content: bytes) -> Iterator[object]:
    os.write(1, b"[" * 60_000 + b"\n")
    yield from ()


def recurse(content: bytes) -> Iterator[object]:
    yield from recurse(content)


def fork_and_stay(_content: bytes) -> Iterator[object]:
    """The second process would hold the output open."""
    if child := os.fork():
        yield child
    else:
        signal.pause()


def tell_surroundings(_content: bytes) -> Iterator[object]:
    yield [dict(os.environ), os.getcwd(), os.getsid(0) == os.getpid()]


def tell_size(content: bytes) -> Iterator[object]:
    yield len(content)


def read_all_markup(content: bytes) -> Iterator[object]:
    """Every part of a zip that is XML, as the reader of a document will."""
    archive = Archive(content)
    for name in sorted(archive.names):
        if name.endswith((".xml", ".hpf", ".rdf")):
            Markup().parse(archive.read(name))
            yield name
