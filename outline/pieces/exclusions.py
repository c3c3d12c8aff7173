"""Lines that are no statement: page numbers, contents, contacts, tables, rules."""

import re
from collections import Counter
from collections.abc import Sequence

from outline.pieces.line_joins import PRIVATE_USE
from outline.pieces.lines import Line

#: Slug to what the working text calls it; the slug is understood as well.
REASONS = {
    "page-chrome": "메뉴",
    "label": "소제목",
    "cover": "표지",
    "contents": "목차",
    "page-number": "쪽번호",
    "contact": "연락처",
    "table": "표",
    "other": "기타",
}
DASHES = "-‐‑‒–—―−"
PAGE_NUMBER = re.compile(rf"[{DASHES}]\s?(?:\d{{1,3}}|[ivxⅰ-ⅻ]+)\s?[{DASHES}]")
OTHER_PAGE_NUMBER = re.compile(
    r"\d{1,3}\s?/\s?\d{1,3}|[pP](?:\.|age)?\s?\d{1,3}|\d{1,3}\s?(?:쪽|페이지)"
)
NUMBER = re.compile(r"\d{1,3}")
#: It takes no step back, of which a long line would have Python keep every one.
RULE = re.compile(r"([-=_~*─━═―—·….☆★]|[\U000f0800-\U000f084f])(?:\s?\1){2,}+")
END = re.compile(r"[-<(]?\s*(?:이상\s*)?끝\s*\.?\s*[->)]?")
CONTENTS_TITLE = re.compile(
    r"[<〈【\[(《≪]*(?:목차|차례|순서|CONTENTS|Contents)[>〉】\])》≫]*"
)
LEADER = re.compile(r"(?:(?:[.·․・∙⋅‥]\s?){4}|…|⋯|\t)\s{0,9}\d{1,3}$")
LAST_NUMBER = re.compile(r"\s(?:p\.?\s?)?\d{1,3}(?:쪽|p)?$")
PHONE = re.compile(r"\(?0\d{1,2}\)?[-.\s]\s?\d{3,4}[-.]\d{4}")
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w")
CONTACT = re.compile(
    r"(?:담\s?당\s?(?:부\s?서|자|관|과)|책\s?임\s?자|문\s?의\s?처?|연\s?락\s?처)"
    r"\s?(?:[:：|(\t]|\s\s)"
)
BOX_DRAWING = re.compile("[\u2500-\u259f]{2}|[\u2502\u2503]")
DATE = re.compile(
    r"[(\[]?['’‘`]?\d{2,4}\s?[.년]\s?\d{1,2}\s?[.월]?(?:\s?\d{1,2}\s?[.일]?)?"
    r"(?:\s?\([월화수목금토일]\))?[)\]]?"
)


def exclusion_of(line: Line) -> tuple[str, str, bool] | None:
    """Reason, further words and certainty, for a line that can be no statement.

    It may stand anywhere; None for any other line.
    """
    text = line.stripped
    if PAGE_NUMBER.fullmatch(text):
        return "page-number", "", True
    if OTHER_PAGE_NUMBER.fullmatch(text):
        return "page-number", "", False
    if RULE.fullmatch(text):
        return "other", "줄", False
    if END.fullmatch(text):
        return "other", "끝", True
    if line.sign is not None and not (text[0] == "|" or BOX_DRAWING.match(text)):
        return None
    if text.count("\t") >= 2 or text.count("|") >= 2 or BOX_DRAWING.search(text):
        return "table", "", False
    if names_contact(text):
        return "contact", "", False
    return None


def names_contact(text: str) -> bool:
    patterns = (PHONE.search, ADDRESS.search, CONTACT.match)
    return any(pattern(text) for pattern in patterns)


def is_number_alone(line: Line) -> bool:
    return NUMBER.fullmatch(line.stripped) is not None


def is_dated(line: Line) -> bool:
    """True for a line of a cover that is a date and nothing more."""
    return DATE.fullmatch(line.stripped) is not None


def is_empty_of_words(text: str) -> bool:
    """True for what holds nothing that can be read out."""
    return not any(letter.isalnum() for letter in PRIVATE_USE.sub("", text))


def contents_lines(lines: Sequence[Line]) -> dict[int, bool]:
    """The numbers of the lines of a table of contents, and whether that is certain.

    It begins with its title, and goes on while lines end in a page number or come
    once more further on. A line with a leader and a number is one anywhere.
    """
    coming = Counter(entry_of(line) for line in lines)
    listed: dict[int, bool] = {}
    is_inside = False
    for line in lines:
        coming[entry_of(line)] -= 1
        if CONTENTS_TITLE.fullmatch(line.squeezed):
            is_inside = True
            listed[line.number] = True
        elif LEADER.search(line.stripped):
            listed[line.number] = is_inside
        elif is_inside:
            is_inside = is_entry(line, coming)
            if is_inside:
                listed[line.number] = False
    return listed


def is_entry(line: Line, coming: Counter[str]) -> bool:
    """True within contents for a line that can be one of theirs."""
    if exclusion_of(line) or LAST_NUMBER.search(line.stripped):
        return True
    entry = entry_of(line)
    return coming[entry] > 0 or coming[re.sub(r"\d{1,3}$", "", entry)] > 0


def entry_of(line: Line) -> str:
    """The letters of a line without its marker, which contents may write otherwise."""
    marker = line.sign.marker if line.sign else ""
    return line.squeezed[len("".join(marker.split())) :]
