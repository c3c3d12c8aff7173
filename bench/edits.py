"""Edits through the gate, each with the one that takes it back."""

from collections.abc import Callable

from statements.gate import Note, gate
from statements.models import Kind, Link, Statement, Theme

NOTE = Note(ko="측정", en="Measured")


def make_edit(edit: Callable[[], object]) -> None:
    with gate(None, NOTE):
        edit()


def one_of(kind: Kind) -> Statement:
    """From the middle of the documents, so that as much is behind it as before it."""
    of_kind = Statement.objects.of_kinds(kind).exclude(text_en="").order_by("sort_key")
    return of_kind[of_kind.count() // 2]


def write_text() -> None:
    task = one_of(Kind.TASK)
    task.text_en += "."
    task.save()


def shorten_text() -> None:
    task = one_of(Kind.TASK)
    task.text_en = task.text_en.removesuffix(".")
    task.save()


def tag() -> None:
    task = one_of(Kind.TASK)
    task.themes.add(Theme.objects.exclude(statements=task)[0])


def untag() -> None:
    task = one_of(Kind.TASK)
    task.themes.remove(task.themes.order_by("-position")[0])


def ends() -> tuple[Statement, Statement]:
    return one_of(Kind.TASK), one_of(Kind.ACHIEVEMENT)


def link() -> None:
    later, earlier = ends()
    words = {"rationale_ko": "같은 일", "rationale_en": "The same matter"}
    Link.objects.create(later=later, earlier=earlier, relation="same-subject", **words)


def unlink() -> None:
    Link.objects.between(*ends()).delete()


def withdraw() -> None:
    save_state("withdrawn")


def publish() -> None:
    save_state("published")


def save_state(state: str) -> None:
    point = one_of(Kind.POINT)
    point.state = state
    point.save()


#: By what is changed: the edit, and the one that takes it back.
EDITS: dict[str, list[Callable[[], object]]] = {
    "text": [write_text, shorten_text],
    "tag": [tag, untag],
    "link": [link, unlink],
    "withdrawal": [withdraw, publish],
}
