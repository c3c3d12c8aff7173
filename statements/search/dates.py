"""Dates as texts and readers write them: 25.9월, 2025년 9월, ’25년, September 2025."""

import re
from typing import NamedTuple

MONTH_ABBREVIATIONS = "janfebmaraprmayjunjulaugsepoctnovdec"
NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
YEAR_PATTERN = r"(?:20)?\d\d"
PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 25.9월, 2025년 9월, ’25년 9월, 25.4-10월
        rf"(?<!\d)[’‘']?(?P<y>{YEAR_PATTERN})(?:년도?\s*|\.\s?)(?P<m>1[0-2]|0?[1-9])"
        rf"(?:\s?[-~∼]\s?(?P<m2>1[0-2]|0?[1-9]))?\s?월",
        # 2025-09, 2025.9, 2025/9
        r"(?<!\d)(?P<y>20\d\d)[-./](?P<m>1[0-2]|0?[1-9])(?![\d월])(?!\.\w)",
        # September 2025, April-October 2025
        rf"\b(?P<n>{NAME})(?:\s?[-–]\s?(?P<n2>{NAME}))?,?\s+(?P<y>20\d\d)\b",
        # 2025 September
        rf"\b(?P<y>20\d\d)\s+(?P<n>{NAME})(?!\w)",
        # (24-25), ’26-‘30, 2024-2025
        rf"(?<![\d.])(?:(?<=\()|[’‘']|(?=20))(?P<y>{YEAR_PATTERN})\s?[-–~]\s?[’‘']?"
        rf"(?P<y2>{YEAR_PATTERN})(?=\)|\b)",
        # 2025년, ’25년, 25년
        rf"(?<!\d)[’‘']?(?P<y>{YEAR_PATTERN})년(?!\s?(?:만|반|간|연속|대비))도?",
        # 2025
        r"(?<![\d.])(?P<y>20\d\d)(?![\d.]*\d)",
        # 9월
        r"(?<![\d.])(?P<m>1[0-2]|[1-9])월",
    )
]


class Date(NamedTuple):
    """A date in a text: its tokens, and where it stands there."""

    tokens: tuple[str, ...]
    start: int
    end: int


def dates_in(text: str) -> list[Date]:
    """The dates of a text, of those that overlap the more precise one."""
    dates: list[Date] = []
    taken: set[int] = set()
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                dates.append(Date(date_tokens(match), *match.span()))
    return sorted(dates, key=lambda date: date.start)


def date_tokens(match: re.Match[str]) -> tuple[str, ...]:
    """The most precise token first; the ends of a range, not what lies between."""
    parts = match.groupdict()
    years = [f"20{parts[name][-2:]}" for name in ("y", "y2") if parts.get(name)]
    months = [int(parts[name]) for name in ("m", "m2") if parts.get(name)]
    months += [month(parts[name]) for name in ("n", "n2") if parts.get(name)]
    exact = [f"d{year}m{number}" for year in years[:1] for number in months]
    return (*exact, *(f"d{year}" for year in years), *(f"dm{n}" for n in months))


def month(name: str) -> int:
    return MONTH_ABBREVIATIONS.index(name[:3].lower()) // 3 + 1
