"""The child process: reads its input, and writes what it found as lines of JSON."""

import json
import os
import sys
from collections.abc import Callable, Iterable

# Nothing can be imported once the process is confined: what zipfile and expat ask for.
from encodings import cp437, cp1252, utf_8_sig, utf_16  # noqa: F401

from outline.contained.limits import Limits, confine
from outline.contained.refusal import BROKEN, LARGE, Refused

#: The keys of the last line, of which there is exactly one.
END, REFUSED, VALUES, FAULT = "end", "refused", "values", "fault"
#: Whoever reads pages comes first.
NICENESS = 10

Reader = Callable[[bytes], Iterable[object]]


def run_reader(read: Reader, limits: Limits) -> None:
    """Reads the input with `read` and tells the parent each thing that it yields."""
    os.nice(NICENESS)
    confine(limits)
    last: dict[str, object]
    try:
        lines = bounded_lines(read(take_input(limits)), limits)
        sys.stdout.buffer.writelines(lines)
        last = {END: True}
    except Refused as refusal:
        last = {REFUSED: refusal.reason, VALUES: refusal.values}
    except (MemoryError, RecursionError):
        last = {REFUSED: LARGE, VALUES: {}}
    except Exception as error:
        last = {REFUSED: BROKEN, VALUES: {}, FAULT: type(error).__name__}
    sys.stdout.buffer.write(line_of(last))
    sys.stdout.flush()


def take_input(limits: Limits) -> bytes:
    content = sys.stdin.buffer.read(limits.content + 1)
    if len(content) > limits.content:
        raise Refused(LARGE)
    return content


def bounded_lines(things: Iterable[object], limits: Limits) -> list[bytes]:
    """All of them, so that the parent holds nothing of a file that is refused."""
    lines, left = [], limits.output
    for thing in things:
        lines.append(line_of(thing))
        left -= len(lines[-1])
        if left < 0:
            raise Refused(LARGE)
    return lines


def line_of(thing: object) -> bytes:
    text = json.dumps(thing, ensure_ascii=False)
    return text.encode(errors="surrogatepass") + b"\n"
