"""Dates, times, large numbers as Korean writes them, where Django does otherwise."""

SHORT_DATE_FORMAT = "Y. n. j."
DATETIME_FORMAT = "Y년 n월 j일 A g:i"
#: Whole multiples of these are told in words, each with the space after it.
LARGE_NUMBERS = ((10**8, "억 "), (10**4, "만 "))
