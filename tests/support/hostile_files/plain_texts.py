"""Plain texts that somebody has made to harm, or that are odd and right."""

import random

from tests.support.hostile_files.workbooks import HostileFile

LARGE, NO_TEXT, UNREADABLE = "larger than 1 MB", "not text", "neither as UTF-8"
MANY_LINES, MANY, LONG = "20,000 lines", "more than 5000 paragraphs", "400000"
EMPTY, FOREIGN = "no text", "cannot be shown"
#: As large as a file may be.
SIZE = 1_000_000
#: As long as a working text may be.
LONGEST = 399_000


def of_chance(count: int) -> bytes:
    return random.Random(12).randbytes(count)


TEXTS: dict[str, HostileFile] = {
    "4 MB in one line": (lambda: b"x" * (4 << 20), LARGE),
    "a line of 1 MB": (lambda: b"x" * SIZE, LONG),
    "a long line": (lambda: b"x" * LONGEST, ""),
    "a long line of Korean": (lambda: ("가" * 330_000).encode(), ""),
    "a million spaces": (lambda: b" " * SIZE, EMPTY),
    "spaces and a word": (lambda: b" " * (SIZE - 1) + b"x", ""),
    "a word, spaces, a word": (lambda: b"x" + b" " * (LONGEST - 9) + b"x", ""),
    "many spaces in a heading": (
        lambda: "Ⅰ.".encode() + b" " * (LONGEST - 99) + "2026년".encode(),
        "",
    ),
    "a million brackets": (lambda: b"(" * SIZE, LONG),
    "brackets": (lambda: b"(" * LONGEST, ""),
    "pairs of brackets": (lambda: b"(1)" * (LONGEST // 3), ""),
    "brackets that close": (
        lambda: b"(" * (LONGEST // 2) + b")" * (LONGEST // 2),
        "",
    ),
    "digits": (lambda: b"1" * LONGEST, ""),
    "digits and dots": (lambda: b"1." * (LONGEST // 2), ""),
    "quotes": (lambda: "“".encode() * 330_000, ""),
    "middle dots": (lambda: "·".encode() * LONGEST, ""),
    "dashes": (lambda: b"-" * LONGEST, ""),
    "number signs": (lambda: b"#" * LONGEST, ""),
    "colons": (lambda: b"#" + b":" * LONGEST, ""),
    "years": (lambda: "2026년 ".encode() * 60_000, ""),
    "200,000 markers": (lambda: "ㅇ\n".encode() * 200_000, MANY_LINES),
    "19,000 markers": (lambda: "ㅇ a\n".encode() * 19_000, MANY),
    "5,000 markers": (lambda: "ㅇ a\n".encode() * 4_990, ""),
    "5,000 lines of one paragraph": (lambda: "가나다라 마\n".encode() * 5_000, ""),
    "4,900 headings": (
        lambda: "".join(f"□ 제목 {n}\n" for n in range(4_900)).encode(),
        "",
    ),
    "4,900 parts": (
        lambda: "".join(f"Ⅰ. {n}년 주요 추진과제\n" for n in range(4_900)).encode(),
        "",
    ),
    # The working text says the levels by spaces too, twice as many.
    "stairs": (
        lambda: "".join(f"{' ' * n}- {n}\n" for n in range(800)).encode(),
        LONG,
    ),
    "empty lines": (lambda: b"\n" * SIZE, MANY_LINES),
    "lines of every kind": (lambda: "a\r\nb\rc\x0bd\x85e\u2028f".encode(), ""),
    "noughts": (lambda: bytes(SIZE), NO_TEXT),
    "a nought": (lambda: b"a\nb\x00c\n", NO_TEXT),
    "chance": (lambda: of_chance(SIZE), UNREADABLE),
    "a surrogate": (lambda: b"\xed\xa0\x80 x", UNREADABLE),
    # What is overlong in UTF-8 is a letter in CP949.
    "overlong": (lambda: b"\xc0\xaf x", ""),
    "cut in a letter": (lambda: "가나다".encode()[:-1], UNREADABLE),
    "half of UTF-16": (lambda: "가".encode("utf-16")[:-1], UNREADABLE),
    "UTF-16": (lambda: "□ 제목".encode("utf-16"), ""),
    "UTF-32": (lambda: "□ 제목".encode("utf-32"), NO_TEXT),
    "CP949": (lambda: "□ 제목\n ㅇ 협력".encode("cp949"), ""),
    "combining marks": (lambda: ("a" + "\u0301" * 300_000).encode(), ""),
    "Jamo": (lambda: ("\u1100\u1161\u11a8" * 100_000).encode(), ""),
    "one that grows": (lambda: "\ufdfa".encode() * 100_000, ""),
    "controls": (lambda: b"a\x01b\x1bc\n", FOREIGN),
    "marks of direction": (lambda: "a\u202eb".encode(), FOREIGN),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000), NO_TEXT),
    "a zip": (lambda: b"PK\x03\x04" + bytes(100), NO_TEXT),
    "HTML": (lambda: b"<script>alert(1)</script>" * 10_000, ""),
    "nothing": (lambda: b"", EMPTY),
}
