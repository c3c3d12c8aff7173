"""The copies of the portal in a folder: the current one, the one before, a new one."""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME_FORMAT = "%Y%m%dT%H%M%SZ"
NAME_OF_COPY = re.compile(r"\d{8}T\d{6}Z")
PARTIAL = ".partial"
FACTS_FILE = "mirror.json"
#: The current copy and the one before, to which the link can be turned back by hand.
KEPT = 2


class ExportRunningError(Exception):
    """Another export has the folder."""


@dataclass(frozen=True)
class CopyFacts:
    """The facts of a copy: `made_at` in ISO 8601, UTC; `bytes` of all files."""

    made_at: str
    data_version: str
    pages: int
    files: int
    bytes: int

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


@contextmanager
def held_folder(folder: Path) -> Iterator[None]:
    """Nobody else exports into the folder meanwhile; the system lets go of it with the
    process, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ExportRunningError from error
        yield


def begin_copy(folder: Path, now: datetime) -> Path:
    """An empty folder for a new copy; what an export left that was ended is removed."""
    for left in folder.glob(f"*{PARTIAL}"):
        if left.is_symlink():
            left.unlink()
        else:
            shutil.rmtree(left)
    while (folder / now.astimezone(UTC).strftime(NAME_FORMAT)).exists():
        now += timedelta(seconds=1)
    name = now.astimezone(UTC).strftime(NAME_FORMAT)
    new = folder / f"{name}{PARTIAL}"
    new.mkdir()
    return new


def finish_copy(new: Path, facts: CopyFacts) -> Path:
    """Makes a whole copy the current one, in one step that readers do not see."""
    (new / FACTS_FILE).write_text(json.dumps(asdict(facts), indent=2) + "\n")
    # What the link leads to is on the disk before the link is.
    os.sync()
    copy = new.rename(new.with_name(new.name.removesuffix(PARTIAL)))
    link = copy.parent / f"current{PARTIAL}"
    link.unlink(missing_ok=True)
    link.symlink_to(copy.name)
    link.rename(copy.parent / "current")
    for old in sorted(finished_copies(copy.parent))[:-KEPT]:
        shutil.rmtree(old)
    return copy


def finished_copies(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if NAME_OF_COPY.fullmatch(one.name)]


def current_copy(folder: Path) -> CopyFacts | None:
    """The facts of the copy that readers would get; None without one. OSError or
    ValueError where they cannot be read.
    """
    file = folder / "current" / FACTS_FILE
    return CopyFacts(**json.loads(file.read_text())) if file.exists() else None


def size_of_folder(folder: Path) -> tuple[int, int]:
    """The number of files in a folder, and the bytes of all of them."""
    sizes = [one.stat().st_size for one in folder.rglob("*") if one.is_file()]
    return len(sizes), sum(sizes)
