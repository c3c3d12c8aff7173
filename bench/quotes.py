"""How well quotes are checked, by the gold set, and what 5,000 letters cost.

python -m bench.quotes
"""

import csv
import os
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command

GOLD = Path(__file__).resolve().parent.parent / "tests/explorer/quotes/quote_gold.csv"
#: The quickest of so many: other work of the machine only adds.
ROUNDS = 5

GoldQuote = dict[str, str]


def read_quotes() -> list[GoldQuote]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def verdicts_of(text: str) -> tuple[set[str], set[str]]:
    """The verdicts on a text's sentences, and the statements that they name."""
    from explorer.quotes.check import check_quote
    from explorer.quotes.index import quote_index
    from statements.models import DataVersion

    findings = check_quote(text, quote_index(DataVersion.current()))
    codes = {passage.code for found in findings for passage in found.passages}
    return {found.verdict.value for found in findings}, codes


def is_right(row: GoldQuote) -> bool:
    """Each sentence has the verdict, and the statement is among those named."""
    verdicts, codes = verdicts_of(row["text"])
    if row["verdict"] == "absent":
        return verdicts <= {"absent", "short"}
    return verdicts == {row["verdict"]} and row["code"] in codes


def share_right(verdict: str) -> float:
    rows = [row for row in read_quotes() if row["verdict"] == verdict]
    return sum(map(is_right, rows)) / len(rows)


def false_verbatim() -> list[str]:
    """Texts that are not in the documents as they are, and that are told to be."""
    return [
        row["text"]
        for row in read_quotes()
        if row["verdict"] != "verbatim" and "verbatim" in verdicts_of(row["text"])[0]
    ]


def seconds_of_longest() -> float:
    """The processor's time for 5,000 letters of altered quotes, which cost the most."""
    from explorer.quotes.check import LONGEST_QUOTE

    altered = [row["text"] for row in read_quotes() if row["verdict"] == "altered"]
    text = "\n\n".join(altered * 3)[:LONGEST_QUOTE]
    verdicts_of(text)
    times = []
    for _round in range(ROUNDS):
        start = time.process_time()
        verdicts_of(text)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_corpus", if_empty=True)
    for verdict in ("verbatim", "altered", "absent"):
        print(f"{verdict}: {share_right(verdict):.3f}")
    print(f"false verbatim: {len(false_verbatim())}")
    print(f"5,000 letters: {seconds_of_longest() * 1000:.0f} ms")
    if "--misses" in sys.argv:
        for row in read_quotes():
            if not is_right(row):
                print(
                    row["verdict"], row["code"], row["text"], verdicts_of(row["text"])
                )


if __name__ == "__main__":
    main()
