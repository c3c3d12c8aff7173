"""Statements of no source document, made as load_corpus leaves them: published, traced,
tagged and in both languages. Their codes never meet those of the corpus.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count

from django.contrib.auth.models import User
from django.utils import timezone

from statements.gate import Note, gate
from statements.models import (
    Country,
    Document,
    Event,
    Figure,
    Kind,
    Link,
    Organisation,
    Paragraph,
    Region,
    Statement,
    StatusUpdate,
    Theme,
)
from statements.models.guard import current_change
from statements.models.kinds import GOAL_KINDS, PARENTS, TEXT_ONLY_KINDS

NOTE = Note(ko="시험", en="Test")
#: Every series of codes begins above those of the corpus, every year after its last.
numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(101))
years = count(2026)
ordinals = count(10_001)

LETTERS = {Kind.OBJECTIVE: ".O", Kind.KEY_CONTENT: ".C", Kind.EXPECTED_EFFECT: ".E"}
#: Marker and depth of the paragraph that a kind comes from.
SHAPES = {
    Kind.GOAL: ("•", 0),
    Kind.OBJECTIVE: ("•", 2),
    Kind.KEY_CONTENT: ("•", 2),
    Kind.EXPECTED_EFFECT: ("•", 2),
    Kind.DETAIL: ("•", 3),
    Kind.PART: ("", 0),
    Kind.CHAPTER: ("", 1),
    Kind.HEADING: ("□", 2),
    Kind.ACHIEVEMENT: ("ㅇ", 3),
    Kind.TASK: ("ㅇ", 3),
    Kind.POINT: ("-", 4),
    Kind.NOTE: ("※", 4),
}
TERMS = {
    "regions": Region,
    "countries": Country,
    "themes": Theme,
    "organisations": Organisation,
}


#: The day of accounts that may decide: those of the last day approve nothing.
LONG_AGO = timezone.now() - timedelta(days=30)


def staff_member() -> User:
    name = f"staff{next(numbers['staff'])}"
    return User.objects.create_user(name, is_staff=True, date_joined=LONG_AGO)


def statement(kind: Kind, parent: Statement | None = None, **fields) -> Statement:
    """One statement; `fields` may name its tags too. Its ancestors are made if need be.

    Empty tags are inherited from the parent, as for any new statement.
    """
    with an_open_gate():
        above = PARENTS[kind][0]
        if kind == Kind.TASK and parent is None:
            part = statement(Kind.PART, code=f"{next(years)}.T")
            parent = statement(Kind.HEADING, part)
        elif above and parent is None:
            parent = statement(Kind(above))
        return statements(kind, [parent], **fields)[0]


def goal_with(n_key_contents: int) -> Statement:
    """A goal; each of its key contents has a detail and a link to a task of its own."""
    with an_open_gate():
        goal = statement(Kind.GOAL)
        statement(Kind.OBJECTIVE, goal)
        key_contents = statements(Kind.KEY_CONTENT, [goal] * n_key_contents)
        statements(Kind.DETAIL, key_contents)
        statement(Kind.EXPECTED_EFFECT, goal)
        tasks = report_heading_with(n_key_contents, Kind.TASK).children.all()
        link(key_contents, list(tasks))
        return goal


def report_heading_with(n_items: int, kind: Kind = Kind.ACHIEVEMENT) -> Statement:
    """A heading in a part of its own; each item has a point, an event and a figure."""
    with an_open_gate():
        letter = "T" if kind == Kind.TASK else "A"
        part = statement(Kind.PART, code=f"{next(years)}.{letter}")
        heading = statement(Kind.HEADING, part)
        items = statements(kind, [heading] * n_items)
        statements(Kind.POINT, items)
        Event.objects.bulk_create(map(event_of, items))
        Figure.objects.bulk_create(map(figure_of, items))
        return heading


def statements(
    kind: Kind, parents: Sequence[Statement | None], **fields
) -> list[Statement]:
    """One statement under each of `parents`, in a number of queries that is fixed."""
    tags = {
        name: fields.pop(name, model.objects.all()[:2]) for name, model in TERMS.items()
    }
    slug = "goals" if kind in GOAL_KINDS else "report-2025"
    fields.setdefault("document", Document.objects.get(slug=slug))
    with an_open_gate():
        made = Statement.objects.bulk_create(
            unsaved(kind, parent, **fields) for parent in parents
        )
        Paragraph.objects.bulk_create(map(paragraph_of, made))
        for name, terms in tags.items():
            tag(made, name, list(terms))
        return made


def unsaved(kind: Kind, parent: Statement | None, **fields) -> Statement:
    code = fields.pop("code", None) or new_code(kind, parent)
    number = code.rpartition(".")[2].lstrip("GOCENAT") or "1"
    values = {"position": int(number), **words(kind, code), **fields}
    if kind == Kind.PART:
        values.setdefault("year", int(code[:4]))
    return Statement(code=code, kind=kind, parent=parent, **values)


def words(kind: Kind, code: str) -> dict[str, str]:
    title = {"title_ko": f"제목 {code}", "title_en": f"Title {code}"}
    text = {"text_ko": f"본문 {code}", "text_en": f"Text {code}"}
    if kind in TEXT_ONLY_KINDS:
        return text
    return title | text if kind == Kind.KEY_CONTENT else title


def new_code(kind: Kind, parent: Statement | None) -> str:
    if kind == Kind.PART:
        return f"{next(years)}.A"
    if parent is None:
        prefix = "G"
    elif parent.kind == Kind.PART:
        prefix = parent.code
    else:
        prefix = parent.code + LETTERS.get(kind, ".")
    return f"{prefix}{next(numbers[prefix])}"


def let_source_say(made: Statement, *words: str) -> None:
    """Adds a paragraph to its source, as staff do: its facts may quote the words."""
    with an_open_gate():
        paragraph_of(made, " ".join(words)).save()


def paragraph_of(made: Statement, text: str = "") -> Paragraph:
    marker, depth = SHAPES[made.kind]
    text = text or f"{made.title_ko} {made.text_ko}".strip()
    raw = f"{marker} {text}".strip()
    ordinal = next(ordinals)
    return Paragraph(
        document=made.document,
        ordinal=ordinal,
        marker=marker,
        depth=depth,
        raw=raw,
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        text=text,
        first_line=ordinal,
        last_line=ordinal,
        statement=made,
    )


def tag(made: Sequence[Statement], name: str, terms: Sequence) -> None:
    field = Statement._meta.get_field(name)
    own, term = field.m2m_field_name(), field.m2m_reverse_field_name()
    field.remote_field.through.objects.bulk_create(
        field.remote_field.through(**{own: one, term: other})
        for one in made
        for other in terms
    )


def link(later: Sequence[Statement], earlier: Sequence[Statement]) -> list[Link]:
    """Links the first with the first, the second with the second …"""
    with an_open_gate():
        return Link.objects.bulk_create(
            Link(
                later=one,
                earlier=other,
                relation="same-subject",
                rationale_ko="같은 일을 다룹니다.",
                rationale_en="Both deal with the same matter.",
            )
            for one, other in zip(later, earlier, strict=True)
        )


def event_of(made: Statement, **fields) -> Event:
    """Not saved."""
    values = {
        "quote": words_of_source(made),
        "title_ko": f"행사 {made.code}",
        "title_en": f"Event {made.code}",
        "start": date(2026, 3, 1),
        "end": date(2026, 3, 31),
        "precision": "month",
        "nature": "planned",
    }
    return Event(statement=made, **{**values, **fields})


def words_of_source(made: Statement) -> str:
    """The first word of its paragraphs: what facts may quote."""
    return made.paragraphs.all()[0].text.split()[0]


def status_of(code: str, by: User, **fields) -> StatusUpdate:
    values = {
        "status": "under-way",
        "as_of": date(2026, 1, 15),
        "note_ko": "시험",
        "note_en": "Test",
        "evidence": "https://example.org/",
    }
    statement = Statement.objects.get(code=code)
    with an_open_gate():
        return statement.statusupdates.create(by=by, **{**values, **fields})


def figure_of(made: Statement) -> Figure:
    """Not saved."""
    return Figure(
        statement=made,
        quote=words_of_source(made),
        label_ko=f"횟수 {made.code}",
        label_en=f"Count {made.code}",
        value=3,
        unit_ko="회",
        unit_en="times",
        nature="planned",
    )


@contextmanager
def an_open_gate() -> Iterator[None]:
    """The gate that is open already, else one by nobody."""
    if current_change.get() is not None:
        yield
        return
    with gate(None, NOTE):
        yield
