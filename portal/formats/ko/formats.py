"""Dates, times and large numbers as Korean writes them."""

DATE_FORMAT = "Y년 n월 j일"
SHORT_DATE_FORMAT = "Y. n. j."
TIME_FORMAT = "A g:i"
DATETIME_FORMAT = "Y년 n월 j일 A g:i"
SHORT_DATETIME_FORMAT = "Y. n. j. A g:i"
YEAR_MONTH_FORMAT = "Y년 n월"
#: Whole multiples of these are told in words, each with the space after it.
LARGE_NUMBERS = ((10**8, "억 "), (10**4, "만 "))
