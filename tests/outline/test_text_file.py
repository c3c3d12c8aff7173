"""Files of text: what is read and how, and what is refused with its line."""

import codecs
import re
import unicodedata

import pytest

from outline import OutlineError, decode

pytestmark = pytest.mark.any_engine

HANGUL = re.compile("[가-힣]")
TEXT = "Ⅰ. 부\n□ 제목\n"
LINES = ["Ⅰ. 부", "□ 제목", ""]
BOM = codecs.BOM_UTF8


@pytest.mark.parametrize(
    "data, encoding",
    [
        (TEXT.encode(), "utf-8"),
        (BOM + TEXT.encode(), "utf-8"),
        (TEXT.encode("cp949"), "cp949"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (unicodedata.normalize("NFD", TEXT).encode(), "utf-8"),
    ],
)
def test_the_encoding_is_found_and_told(data, encoding):
    file = decode(data, "문서.txt")
    assert (file.lines, file.encoding) == (LINES, encoding)


@pytest.mark.parametrize(
    "line_break",
    ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f", "\n\f", "\r\n\f"],
)
def test_every_line_break_is_one(line_break):
    assert decode(TEXT.replace("\n", line_break).encode(), "x").lines == LINES


def refusal(data: bytes) -> OutlineError:
    with pytest.raises(OutlineError) as caught:
        decode(data, "문서.txt")
    error = caught.value
    assert str(error).startswith(f"문서.txt:{error.line}: {error.message('en')} / ")
    assert HANGUL.search(error.message("ko")) and not HANGUL.search(error.message("en"))
    return error


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\r\n\n",
        BOM,
        BOM + b"\n\xe3\x80\x80",
        "\u200b\n\u2060\u3164".encode(),
    ],
)
def test_a_document_without_text_is_refused(data):
    error = refusal(data)
    assert (error.reason, error.line) == ("empty", 1)


@pytest.mark.parametrize(
    "data, line",
    [
        (b"I.\n\xff", 2),
        (b"I.\r\n\r\n\xff", 3),
        (b"I.\r\r\xff\r", 3),
        (BOM + TEXT.encode() + b"\xeb\xb6", 3),
        (TEXT.encode("utf-16") + b"a", 3),
        ((TEXT * 2).encode("cp949") + b"\xff", 5),
        (TEXT.encode() + "가".encode("cp949") + b"\xff", 3),
    ],
)
def test_bytes_that_no_encoding_reads_are_refused_at_the_line_reached(data, line):
    error = refusal(data)
    assert (error.reason, error.line) == ("undecodable", line)


@pytest.mark.parametrize(
    "data, line",
    [
        (b"PK\x03\x04\0\0", 1),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", 1),
        (b"{\\rtf1 a}", 1),
        ("가\n나\0".encode(), 2),
        ("가".encode("utf-32"), 1),
    ],
)
def test_what_is_no_text_is_refused(data, line):
    error = refusal(data)
    assert (error.reason, error.line) == ("not-text", line)


def test_too_much_is_refused():
    assert refusal(b"a" * (2 * 1024 * 1024 + 1)).line == 1
    assert refusal(b"a\n" * 20_000).line == 20_001
