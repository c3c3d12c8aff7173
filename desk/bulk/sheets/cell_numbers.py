"""The numbers of a workbook, and which of them Excel shows as dates."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from desk.bulk.sheets.cells import DATE, ERROR, NUMBER, Made
from outline.contained.refusal import BROKEN, Refused

#: As many letters as Excel lets a format have; a number has fewer still.
LONGEST_FORMAT = LONGEST_NUMERAL = 255
#: The numbers of Excel’s own formats, those of Korean Excel among them.
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
HOURS = {46}
#: What a format says in quotes or brackets is no code, but for running hours.
LITERAL = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\[\]]*\]', re.IGNORECASE)
DATE_CODE = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
RUNNING = re.compile(r"\[(hh?|mm?|ss?)\]", re.IGNORECASE)
DIGITS = re.compile(r"[+-]?[0-9]+")
NUMERAL = re.compile(r"[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]+)?")
#: The last day that a serial number of Excel reaches, and the day that it counts from.
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
#: Excel believes that 1900 had a 29 February; before it, its days are one off.
LEAP = 60


class Look(NamedTuple):
    """The way in which a style shows a number."""

    is_date: bool = False
    is_duration: bool = False


def look_of(number: int, codes: dict[int, str]) -> Look:
    """The look of a format, by its number or by its code."""
    if number not in codes:
        return Look(number in DATES, number in HOURS)
    first = codes[number].partition(";")[0]
    is_date = DATE_CODE.search(LITERAL.sub("", first)) is not None
    return Look(is_date, is_date and RUNNING.search(first) is not None)


def number_cell(text: str, look: Look, is_1904: bool) -> Made:
    if len(text) > LONGEST_NUMERAL or not NUMERAL.fullmatch(text):
        raise Refused(BROKEN)
    try:
        value = int(text) if DIGITS.fullmatch(text) else float(text)
    except ValueError as error:
        raise Refused(BROKEN) from error
    if look.is_date:
        return date_cell(value, look, is_1904)
    is_whole = isinstance(value, int) or value.is_integer()
    return Made(NUMBER, str(value), str(int(value)) if is_whole else "")


def date_cell(value: float, look: Look, is_1904: bool) -> Made:
    """Beyond the year 9999 Excel shows an error."""
    try:
        if look.is_duration:
            return Made(DATE, str(to_milliseconds(value)))
        if 0 <= value < 1:
            return Made(DATE, str((EPOCHS[is_1904] + to_milliseconds(value)).time()))
        is_before_leap = 0 < value < LEAP and not is_1904
        days = to_milliseconds(value) + timedelta(days=is_before_leap)
        return Made(DATE, str(EPOCHS[is_1904] + days))
    except (OverflowError, ValueError):
        return Made(ERROR, "#VALUE!")


def to_milliseconds(days: float) -> timedelta:
    return timedelta(milliseconds=round(days * 24 * 60 * 60 * 1000))
