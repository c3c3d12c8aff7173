"""Documents that nobody wrote: markers, words and line breaks in any order."""

import random
from collections.abc import Iterator

# fmt: off
BEGINNINGS = [
    "Ⅰ. ", "I. ", "II . ", "□ ", "□", "■ ", "ㅇ ", "ㅇ", "o ", "○ ", "◦", "- ", "-",
    "– ", "· ", "• ", "•", "▪ ", "▶", "※ ", "* ", "**", "1. ", "2.", "가. ", "1) ",
    "(1) ", "(가)", "① ", "㉮", "❶ ", "\U000f02b1 ", "\U000f02b2", "\uf000 ", "\ue123 ",
    "\U000f0999", "붙임 ", "붙임  1. ", "참고 1", "[붙임] ", "참고", "⇒ ", "->", "▴",
    "#", "# ", "#표지 ", "#기타: 가: ", "#소제목 • ", "\\", "\\가\\ ", "- 3 -", "3",
    "12", "1", "목차", "Ⅰ. 개요 ···· 3", "- 부제 -", "[상자]", "< 목 차 >", "끝.",
    "  끝. ", "---", "과제목표", "• 주요내용", "기대효과", "02-123-4567 ", "a@b.kr ",
    "\ud45c\t1\t2", "|가|나|", "\ufeff", "\u200b", "\u2028", "\x0c", "\x0b", "\x85",
    "\x01", "\u202e□ ", "\uffff ", "\ud800", "\xad ", "\t", "\u3000",
    "  ", "    ", "      ", "★ ", "《", ") ", ". ", "/",
    "2.5 ", "-5", "제1장 ",
    "#들여쓰기", "#label ", ": ", "", "", "", "", "", "", "",
]
WORDS = [
    "협력", "강화", "(24.5월)", "및", "등", "제", "한다.", "2031년", "과제", "성과",
    "목표", "(국정과제", "19)", "\ue001", "\u110b", "中", "AI", "\u1112\u1161\u11ab",
    "::", "\\", "#", "끝.", "의", "없다.",
]
# fmt: on
LINE_BREAKS = ("\n", "\n", "\n\n", "\r\n", "\u2028")


def documents(count: int, most_lines: int) -> Iterator[str]:
    """The same documents every time."""
    choice = random.Random(7)
    for _ in range(count):
        lines = []
        for _ in range(choice.randint(1, most_lines)):
            words = choice.choices(WORDS, k=choice.randint(0, 4))
            end = choice.choice(("", "", " ", "  "))
            lines.append(choice.choice(BEGINNINGS) + " ".join(words) + end)
        yield choice.choice(LINE_BREAKS).join(lines)
