"""The backups in BACKUP_DIR, as far as their names and sizes tell."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

BACKUP_NAME = "portal-%Y%m%dT%H%M%SZ.zip"


@dataclass(frozen=True)
class BackupFile:
    """The moment a backup was made, by its name, and its size in bytes."""

    moment: datetime
    bytes: int


def newest_backup(folder: Path) -> BackupFile | None:
    """The newest backup; None where there is none. OSError where the folder cannot be
    read.
    """
    backups = (read_backup(file) for file in folder.glob("portal-*.zip"))
    known = [backup for backup in backups if backup]
    return max(known, key=lambda backup: backup.moment, default=None)


def read_backup(file: Path) -> BackupFile | None:
    try:
        moment = datetime.strptime(file.name, BACKUP_NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return BackupFile(moment, file.stat().st_size)
