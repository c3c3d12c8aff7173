"""Lines that are no statement: page numbers, contents, contacts, tables, rules."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

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
NUMBER_OF_PAGE = r"(?:\d{1,3}(?:\s?[/|]\s?\d{1,3}|\s?of\s?\d{1,3})?|[ivxⅰ-ⅻ]+)"
#: "- 3 -" and its like; "[3]" and "<3>" are numbers of paragraphs as well.
PAGE_NUMBER = re.compile(
    rf"[{DASHES}]{{1,3}}\s{{0,3}}{NUMBER_OF_PAGE}\s{{0,3}}[{DASHES}]{{1,3}}"
    rf"|([·•∙~∼|│])\s?{NUMBER_OF_PAGE}\s?\1|[<〈‹«]\s{NUMBER_OF_PAGE}\s[>〉›»]"
    r"|\d{1,3}\s?(?:[/|]|of)\s?\d{1,3}(?:\s?(?:쪽|페이지))?"
    r"|(?:[pP]|[pP]age|PAGE|쪽)[.\s]{0,2}\d{1,3}(?:\s?(?:/|of)\s?\d{1,3})?"
    r"|(?:제\s?)?\d{1,3}\s?(?:쪽|페이지)"
)
#: The page number beside the words of a running header.
BESIDE_HEADER = re.compile(
    rf"^[{DASHES}\s]{{0,4}}\d{{1,3}}[{DASHES}|\s]{{1,9}}"
    rf"|[{DASHES}|\s]{{1,9}}\d{{1,3}}[{DASHES}\s]{{0,4}}$"
)
NUMBER = re.compile(r"\d{1,3}")
#: It takes no step back, of which a long line would have Python keep every one.
RULE = re.compile(r"([-=_~*─━═―—·….☆★]|[\U000f0800-\U000f084f])(?:\s?\1){2,}+")
END = re.compile(r"[-<(]?\s*(?:이상\s*)?끝\s*\.?\s*[->)]?")
CONTENTS_TITLE = re.compile(
    r"[<〈【\[(《≪「『]*(?:목차|차례|순서|CONTENTS|Contents)[>〉】\])》≫」』]*"
)
LEADER = re.compile(r"(?:(?:[.·․・∙⋅‥_]\s?){3}|…|⋯)\s{0,9}(?:\d{1,3}|[ivx]{1,5})$")
#: A row of a table has this as well.
TAB_LEADER = re.compile(r"\t\s{0,9}\d{1,3}$")
LAST_NUMBER = re.compile(r"\s(?:(?:p\.?\s?)?\d{1,3}(?:쪽|p)?|\(\d{1,3}\))$")
#: More entries are no contents of a report.
MOST_ENTRIES = 40
#: Cells of a table that spaces set apart.
GAP = re.compile(r"\S\s{3,}(?=\S)")
PHONE = re.compile(
    r"(?:\(?0\d{1,2}\)?|\+82[-.\s]\d{1,2})[-.\s]{0,2}\d{3,4}[-.]\d{4}|[☎☏℡]"
    r"|(?<![\d-])1[5-9]\d\d-\d{4}(?![\d-])|(?:전화|팩스|FAX|Fax|T[Ee][Ll])[.:)\s]{1,3}[(\d]"
    r"|\((?!(?:19|20)\d\d-(?:19|20)\d\d)\d{3,4}-\d{4}\)"
)
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w")
CONTACT = re.compile(
    r"[<\[【(]?(?:담\s?당\s?(?:부\s?서|자|관|과)?|책\s?임\s?자|문\s?의\s?처?|연\s?락\s?처)"
    r"\s?(?:[:：|(\t>\]】]|\s\s)"
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
        return "page-number", "", False
    if RULE.fullmatch(text):
        return "other", "줄", False
    if END.fullmatch(text):
        return "other", "끝", True
    if line.sign is not None and not (text[0] == "|" or BOX_DRAWING.match(text)):
        return None
    if is_row(text):
        return "table", "", False
    if names_contact(text):
        return "contact", "", False
    return None


def is_row(text: str) -> bool:
    """True for a row of a table; a number and a tab begin a chapter as well."""
    has_bars = text.count("|") >= 2 or " | " in text or BOX_DRAWING.search(text)
    is_tabbed = text.count("\t") >= (2 if text[0].isdecimal() else 1)
    return bool(has_bars) or is_tabbed or len(GAP.findall(text)) > 1


def running_headers(lines: Sequence[Line], first: int) -> set[int]:
    """The numbers of the lines that head or foot a page.

    They have no marker, and come again beside numbers of pages, or as the cover has
    them: its first line once more, any other twice.
    """
    stripped = {line.number: line.stripped for line in lines if line.sign is None}
    words = {line.number: header_words(line) for line in lines if line.sign is None}
    times = Counter(words.values())
    cover = {w for n, w in words.items() if n < first and times[w] > 2}
    title = lines[0].number if lines else 0
    cover |= {words.get(title, "")}
    neighbours = {n for pair in pairwise(lines) for n in beside_page_number(*pair)}
    neighbours |= {n for n in words if BESIDE_HEADER.search(stripped[n])}
    beside = Counter(words[number] for number in neighbours & words.keys())
    again = {w for w, count in beside.items() if count > (1 if len(w) > 4 else 2)}
    return {
        number
        for number, w in words.items()
        if w and (w in again or w in cover and number >= first and number > title)
    }


def header_words(line: Line) -> str:
    """The letters of a line without a number of a page; none for a number alone."""
    words = BESIDE_HEADER.sub("", line.stripped)
    return "" if exclusion_of(line) else "".join(words.split())


def beside_page_number(above: Line, below: Line) -> list[int]:
    """The number of the line of a pair whose other line numbers a page.

    What stands below a bare number is rather the title of a chapter.
    """
    if PAGE_NUMBER.fullmatch(above.stripped):
        return [below.number]
    is_number = PAGE_NUMBER.fullmatch(below.stripped) or is_number_alone(below)
    return [above.number] if is_number else []


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
    is_inside, titles_index = False, -1
    for index, line in enumerate(lines):
        coming[entry_of(line)] -= 1
        if CONTENTS_TITLE.fullmatch(line.squeezed):
            is_inside, titles_index = True, index
            listed[line.number] = True
        elif line.number in listed:
            continue
        elif LEADER.search(line.stripped) or is_inside and tabbed(line):
            listed[line.number] = is_inside
        elif tabbed(line) and line.sign and line.sign.kind.role == "part":
            listed[line.number] = False
        elif is_inside:
            is_inside = is_entry(line, coming)
            if is_inside:
                listed[line.number] = False
            elif index == titles_index + 1:
                listed |= dict.fromkeys(passage(lines[index:]), False)
    return listed


def passage(lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines up to the first blank one, where they may be entries."""
    read = list(takewhile(lambda line: not line.after_blank, lines))
    is_set_apart = len(read) < min(len(lines), MOST_ENTRIES)
    has_items = any(line.sign and line.sign.kind.role == "bullet" for line in read)
    return [line.number for line in read] if is_set_apart and not has_items else []


def tabbed(line: Line) -> bool:
    return TAB_LEADER.search(line.stripped) is not None


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
