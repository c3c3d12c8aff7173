"""Hostile files sent to a portal that is served, and what that costs it."""

import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from tests.support.hostile_files.plain_texts import TEXTS
from tests.support.hostile_files.texts import CSVS, XLIFFS, unit_with, xliff_of
from tests.support.hostile_files.workbooks import WORKBOOKS
from tests.support.serving import PROJECT, environment

SHEETS, XLIFF = "/admin/bulk/sheets/", "/admin/translations/import/"
INTAKE = "/admin/intake/"
READ = ("/en/", "/en/statements/?region=europe", "/ko/goals/1/")
TOKEN = "t" * 32
#: Longer than any of the files may take.
PATIENCE = 120


def session_of_staff(database: Path) -> str:
    """The cookie of somebody who has taken both steps of the login."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.hostile_files.session"],
        cwd=PROJECT,
        env=environment(database),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return run.stdout.strip()


#: For each reader, files with the address and the field that they are sent to.
OF_A_CHILD = (
    (WORKBOOKS, SHEETS, "sheet"),
    (CSVS, SHEETS, "sheet"),
    (XLIFFS, XLIFF, "file"),
)
OF_THE_SERVER = ((TEXTS, INTAKE, "file"),)


def hostile_posts(read_by: tuple) -> Iterator[tuple[str, str, bytes]]:
    """Address, field and content of every file."""
    for files, path, field in read_by:
        for make, _words in files.values():
            yield path, field, make()


def send_file(portal: str, cookie: str, path: str, field: str, content: bytes) -> int:
    """The status of the answer."""
    bounds = uuid.uuid4().hex
    head = f'form-data; name="{field}"; filename="x"'
    body = (
        f"--{bounds}\r\nContent-Disposition: {head}\r\n\r\n".encode()
        + content
        + f"\r\n--{bounds}--\r\n".encode()
    )
    headers = {
        "Content-Type": f"multipart/form-data; boundary={bounds}",
        "Cookie": f"{cookie}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    connection = HTTPConnection(urlsplit(portal).netloc, timeout=PATIENCE)
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        # It has answered before it took all, and does not take the rest.
        return 413
    finally:
        connection.close()


def warm_up(portal: str, cookie: str) -> None:
    """What the server keeps from its first pages on is not the files'."""
    for _ in range(20):
        for path, field, content in (
            (SHEETS, "sheet", b"code,kind,seen\nG1,goal,1\n"),
            (XLIFF, "file", xliff_of(unit_with("A goal")).encode()),
            (INTAKE, "file", b"x\x00" * 400_000),
        ):
            assert send_file(portal, cookie, path, field, content) == 200


def attack(portal: str, cookie: str, read_by: tuple) -> list[int]:
    """The statuses of the answers to all hostile files of these readers."""
    return [send_file(portal, cookie, *post) for post in hostile_posts(read_by)]


def processes_of(portal: str) -> list[Path]:
    """Those that serve it, whichever of them is the worker."""
    port = str(urlsplit(portal).port).encode()
    mains = [
        path
        for path in Path("/proc").glob("[0-9]*")
        if b"granian" in words_of(path) and port in words_of(path)
    ]
    parents = {path.name for path in mains}
    return [p for p in Path("/proc").glob("[0-9]*") if parent_of(p) in parents] + mains


def words_of(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def parent_of(process: Path) -> str:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[1]
    except OSError:
        return ""


def megabytes(process: Path, name: str) -> float:
    status = (process / "status").read_text()
    return int(status.split(f"{name}:")[1].split()[0]) / 1024


def growth_while(portal: str, work) -> float:
    """MB that the processes of the portal grow at their most."""
    processes = processes_of(portal)
    for process in processes:
        (process / "clear_refs").write_text("5")
    before = {process: megabytes(process, "VmRSS") for process in processes}
    work()
    return sum(megabytes(p, "VmHWM") - before[p] for p in processes)


def read_pages(portal: str, until: Event) -> list[float]:
    """Seconds of each page that somebody reads meanwhile."""
    seconds = []
    while not until.is_set():
        for path in READ:
            begun = time.perf_counter()
            connection = HTTPConnection(urlsplit(portal).netloc, timeout=PATIENCE)
            connection.request("GET", path)
            assert connection.getresponse().read()
            connection.close()
            seconds.append(time.perf_counter() - begun)
    return seconds


def read_while(portal: str, work) -> list[float]:
    until, seconds = Event(), []
    reader = Thread(target=lambda: seconds.extend(read_pages(portal, until)))
    reader.start()
    try:
        work()
    finally:
        until.set()
        reader.join()
    return seconds
