"""Dates and times as each language writes them; Django's own words in ours."""

from datetime import datetime

import pytest
from django.utils.formats import date_format, localize
from django.utils.translation import gettext, override

MORNING, EVENING = datetime(2026, 11, 3, 9, 53), datetime(2026, 11, 3, 21, 5)


@pytest.mark.parametrize(
    ("language", "day", "morning", "evening"),
    [
        (
            "ko",
            "2026년 11월 3일",
            "2026년 11월 3일 오전 9:53",
            "2026년 11월 3일 오후 9:05",
        ),
        (
            "en",
            "November 3, 2026",
            "November 3, 2026, 9:53 a.m.",
            "November 3, 2026, 9:05 p.m.",
        ),
    ],
)
def test_a_moment_is_written_as_its_language_does(language, day, morning, evening):
    with override(language):
        assert date_format(MORNING) == day
        assert localize(MORNING) == morning
        assert localize(EVENING) == evening


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("This field is required.", "필수 입력 항목입니다."),
        ("Save and add another", "저장하고 하나 더 추가"),
    ],
)
def test_our_words_go_before_djangos(theirs, ours):
    with override("ko"):
        assert gettext(theirs) == ours
