"""A zip from outside: looked through before anything of it is unpacked."""

import io
import struct
import zipfile

from outline.contained.refusal import BROKEN, Refused

MOST_PACKED = 2000
#: Bytes of all names and what stands beside them, for which zipfile makes objects.
LARGEST_DIRECTORY = 512 * 1024
#: Bytes of all entries and of one, unpacked.
LARGEST_INSIDE = 60 * 1024 * 1024
LARGEST_ENTRY = 16 * 1024 * 1024
#: Reasons: it would grow; it has a password.
BOMB, LOCKED = "bomb", "locked"

#: The record at the end of a zip: counts and size of its directory, within the last
#: bytes, of which a remark takes at most 65,535.
END_RECORD = struct.Struct("<4s4H2LH")
END_MARK, ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
LONGEST_REMARK = 65_535


class Archive:
    """Raises Refused for what is no zip, or one that somebody has made to harm."""

    def __init__(self, content: bytes) -> None:
        require_small_directory(content)
        try:
            self.packed = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Refused(BROKEN) from error
        entries = self.packed.infolist()
        self.names = {entry.filename for entry in entries}
        starts_late = min((entry.header_offset for entry in entries), default=0)
        if starts_late or len(self.names) < len(entries):
            raise Refused(BROKEN)
        if len(entries) > MOST_PACKED:
            raise Refused(BOMB)
        if sum(entry.file_size for entry in entries) > LARGEST_INSIDE:
            raise Refused(BOMB)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused(LOCKED)

    def read(self, name: str) -> bytes:
        """The entry, unpacked as far as it may be."""
        try:
            with self.packed.open(name) as entry:
                content = entry.read(LARGEST_ENTRY + 1)
        except MemoryError:
            raise
        except Exception as error:  # zipfile raises whatever it stumbles on
            raise Refused(BROKEN) from error
        if len(content) > LARGEST_ENTRY:
            raise Refused(BOMB)
        return content


def require_small_directory(content: bytes) -> None:
    """Before zipfile makes an object of each of 70,000 entries."""
    at = content.rfind(END_MARK, -END_RECORD.size - LONGEST_REMARK)
    if at < 0 or len(content) - at < END_RECORD.size:
        raise Refused(BROKEN)
    record = END_RECORD.unpack_from(content, at)
    entries, size = record[4], record[5]
    has_more = content[max(at - 20, 0) : at].startswith(ZIP64_MARK)
    if has_more or entries > MOST_PACKED or size > LARGEST_DIRECTORY:
        raise Refused(BOMB)
