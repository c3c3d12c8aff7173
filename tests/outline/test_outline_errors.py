"""What is no such document is refused: file, line and reason, in both languages."""

import re

import pytest

from outline import OutlineError, Paragraph, decode, read_lines

pytestmark = pytest.mark.any_engine

BOM = b"\xef\xbb\xbf"
HANGUL = re.compile("[가-힣]")
ITEM, BULLET = "I. 부\n□ 제목\n", "  • 목표\n"
UNKNOWN = "Unknown item marker: {}", "알 수 없는 항목 기호입니다: {}"
ORPHAN = (
    "A sub-item without an item above it: {}",
    "상위 항목 없이 하위 항목이 나옵니다: {}",
)
INDENT = (
    "The indentation matches no level ({} spaces).",
    "들여쓰기가 어느 단계와도 맞지 않습니다(공백 {}칸).",
)
EARLY = "Text before the first item: {}", "첫 항목보다 앞에 글이 있습니다: {}"


def read(data: bytes, dialect: str) -> list[Paragraph]:
    return read_lines(decode(data, "문서.txt"), dialect, "문서.txt")


@pytest.mark.parametrize(
    "dialect, text, line, messages, found",
    [
        ("report", ITEM + "\n◆ 새 기호", 4, UNKNOWN, "◆ 새 기호"),
        ("report", ITEM + "  ● 새 기호", 3, UNKNOWN, "● 새 기호"),
        ("report", ITEM + "* 새 기호", 3, UNKNOWN, "* 새 기호"),
        ("report", ITEM + "– 줄표", 3, UNKNOWN, "– 줄표"),
        ("report", ITEM + "ㅇ 항목\n1. 번호", 4, UNKNOWN, "1. 번호"),
        ("report", ITEM + "2) 번호", 3, UNKNOWN, "2) 번호"),
        ("report", ITEM + "가. 번호", 3, UNKNOWN, "가. 번호"),
        ("report", ITEM + "- 항목보다 먼저", 3, ORPHAN, "- 항목보다 먼저"),
        ("report", ITEM + "※ 항목보다 먼저", 3, ORPHAN, "※ 항목보다 먼저"),
        ("report", "I. 부\n\nㅇ 제목보다 먼저", 3, ORPHAN, "ㅇ 제목보다 먼저"),
        ("report", ITEM + "ㅇ 항목\nⅡ. 부\n- 점", 5, ORPHAN, "- 점"),
        ("report", "□ 부보다 먼저", 1, ORPHAN, "□ 부보다 먼저"),
        ("report", "\uf000 부보다 먼저", 1, ORPHAN, "\uf000 부보다 먼저"),
        ("report", "\n표지\nI. 부", 2, EARLY, "표지"),
        ("page", BULLET + "  ◆ 새 기호", 2, UNKNOWN, "◆ 새 기호"),
        ("page", BULLET + "\n  1. 번호", 3, UNKNOWN, "1. 번호"),
        ("page", BULLET + "      • 항목", 2, ORPHAN, "• 항목"),
        ("page", "메뉴\n\n    • 과제목표", 3, ORPHAN, "• 과제목표"),
        ("page", BULLET + "   • 항목", 2, INDENT, 3),
        ("page", BULLET + "• 목표", 2, INDENT, 0),
    ],
)
def test_what_fits_no_level_is_refused_with_its_place_in_both_languages(
    dialect, text, line, messages, found
):
    with pytest.raises(OutlineError) as refusal:
        read(text.encode(), dialect)
    error = refusal.value
    assert (error.path, error.line) == ("문서.txt", line)
    english, korean = (message.format(found) for message in messages)
    assert error.message("en") == english
    assert error.message("ko") == korean
    assert str(error) == f"문서.txt:{line}: {english} / {korean}"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n\n", BOM, BOM + b"\n\xe3\x80\x80"])
def test_a_document_without_text_is_refused(data):
    with pytest.raises(OutlineError) as refusal:
        decode(data, "문서.txt")
    assert (refusal.value.path, refusal.value.line) == ("문서.txt", 1)
    assert refusal.value.message("en") == "The document holds no text."
    assert refusal.value.message("ko") == "문서에 글이 없습니다."


@pytest.mark.parametrize(
    "data, line",
    [
        ("I. 부".encode("cp949"), 1),
        (b"I.\n\xff", 2),
        (b"I.\r\n\r\n\xff", 3),
        (b"I.\r\r\xff\r", 3),
        (BOM + "I. 부\n□ 제목\n".encode() + b"\xeb\xb6", 3),
        ("I. 부".encode("utf-16"), 1),
    ],
)
def test_bytes_that_are_no_utf_8_are_refused_at_their_line(data, line):
    with pytest.raises(OutlineError) as refusal:
        decode(data, "문서.txt")
    assert (refusal.value.path, refusal.value.line) == ("문서.txt", line)
    assert refusal.value.message("en") == "A byte here cannot be read as UTF-8."
    assert HANGUL.search(refusal.value.message("ko"))
