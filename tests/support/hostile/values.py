"""Hostile values, by their kinds: what a person or a program may send to break a site.

Every kind is a function of a seeded random, so that a failure can be had again.
"""

from collections.abc import Callable
from random import Random

Kind = Callable[[Random], str]

#: Characters that no text of ours has: C0, DEL, C1, noncharacters, and those that turn
#: the direction of what follows; broken bytes are drawn as such, in addresses.
CONTROLS = [chr(n) for n in (*range(32), *range(0x7F, 0xA0))]
NONCHARACTERS = [chr(n) for n in (0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)]
DIRECTIONS = [chr(n) for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
FOREIGN = [*CONTROLS, *NONCHARACTERS, *DIRECTIONS]
ODD = [
    "\u200b",
    "\ufeff",
    "\u0345",
    "\u1100",
    "\ua960",
    "\ue000",
    "\U0001f1f0",
    "İ",
    "ß",
]
EDGES = [2**15, 2**31, 2**32, 2**53, 2**63, 2**64, 10**18, 10**19, 10**30]


def number(random: Random) -> str:
    edge = random.choice(EDGES) + random.choice((-1, 0, 1))
    digits = random.choice((19, 40, 400, 4300, 4301, 5000))
    return random.choice(
        (
            *(str(edge), str(-edge), str(random.randint(-3, 3)), "9" * digits),
            *("-" + "9" * digits, "0" * digits + "1", "1" * digits + ".5"),
            *(
                "NaN",
                "-NaN",
                "sNaN",
                "Infinity",
                "-inf",
                "1e400",
                "1e-400",
                "1E+9999999",
            ),
            *(
                "1_000",
                "１２３",
                "١٢٣",
                "²",
                "½",
                "0x10",
                "1,5",
                "+1",
                " 1",
                "1 ",
                "--1",
            ),
            *("1.0", "1e2", "-0", "00", "1\x00", "1\n", ""),
        )
    )


def moment(random: Random) -> str:
    year = random.choice(
        ("0000", "0001", "0999", "1582", "1899", "1947", "1948", "2038", "2100", "2101")
        + ("9998", "9999", "10000", "99999", "-001", "２０２５")
    )
    month, day = random.choice(
        (
            ("01", "01"),
            ("12", "31"),
            ("02", "29"),
            ("02", "30"),
            ("13", "01"),
            ("00", "0"),
        )
    )
    clock = random.choice(
        ("00:00", "23:59:59.999999", "24:00", "25:61", "00:00+24:00", "12:00-23:59")
        + ("00:00Z", "00:00:00.0000001", "23:59:60", "02:30[Asia/Seoul]", "9" * 400)
    )
    return random.choice(
        (
            *(f"{year}-{month}-{day}", f"{year}-{month}-{day}T{clock}"),
            *(f"{year}-{month}-{day} {clock}", f"{year}{month}{day}"),
            *(f"{month}/{day}/{year}", f"{day}/{month}/{year}", f"{year}-W01-1"),
            *(f"{clock} {month}/{day}/{year}", f"{year}-{month}", year, clock),
            *(
                "today",
                "infinity",
                "-infinity",
                "epoch",
                "now",
                "0000-00-00",
                "1" * 5000,
            ),
        )
    )


def characters(random: Random) -> str:
    text = list(
        random.choice(("APEC", "정상회의 summit", "G1.C1", "europe", "", "2025"))
    )
    for _ in range(random.randint(1, 4)):
        text.insert(random.randint(0, len(text)), random.choice((*FOREIGN, *ODD)))
    return "".join(text)


def long_text(random: Random) -> str:
    length = random.choice((201, 256, 1000, 5000, 40_000))
    unit = random.choice(
        ("a", "가", "\u0301", "(", '"', "%", " ", "a ", "G1.", "\n", "👩‍👩")
    )
    if random.random() < 0.3:
        return " ".join(f"w{random.randrange(10**6):x}" for _ in range(length // 8))
    return unit * (length // len(unit))


def address(random: Random) -> str:
    """Where somebody would like to be sent, or have others sent."""
    host = random.choice(
        ("evil.example", "testserver@evil.example", "[::1", "١.example")
    )
    return random.choice(
        (
            *(
                "foo",
                "//" + host,
                "///" + host,
                "\\\\" + host,
                "/\\" + host,
                "http:" + host,
            ),
            *(f"https://{host}/", "javascript:alert(1)", "data:text/html,x", "ftp://x"),
            *(
                "/en/\r\nSet-Cookie: a=b",
                "/\t/" + host,
                "\x00/en/",
                "/en/%00",
                "/en/%0d%0a",
            ),
            *("http://[", "http://[::1]:99999999/", "http://testserver:x/", "/" * 3000),
            *(
                "?next=?next=",
                "#",
                "",
                "/xx/",
                "/ko/goals/" + "9" * 5000 + "/",
                "/../../etc",
            ),
            *(
                "http://testserver/en/",
                "/admin/logout/",
                "/en/" + "a" * 3000,
                "//",
                "///",
            ),
        )
    )


def syntax(random: Random) -> str:
    return random.choice(
        (
            *(
                "'",
                '"',
                "';--",
                "%",
                "%%",
                "%s",
                "%(x)s",
                "{0}",
                "{{x}}",
                "{% x %}",
                "\\",
            ),
            *(
                "<script>",
                "]]>",
                "<!--",
                "&#0;",
                "&x;",
                "*",
                "-",
                '"-',
                '"a',
                "a AND",
                "OR",
            ),
            *(
                "NEAR(",
                "^",
                ":*",
                "a:b",
                "(((",
                "))",
                "[",
                "*a*",
                "a" * 64 + "*",
                "_",
                "\\'",
            ),
            *(
                "__class__",
                "pk__in",
                "on",
                "null",
                "None",
                "true",
                "[]",
                "{}",
                "../..",
                ".",
            ),
            *(
                ",",
                ";",
                "a,b,,",
                "a;b",
                "-" * 30,
                "1-1",
                "1-" + "9" * 20,
                "-1-",
                "e3",
                "G1",
            ),
            *(
                "europe",
                "africa",
                "goal",
                "none",
                "ko",
                "en",
                "csv",
                "published",
                "G9999",
            ),
        )
    )


KINDS: dict[str, Kind] = {
    kind.__name__: kind
    for kind in (number, moment, characters, long_text, address, syntax)
}


def value(random: Random) -> str:
    return KINDS[random.choice([*KINDS])](random)
