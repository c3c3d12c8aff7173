"""Dates, times, large numbers as English writes them, where Django does otherwise."""

DATE_FORMAT = "F j, Y"
SHORT_DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, P"
#: Whole multiples of these are told in words.
LARGE_NUMBERS = ((10**6, " million"),)
