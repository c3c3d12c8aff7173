"""The manifest: a backup's own description, by which it is checked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.backups.faults import BackupFault

#: Changed with every change after which older code cannot read a backup.
FORMAT = 1
FOREIGN_FORMAT = (
    "This backup has a format that this version of the portal does not read. "
    "Restore it with the version that wrote it."
)


@dataclass(frozen=True)
class MemberContent:
    """A member of the archive: its lines, or 0 of a file, and its bytes unpacked."""

    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    portal: str
    engine: str
    made_at: str
    #: The last migrations of each app; several where its history has several ends.
    migrations: dict[str, list[str]]
    columns: dict[str, list[str]]
    tables: dict[str, MemberContent]
    #: The original files of documents, by their SHA-256, and the names they have.
    originals: dict[str, MemberContent]
    names: dict[str, str]
    #: The highest number that was given to a row, by table.
    numbers: dict[str, int]
    #: Of the moment: see `change_mark`.
    mark: str
    format: int = FORMAT

    def as_json(self) -> bytes:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        return text.encode()

    def says_the_same(self, other: Manifest) -> bool:
        """True where both hold the same rows, columns and files."""
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("migrations", "columns", "tables", "originals")
        )


def manifest_of(text: bytes) -> Manifest:
    """Raises BackupFault where it is none of ours."""
    try:
        read: dict[str, Any] = json.loads(text)
        if read["format"] != FORMAT:
            raise BackupFault(FOREIGN_FORMAT)
        for name in ("tables", "originals"):
            read[name] = {key: MemberContent(**one) for key, one in read[name].items()}
        return Manifest(**read)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupFault(f"This is no backup of the portal: {error!r}.") from error


def last_migrations() -> dict[str, list[str]]:
    """Those of the code, by app."""
    leaves: dict[str, list[str]] = {}
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for app, name in sorted(loader.graph.leaf_nodes()):
        leaves.setdefault(app, []).append(name)
    return leaves


def missing_migrations() -> list[str]:
    """Those of the code that the database does not have, as app.name."""
    loader = MigrationLoader(connection)
    wanted = loader.graph.nodes.keys() - loader.applied_migrations.keys()
    return sorted(f"{app}.{name}" for app, name in wanted)
