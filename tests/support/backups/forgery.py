"""Archives that are not as they were written, sealed anew by whoever changed them."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from portal.backups.archive import MANIFEST, new_archive

#: The members of an archive by name; the manifest as it is read.
Members = dict[str, bytes]


def forged(file: Path, change: Callable[[Members, dict], None]) -> Path:
    """A copy of the archive, changed and with a seal that holds."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members[MANIFEST])
    change(members, manifest)
    members.setdefault(MANIFEST, b"")
    if members[MANIFEST]:
        members[MANIFEST] = json.dumps(manifest).encode()
    copy = file.with_name("forged.zip")
    with new_archive(copy) as writer:
        for name, content in members.items():
            writer.add(name, [content])
    return copy


def retold(manifest: dict, table: str, lines: bytes) -> bytes:
    """The lines, which the manifest now tells of."""
    told = {
        "rows": lines.count(b"\n"),
        "size": len(lines),
        "sha256": sha256(lines).hexdigest(),
    }
    manifest["tables"][table] = told
    return lines
