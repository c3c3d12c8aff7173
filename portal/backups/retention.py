"""The folder of backups: their names, which of them stay, and one writer at a time."""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from portal.backups.faults import BackupFault

BACKUP_NAME = "portal-%Y%m%dT%H%M%SZ.zip"
NAME_PATTERN = re.compile(r"portal-(\d{8})T\d{6}Z\.zip")
UNFINISHED_ENDING = ".unfinished"
LATER_MARK = ".unchanged"
#: Days of which the last backup stays, beside the newest of all.
DAYS_KEPT = 30
#: Of five minutes each: four hours.
NEWEST_KEPT = 48


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Nobody else writes backups there; raises BackupFault where somebody does."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupFault(
                "Another backup is being written at this time."
            ) from error
        # What a process that was killed had begun.
        for rest in folder.glob(f"portal-*{UNFINISHED_ENDING}"):
            rest.unlink()
        yield


def backups_in(folder: Path) -> list[Path]:
    """The newest first."""
    named = (path for path in folder.glob("portal-*.zip"))
    return sorted(filter(is_backup, named), reverse=True)


def is_backup(path: Path) -> bool:
    return NAME_PATTERN.fullmatch(path.name) is not None


def file_for(folder: Path, moment: datetime) -> Path:
    return folder / moment.strftime(BACKUP_NAME)


def note_mark(path: Path, mark: str) -> None:
    """Keeps beside the newest backup a later mark at which it still held all."""
    (path.parent / LATER_MARK).write_text(f"{path.name} {mark}", encoding="utf-8")


def noted_mark(path: Path) -> str:
    """The mark that was kept of this backup, or nothing."""
    note = path.parent / LATER_MARK
    name, _space, mark = note.read_text().partition(" ") if note.exists() else ("",) * 3
    return mark if name == path.name else ""


def make_whole(unfinished: Path, path: Path) -> None:
    """Gives the file its name, which it keeps when the power fails."""
    os.replace(unfinished, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def superfluous(paths: Iterable[Path], keep: int) -> list[Path]:
    """Those that are neither of the newest nor the last of one of the last days."""
    newest_first = sorted(paths, reverse=True)
    days: dict[str, Path] = {}
    for path in newest_first:
        if match := NAME_PATTERN.fullmatch(path.name):
            days.setdefault(match[1], path)
    kept = {*newest_first[:keep], *list(days.values())[:DAYS_KEPT]}
    return [path for path in newest_first if path not in kept]


def drop_superfluous(folder: Path, keep: int) -> int:
    """The number of those that were."""
    dropped = superfluous(backups_in(folder), keep)
    for path in dropped:
        path.unlink()
    return len(dropped)
