"""Dates, numbers, countries: in the English exactly when they are in the Korean."""

import re
import unicodedata
from calendar import month_name
from collections.abc import Iterable, Iterator

from statements.corpus.checks.pairs import CheckedPair
from statements.corpus.checks.terms import official_names

MONTH_NAMES = list(month_name)
DATES_KO = re.compile(
    r"(?P<year>\d\d)\.(?P<month>1[0-2]|[1-9])(?:-(?P<to>1[0-2]|[1-9]))?월"
    r"|[’‘]?(?P<first>\d\d)-[’‘]?(?P<last>\d\d)(?!\d)"
    r"|20(?P<since>\d\d)~20(?P<until>\d\d)년"
    r"|[’‘](?P<short>\d\d)|20(?P<full>\d\d)년|(?P<base>\d\d)년(?=과 비교| 대비)"
)
DATES_EN = re.compile(
    rf"(?:\b(?:{'|'.join(MONTH_NAMES[1:])})\b-?)+ 20\d\d|20\d\d-20\d\d|20\d\d"
)
NUMBER_IN_TEXT = re.compile(r"^[IVX]+(?=\.)|\d+(?:\.\d+)?")
NUMBERS_KO = {
    r"(?<=\d)천만": "0000000",
    r"(?<=\d)년 반": ".5",
    r"(?<=[\d년]) ?만에|최초|최우선|원팀": " 1 ",
    r"양국|쌍방향": " 2 ",
}
NUMBERS_EN = {
    r"\b(?:one|firsts?)\b": "1",
    r"\b(?:two|second)\b": "2",
    r"\b(?:three|third|trilateral)\b": "3",
    r"\b(?:four|fourth)\b": "4",
    r"\b(?:five|fifth)\b": "5",
    r"\b(?:six|sixth)\b": "6",
    r"\b(?:seven|seventh)\b": "7",
    r"\b(?:eight|eighth)\b": "8",
    r"\b(?:nine|ninth)\b": "9",
    r"(?<=\d) and a half\b": ".5",
    r"(?<=\d) million\b": "000000",
}
COUNTRIES = {
    "north-korea": (
        "북한|북핵|북미|남북|러북|대북|미·북|北",
        "North Korea|inter-Korean",
    ),
    "united-states": (
        "미국|한미|북미|미·[일북]|미 의회|미 신행정부|美",
        r"U\.S\.|United States",
    ),
    "canada": ("캐나다|캐·영|EU·캐", "Canad"),
    "japan": ("일본|한일|한미일|미·일|일측|오사카", "Japan|Osaka"),
    "china": (
        "중국|한중|한일중|중·러|시 주석|항저우|하얼빈|中",
        r"Chin|Xi\b|Hangzhou|Harbin",
    ),
    "russia": ("러시아|한러|러북|중·러", "Russia"),
    "ukraine": ("우크라이나", "Ukrain"),
    "united-kingdom": ("영국|캐·영", r"United Kingdom|UK\b|Brit"),
    "france": ("프랑스|불·EU|파리", "France|French|Paris"),
    "netherlands": ("네덜란드", "Netherlands|Dutch"),
    "czechia": ("체코|두코바니", "Czech|Dukovany"),
    "poland": ("폴란드", "Poland|Polish"),
    "australia": ("호주|한일호", "Australia"),
    "new-caledonia": ("뉴칼레도니아", "New Caledonia"),
    "cuba": ("쿠바", "Cuba"),
    "haiti": ("아이티", "Haiti"),
    "lebanon": ("레바논", "Leban"),
    "israel": ("이스라엘", "Israel"),
    "united-arab-emirates": ("아랍에미리트|UAE", "UAE|Emirat"),
    "sudan": ("수단", "Sudan"),
}


def check_dates(pair: CheckedPair) -> Iterator[str]:
    said = set(DATES_EN.findall(pair.en))
    official = {
        date for name in official_names(pair) for date in DATES_EN.findall(name)
    }
    yield from count_differences(set(dates_in(pair.ko)), said, official)


def dates_in(korean: str) -> list[str]:
    """The dates of a Korean text, as English writes them: April-October 2025."""
    return [english_date(**date.groupdict()) for date in DATES_KO.finditer(korean)]


def english_date(
    year: str | None,
    month: str | None,
    to: str | None,
    first: str | None,
    last: str | None,
    since: str | None,
    until: str | None,
    **lone: str | None,
) -> str:
    """A date of DATES_KO by its groups; `lone` are the forms of a year by itself."""
    if month:
        named = "-".join(MONTH_NAMES[int(number)] for number in (month, to) if number)
        return f"{named} 20{year}"
    if last or until:
        return f"20{first or since}-20{last or until}"
    return "20" + next(filter(None, lone.values()))


def check_numbers(pair: CheckedPair) -> Iterator[str]:
    official = {number for name in official_names(pair) for number in numbers_en(name)}
    yield from count_differences(numbers_ko(pair.ko), numbers_en(pair.en), official)


def numbers_ko(text: str) -> set[str]:
    """The numbers of a Korean text that belong to no date, in figures."""
    return in_figures(DATES_KO.sub(" ", text), NUMBERS_KO)


def numbers_en(text: str) -> set[str]:
    return in_figures(DATES_EN.sub(" ", text), NUMBERS_EN)


def in_figures(text: str, words: dict[str, str]) -> set[str]:
    for word, number in words.items():
        text = re.sub(word, number, text, flags=re.IGNORECASE)
    return set(NUMBER_IN_TEXT.findall(unicodedata.normalize("NFKC", text)))


def check_countries(pair: CheckedPair) -> Iterator[str]:
    said = {slug for slug, (_, forms) in COUNTRIES.items() if re.search(forms, pair.en)}
    yield from count_differences(countries_in(pair.ko), said)


def countries_in(korean: str) -> set[str]:
    """The countries that a Korean text names, also in one syllable or by a city."""
    text = re.sub("[‧・]", "·", korean)
    return {slug for slug, (forms, _) in COUNTRIES.items() if re.search(forms, text)}


def count_differences(
    meant: set[str], said: set[str], allowed: Iterable[str] = ()
) -> Iterator[str]:
    for missing in sorted(meant - said):
        yield f"missing {missing}"
    for added in sorted(said - meant - set(allowed)):
        yield f"added {added}"
