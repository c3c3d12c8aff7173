"""The measures, as Markdown."""

#: Milliseconds, megabytes or numbers, by what takes them.
Costs = dict[str, float]


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def table(head: str, costs_by_size: dict[int, Costs], form: str) -> str:
    """A row for each thing measured: what it takes by size, and how many times the
    first.
    """
    sizes = [f"{size:,}" for size in costs_by_size]
    cells = [head, *sizes, *(f"× at {size}" for size in sizes[1:])]
    lines = [row(cells), row(["---"] * len(cells))]
    for name, first in next(iter(costs_by_size.values())).items():
        costs = [of_size.get(name) for of_size in costs_by_size.values()]
        shown = ["" if cost is None else format(cost, form) for cost in costs]
        ratios = [f"{cost / first:.2f}" if cost and first else "" for cost in costs[1:]]
        lines.append(row([name, *shown, *ratios]))
    return "\n".join(lines)
