"""The newest backup in BACKUP_DIR, as far as its name and size tell."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal.backups.retention import BACKUP_NAME, backups_in


@dataclass(frozen=True)
class BackupFile:
    """The moment a backup was made, by its name, and its size in bytes."""

    moment: datetime
    bytes: int


def newest_backup(folder: Path) -> BackupFile | None:
    """None where there is none. OSError where the folder cannot be read."""
    for file in backups_in(folder)[:1]:
        moment = datetime.strptime(file.name, BACKUP_NAME).replace(tzinfo=UTC)
        return BackupFile(moment, file.stat().st_size)
    return None
