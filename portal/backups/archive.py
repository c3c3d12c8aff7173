"""The archive: a ZIP with a seal, the SHA-256 of all of it but the seal.

By the seal any byte that is not as it was written is known, those between the contents
too, and a file that was not written to its end.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from portal.backups.faults import BackupFault
from portal.backups.manifest import Manifest, MemberContent, manifest_of

MANIFEST = "manifest.json"
#: The comment of the ZIP, which is the last that stands in it.
SEAL_LENGTH = 64
PIECE = 1 << 20
#: In bytes: a manifest has some thousands, a row no more than the largest upload.
LARGEST_MANIFEST, LARGEST_LINE = 10 << 20, 256 << 20
#: What a file that is no archive makes the reader of archives raise.
ARCHIVE_ERRORS: tuple[type[Exception], ...] = (
    *(BadZipFile, zlib.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError, KeyError),
)
DAMAGED_BACKUP = "This backup is damaged, or no backup of the portal"


def table_member(table: str) -> str:
    return f"tables/{table}.jsonl"


def original_member(sha256: str) -> str:
    return f"originals/{sha256}"


class ArchiveWriter:
    """Members are written one after the other, none held in memory."""

    def __init__(self, path: Path) -> None:
        # Level 1 packs these lines to a few percent more than the best, much sooner.
        self.zip = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1)
        self.zip.comment = b"0" * SEAL_LENGTH

    def add(self, member: str, lines: Iterable[bytes]) -> MemberContent:
        digest, rows, size = hashlib.sha256(), 0, 0
        with self.zip.open(member, "w", force_zip64=True) as file:
            for line in lines:
                file.write(line)
                digest.update(line)
                rows += 1
                size += len(line)
        return MemberContent(rows, size, digest.hexdigest())


@contextmanager
def new_archive(path: Path) -> Iterator[ArchiveWriter]:
    """An archive that is sealed and on the disk at the end, and its owner's alone."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    writer = ArchiveWriter(path)
    try:
        yield writer
    finally:
        writer.zip.close()
    with path.open("r+b") as file:
        seal = seal_of(file)
        file.seek(-SEAL_LENGTH, os.SEEK_END)
        file.write(seal)
        file.flush()
        os.fsync(file.fileno())


def seal_of(file: BinaryIO) -> bytes:
    left = os.fstat(file.fileno()).st_size - SEAL_LENGTH
    digest = hashlib.sha256()
    while left > 0 and (piece := file.read(min(PIECE, left))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest().encode()


class BackupArchive:
    """An archive that is read; whatever is wrong with it is a BackupFault."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.zip = ZipFile(path)
            self.manifest: Manifest = manifest_of(self.small(MANIFEST))
        except ARCHIVE_ERRORS as error:
            raise BackupFault(f"{DAMAGED_BACKUP}: {path}: {error}") from error

    def small(self, member: str) -> bytes:
        """A member that is held in memory."""
        with self.zip.open(member) as file:
            text = file.read(LARGEST_MANIFEST + 1)
        if len(text) > LARGEST_MANIFEST:
            raise BadZipFile(f"{member} is too large")
        return text

    def lines(self, member: str) -> Iterator[bytes]:
        try:
            with self.zip.open(member) as file:
                while line := file.readline(LARGEST_LINE):
                    yield line
        except ARCHIVE_ERRORS as error:
            raise BackupFault(f"{DAMAGED_BACKUP}: {member}: {error}") from error

    def contents(self) -> dict[str, MemberContent]:
        """The members that the manifest tells of."""
        manifest = self.manifest
        tables = {table_member(name): one for name, one in manifest.tables.items()}
        return tables | {original_member(k): v for k, v in manifest.originals.items()}

    def verify(self) -> None:
        """Reads all of it; raises BackupFault where anything is not as was written."""
        with self.path.open("rb") as file:
            seal = seal_of(file)
            if file.read() != seal:
                raise BackupFault(f"{DAMAGED_BACKUP}: {self.path}: its seal is broken")
        contents = self.contents()
        names = sorted(self.zip.namelist())
        if names != sorted([MANIFEST, *contents]):
            strange = sorted({*names} ^ {MANIFEST, *contents}) or names
            raise BackupFault(
                f"{DAMAGED_BACKUP}: its files are not those it tells of: {strange}"
            )
        for member, told in contents.items():
            if self.content_of(member, told) != told:
                raise BackupFault(f"{DAMAGED_BACKUP}: {member} is not what it was")

    def content_of(self, member: str, told: MemberContent) -> MemberContent:
        """As read, in pieces, and no more of it than it is told to have."""
        digest, rows, size = hashlib.sha256(), 0, 0
        try:
            with self.zip.open(member) as file:
                while size <= told.size and (piece := file.read(PIECE)):
                    digest.update(piece)
                    rows += piece.count(b"\n")
                    size += len(piece)
        except ARCHIVE_ERRORS as error:
            raise BackupFault(f"{DAMAGED_BACKUP}: {member}: {error}") from error
        is_file = not member.startswith("tables/")
        return MemberContent(told.rows if is_file else rows, size, digest.hexdigest())
