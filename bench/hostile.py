"""What the worst searches cost beside the explorer's first page, for docs/search.md.

python -m bench.hostile 2000

The queries are made as somebody would who wants them to cost much: long, of many words,
of slips, of compounds whose parts are found, of prefixes, letters and every script.
"""

import random
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

from bench.server import LIST, Server
from bench.tables import row

LONGEST = 200
MOST_TIMES, SHOWN = 5.0, 8
HANGUL, JAMO = (0xAC00, 0xD7A3), (0x3131, 0x3163)
MIXED = "abcxyzABC가각힣ㄱㅏ漢北美éßЖдلก🙂०９ⅷ"
SIGNS = "\"'-+*():^~|&!?<>.,;%_\\/·‧▴"


class Hostile:
    """The same queries for the same words and seed; each kind in its turn."""

    def __init__(self, words: list[str], phrases: list[str], seed: int = 11) -> None:
        self.chance = random.Random(seed)
        self.korean = [word for word in words if "가" <= word[0] <= "힣"]
        self.latin = [word for word in words if word[0].isascii()]
        self.phrases = phrases
        self.kinds: list[Callable[[], str]] = [
            lambda: self.slip(self.one(self.korean)),
            lambda: self.slip(self.one(self.latin)),
            lambda: self.one(self.korean),
            lambda: self.one(self.latin),
            lambda: self.one(self.phrases),
            lambda: self.compound(2),
            lambda: self.compound(4),
            lambda: self.compound(6),
            lambda: self.slip(self.one(self.phrases)),
            lambda: self.letters(HANGUL, self.chance.randint(1, 12)),
            lambda: self.letters(JAMO, self.chance.randint(1, 4)),
            lambda: "".join(self.chance.choices(MIXED, k=self.chance.randint(1, 6))),
            lambda: f"{self.one(SIGNS)}{self.one(self.korean)}{self.one(SIGNS)}",
            lambda: self.one(self.latin)[: self.chance.randint(1, 4)],
            lambda: self.one("abcdefghijklmnopqrstuvwxyz가나다미북중일"),
            lambda: f"20{self.chance.randint(10, 40)}-{self.chance.randint(1, 12)}",
            lambda: self.one(self.korean)[:2] * 3,
        ]

    def queries(self, number: int) -> list[str]:
        return [self.query(at) for at in range(number)]

    def query(self, at: int) -> str:
        """Of one kind, of two, of all, or one thing again and again."""
        one, other = self.kinds[at % len(self.kinds)], self.one(self.kinds)
        way = at // len(self.kinds) % 4
        again = one()
        made = {
            0: one,
            1: lambda: self.one((one, other))(),
            2: lambda: self.one(self.kinds)(),
            3: lambda: again,
        }[way]
        text = ""
        while len(text) < LONGEST:
            text += made() + self.one((" ", " ", " ", "  ", "-", ""))
        return text[: self.one((LONGEST, LONGEST, LONGEST // 2, LONGEST // 4))]

    def one(self, choices):
        return self.chance.choice(choices)

    def slip(self, word: str) -> str:
        at = self.chance.randrange(len(word))
        other = self.letters(HANGUL, 1) if word[at] >= "가" else self.one("etaoinz")
        return word[:at] + other + word[at + 1 :]

    def compound(self, parts: int) -> str:
        """Of beginnings that are words, which nothing has in one piece."""
        return "".join(self.one(self.korean)[:2] for _ in range(parts))

    def letters(self, block: tuple[int, int], number: int) -> str:
        return "".join(chr(self.chance.randint(*block)) for _ in range(number))


def hostile_of_corpus() -> Hostile:
    """Made of the words that the database's own search knows."""
    from statements.models import GlossaryTerm
    from statements.search.entries import SearchWord
    from statements.search.synonyms import curated_synonyms

    letters = SearchWord.objects.order_by("word").values_list("letters", flat=True)
    terms = GlossaryTerm.objects.order_by("pk").values_list("korean", "english")
    typed = [form for row in curated_synonyms() for form in row.typed]
    phrases = [form for forms in terms for form in forms]
    words = [unicodedata.normalize("NFC", word) for word in letters]
    return Hostile(words, typed + phrases)


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(f"sqlite:///{folder}/hostile.sqlite3", 1000)
        first = min(server.ask("cost_of", LIST, False) for _ in range(5))
        queries = server.ask("hostile_queries", number)
        costs = sorted(
            ((server.ask("cost_of_new", f"{LIST}?q={quote(q)}"), q) for q in queries),
            reverse=True,
        )
    print(row(["CPU ms", "times the first page", "query"]))
    print(row(["---"] * 3))
    print(row([f"{first:.1f}", "1.0", "the explorer's first page"]))
    for cost, query in costs[:SHOWN]:
        print(row([f"{cost:.1f}", f"{cost / first:.1f}", repr(query[:60])]))
    middle = costs[len(costs) // 2][0]
    print(row([f"{middle:.1f}", f"{middle / first:.1f}", "the median of all"]))
    met = "yes" if costs[0][0] <= MOST_TIMES * first else "**no**"
    print(f"\nAt most {MOST_TIMES:g} times the first page: {met}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
