"""The readers without the process around them, where they can be looked at: they find
here what they find there.
"""

import datetime
import io
import json
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from desk.bulk.sheets.sheet_file import bounded_lines
from desk.translations.xliff.unit_file import read_units
from outline.contained import child
from outline.contained.limits import LIMITS
from outline.contained.refusal import BROKEN, LARGE, SLOW, Refused
from outline.contained.runner import read_contained
from tests.support.hostile_files.texts import CSVS, XLIFFS, unit_with, xliff_of
from tests.support.hostile_files.workbooks import WORKBOOKS

pytestmark = pytest.mark.any_engine
#: Only a process of its own comes to these ends and lives.
OF_THE_PROCESS = {LARGE, SLOW, BROKEN}


def workbook() -> bytes:
    """A sheet with a value of every type that a program writes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["code", "kind", "seen", "text_en", "when", "is_so"])
    sheet.append(["G1", "goal", 1, "A goal", datetime.date(2025, 3, 1), True])
    sheet.append(["G2", "goal", 2.5, "=1+1", datetime.datetime(2025, 3, 1, 12), False])
    sheet.append(["G3", None, 1e308, "  spaces  ", datetime.time(9, 30), None])
    sheet.append([])
    sheet.append(["G4", "goal", -7, "두 줄\n둘째 줄", "#N/A", "2025-03-01"])
    sheet["C3"].number_format = "0.00%"
    sheet.merge_cells("A6:B6")
    book.create_sheet("notes").append(["not read"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


GOOD = {
    "workbook": (bounded_lines, workbook),
    "half a workbook": (bounded_lines, lambda: workbook()[:2000]),
    "csv": (bounded_lines, lambda: b"code,kind\n\nG1,goal\n"),
    "xliff": (read_units, lambda: xliff_of(unit_with("A goal")).encode()),
}
FILES: dict[str, tuple[Callable[..., Any], Callable[[], bytes]]] = GOOD | {
    f"{name} {kind}": (read, make)
    for kind, read, files in (
        ("xlsx", bounded_lines, WORKBOOKS),
        ("csv", bounded_lines, CSVS),
        ("xliff", read_units, XLIFFS),
    )
    for name, (make, _words) in files.items()
}


def outcome(read: Callable[[bytes], Any], content: bytes) -> Any:
    """The things found, as JSON has them; or why not."""
    try:
        return json.loads(json.dumps(list(read(content))))
    except Refused as refused:
        return refused.reason, refused.values


@pytest.mark.parametrize(("read", "make"), FILES.values(), ids=FILES)
def test_a_reader_finds_here_what_it_finds_in_its_process(read, make):
    content = make()
    there = outcome(partial(read_contained, read), content)
    if isinstance(there, tuple) and there[0] in OF_THE_PROCESS:
        return
    assert outcome(read, content) == there


@pytest.mark.parametrize("name", GOOD)
def test_good_files_are_read(name):
    read, make = GOOD[name]
    found = outcome(read, make())
    assert isinstance(found, tuple) == name.startswith("half")
    assert found


def told_by(monkeypatch, read, content: bytes = b"", limits=LIMITS) -> list[Any]:
    """The lines that a child writes, without its confinement, which is for good."""
    output = io.BytesIO()
    monkeypatch.setattr(child, "confine", lambda limits: None)
    monkeypatch.setattr(child.os, "nice", lambda more: 0)
    streams = {
        "stdin": SimpleNamespace(buffer=io.BytesIO(content)),
        "stdout": SimpleNamespace(buffer=output, flush=lambda: None),
    }
    monkeypatch.setattr(child, "sys", SimpleNamespace(**streams))
    child.run_reader(read, limits)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def raising(error: Exception) -> Callable[[bytes], Any]:
    def read(_content: bytes) -> Any:
        raise error

    return read


def test_the_last_line_says_how_it_ended(monkeypatch):
    told = partial(told_by, monkeypatch)
    refused = {"refused": LARGE, "values": {}}
    assert told(lambda content: [len(content)], b"abc") == [3, {"end": True}]
    assert told(raising(Refused("why", n=1))) == [
        {"refused": "why", "values": {"n": 1}}
    ]
    assert told(raising(MemoryError())) == [refused]
    assert told(raising(RecursionError())) == [refused]
    assert told(raising(KeyError("a text"))) == [
        {"refused": BROKEN, "values": {}, "fault": "KeyError"}
    ]


def test_input_and_output_are_bounded(monkeypatch):
    few = LIMITS._replace(content=3, output=20)
    refused = [{"refused": LARGE, "values": {}}]
    assert told_by(monkeypatch, list, b"abcd", few) == refused
    found = told_by(monkeypatch, lambda content: ["x" * 10] * 3, b"", few)
    assert found == refused, "nothing of what came before it"
