"""Dates, times and large numbers as English writes them."""

DATE_FORMAT = "F j, Y"
SHORT_DATE_FORMAT = "F j, Y"
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = "F j, Y, g:i a"
SHORT_DATETIME_FORMAT = "F j, Y, g:i a"
YEAR_MONTH_FORMAT = "F Y"
#: Whole multiples of these are told in words.
LARGE_NUMBERS = ((10**6, " million"),)
