"""The precision and recall of the search, beside `icontains`, for docs/search.md.

python -m bench.gold
"""

import csv
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

import django
from django.core.management import call_command
from django.db.models import Q

from bench import tables

FOLDER = Path(__file__).resolve().parent.parent / "tests/statements/search"
SETS = ("search_gold", "search_held_out", "search_fresh", "search_unseen")
LANGUAGES = {"ko": "Korean", "en": "English"}
#: Words that the documents do not have: what is found for them must say so.
HONESTY = "search_honesty"
RATED = ("recall@10", "precision@5")
TEXTS = ("title_ko", "text_ko", "title_en", "text_en")

Query = dict[str, str]


def read(name: str) -> list[Query]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def relevant(row: Query) -> set[str]:
    return set(row["relevant"].split(";"))


def recall_at_10(right: set[str], codes: list[str]) -> float:
    """The share of what is relevant among the first ten; of ten, if there are more."""
    return len(right & set(codes[:10])) / min(10, len(right))


def precision_at_5(right: set[str], codes: list[str]) -> float:
    """The share of the first five that is relevant; of fewer, if fewer are found."""
    shown = codes[:5]
    return len(right & set(shown)) / len(shown) if shown else 0


def by_search(text: str) -> list[str]:
    from statements.models import Statement

    ranked = Statement.objects.published().search(text)
    statements = ranked.order_by("-rank", "sort_key")
    return list(statements.values_list("code", flat=True))


def by_icontains(text: str) -> list[str]:
    from statements.models import Statement

    wanted = Q()
    for name in TEXTS:
        wanted |= Q(**{f"{name}__icontains": text})
    statements = Statement.objects.published().filter(wanted).in_outline_order()
    return list(statements.values_list("code", flat=True))


def scores(rows: list[Query], find: Callable[[str], list[str]]) -> list[float]:
    """Mean recall and precision."""
    results = [(relevant(row), find(row["query"])) for row in rows]
    return [
        mean(recall_at_10(right, codes) for right, codes in results),
        mean(precision_at_5(right, codes) for right, codes in results),
    ]


def groups(rows: list[Query]) -> Iterator[tuple[str, list[Query]]]:
    """All, each language, and each sort of query within it."""
    yield "all", rows
    for code, language in LANGUAGES.items():
        yield language, [row for row in rows if row["language"] == code]
    for code, language in LANGUAGES.items():
        own = [row for row in rows if row["language"] == code]
        for sort in dict.fromkeys(row["what"] for row in own):
            yield f"{language}: {sort}", [row for row in own if row["what"] == sort]


def table(name: str) -> str:
    cells = [name, "number", *RATED, *(f"`icontains` {rated}" for rated in RATED)]
    lines = [tables.row(cells), tables.row(["---"] * len(cells))]
    for group, rows in groups(read(name)):
        shares = [*scores(rows, by_search), *scores(rows, by_icontains)]
        figures = [f"{share:.3f}".removeprefix("0") for share in shares]
        lines.append(tables.row([group, str(len(rows)), *figures]))
    return "\n".join(lines)


def matches(text: str) -> list[str]:
    """How each statement is found by the search."""
    from statements.models import Statement

    found = Statement.objects.published().search(text).order_by("-rank", "sort_key")
    return list(found.values_list("match", flat=True))


def honesty_table() -> str:
    """Of each sort of words: what is found as if the documents had them, and what is
    found by related words.
    """
    cells = [HONESTY, "number", "with statements of their own", "with related ones"]
    lines = [tables.row(cells), tables.row(["---"] * len(cells))]
    rows = read(HONESTY)
    for sort in dict.fromkeys(row["what"] for row in rows):
        found = [set(matches(row["query"])) for row in rows if row["what"] == sort]
        itself = sum(bool(of_query - {"related"}) for of_query in found)
        related = sum("related" in of_query for of_query in found)
        lines.append(tables.row([sort, str(len(found)), str(itself), str(related)]))
    return "\n".join(lines)


def misses(name: str) -> Iterator[str]:
    for row in read(name):
        right, codes = relevant(row), by_search(row["query"])
        recall, precision = recall_at_10(right, codes), precision_at_5(right, codes)
        if recall < 1 or precision < 1:
            lacking = sorted(right - set(codes[:10]))
            others = [code for code in codes[:5] if code not in right]
            yield f"{row['query']}: lacks {lacking}, shows {others}"


def main() -> None:
    os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_corpus", if_empty=True)
    for name in SETS:
        print(f"\n{table(name)}")
        if "--misses" in sys.argv:
            print("", *misses(name), sep="\n")
    print(f"\n{honesty_table()}")


if __name__ == "__main__":
    main()
