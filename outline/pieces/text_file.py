"""Files of plain text: bytes to lines, and nothing guessed on the way."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from outline.errors import OutlineError
from outline.pieces.lines import visible

#: A form feed after a line break belongs to it: editors count no line there.
LINE_BREAK = re.compile("(?:\r\n|[\r\n])\f?|[\v\f\x85\u2028\u2029]")
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: PDF, archives, older documents of Hancom and Microsoft, and rich text.
OTHER_FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
MOST_BYTES, MOST_LINES = 2 * 1024 * 1024, 20_000


@dataclass(frozen=True)
class TextFile:
    """The lines of a file, composed (NFC), and the encoding that it was read in."""

    lines: list[str]
    encoding: str


def decode(data: bytes, path: str) -> TextFile:
    """The lines of a file; OutlineError for no text, too much, or something else.

    UTF-16 needs its byte order mark. UTF-8 is tried before CP949, both strictly: Korean
    in CP949 is never valid UTF-8 but by rare accident.
    """
    if len(data) > MOST_BYTES:
        raise OutlineError("too-large", path, 1)
    if data.startswith(OTHER_FILES):
        raise OutlineError("not-text", path, 1)
    text, encoding = decoded(data, path)
    if "\0" in text:
        line = count_lines(text[: text.index("\0")])
        raise OutlineError("not-text", path, line)
    lines = lines_of(text)
    if len(lines) > MOST_LINES:
        raise OutlineError("too-large", path, MOST_LINES + 1)
    if not any(visible(line).strip() for line in lines):
        raise OutlineError("empty", path, 1)
    return TextFile(lines, encoding)


def lines_of(text: str) -> list[str]:
    return LINE_BREAK.split(unicodedata.normalize("NFC", text))


def decoded(data: bytes, path: str) -> tuple[str, str]:
    if data.startswith(UTF_16_MARKS):
        encodings = ["utf-16"]
    elif data.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "cp949"]
    furthest = 0
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(encoding, "ignore")
            furthest = max(furthest, count_lines(before))
    raise OutlineError("undecodable", path, furthest)


def count_lines(before: str) -> int:
    """The number of the line that follows `before`."""
    return len(LINE_BREAK.findall(before)) + 1
