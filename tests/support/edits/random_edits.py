"""Edits of every kind, through the gate, chosen by chance."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from desk.upkeep.owners import assign_owner, record_check
from statements.history.snapshot import snapshots
from statements.models import (
    Country,
    DataVersion,
    Document,
    Event,
    Figure,
    GlossaryTerm,
    Kind,
    Link,
    Organisation,
    Region,
    Revision,
    Statement,
    StatusUpdate,
    Theme,
)
from tests.support import factories
from tests.support.rows import save

#: The kinds under which something is added.
PARENTS = {
    Kind.KEY_CONTENT: Kind.GOAL,
    Kind.DETAIL: Kind.KEY_CONTENT,
    Kind.ACHIEVEMENT: Kind.HEADING,
    Kind.POINT: Kind.ACHIEVEMENT,
}
TAGS = {"regions": Region, "countries": Country, "themes": Theme}
STATES = ("published", "withdrawn", "draft")
#: Of these a few are made in one gate.
SEVERAL = ("edit_text", "tag", "change_state", "add", "move", "add_link", "add_event")
#: These write beside the gate.
OUTSIDE = ("check", "assign", "write_behind_the_gate")


class Edits:
    """Edits that follow from a seed, on whatever the database holds."""

    def __init__(self, seed: str, by: User) -> None:
        self.chance, self.by = Random(seed), by

    def any_of(self, rows: Any) -> Any:
        return self.chance.choice([*rows.order_by("pk")])

    def some(self, **asked: Any) -> Statement:
        return self.any_of(Statement.objects.filter(**asked))

    def day(self) -> date:
        return date(2020, 1, 1) + timedelta(days=self.chance.randrange(4000))

    def edit_text(self) -> None:
        save(self.some(), text_en=f"Words {self.chance.random()}")

    def edit_note(self) -> None:
        save(self.some(), editor_note_ko="편집자의 말", editor_note_en="A note")

    def tag(self) -> None:
        name, model = self.chance.choice([*TAGS.items()])
        getattr(self.some(), name).set(self.chance.sample([*model.objects.all()], 2))

    def change_state(self) -> None:
        save(self.some(), state=self.chance.choice(STATES))

    def withdraw_several(self) -> None:
        for one in self.chance.sample([*Statement.objects.order_by("pk")], 12):
            save(one, state="withdrawn")

    def publish_all(self) -> None:
        for one in Statement.objects.exclude(state="published").order_by("pk")[:40]:
            save(one, state="published")

    def add(self) -> None:
        kind = self.chance.choice([*PARENTS])
        state = self.chance.choice(STATES)
        factories.statement(kind, self.some(kind=PARENTS[kind]), state=state)

    def add_goal(self) -> None:
        factories.goal_with(2)

    def add_part(self) -> None:
        factories.report_heading_with(3)

    def move(self) -> None:
        """To a position of its own: two of one sort key have no order."""
        one, position = (
            self.some(kind__in=[*PARENTS]),
            self.chance.randrange(1000, 30000),
        )
        save(one, parent=self.some(kind=one.parent_kind), position=position)

    def reorder(self) -> None:
        one = self.some(parent__isnull=False)
        siblings = [*Statement.objects.filter(parent=one.parent_id).order_by("pk")]
        positions = [sibling.position for sibling in siblings]
        self.chance.shuffle(positions)
        for sibling, position in zip(siblings, positions, strict=True):
            save(sibling, position=position)

    def add_link(self) -> None:
        earlier = self.some(kind__in=[Kind.TASK, Kind.ACHIEVEMENT])
        factories.link([self.some(kind=Kind.KEY_CONTENT)], [earlier])

    def change_link(self) -> None:
        states = ("suggested", "confirmed", "rejected")
        save(self.any_of(Link.objects), state=self.chance.choice(states))

    def remove_link(self) -> None:
        self.any_of(Link.objects).delete()

    def add_event(self) -> None:
        start = self.day()
        end = start + timedelta(days=self.chance.choice((0, 20, 700)))
        days = {"start": start, "end": end, "precision": "day"}
        factories.event_of(self.some(), **days).save()

    def change_event(self) -> None:
        start = self.day()
        save(self.any_of(Event.objects), start=start, end=start, precision="day")

    def remove_event(self) -> None:
        self.any_of(Event.objects).delete()

    def add_figure(self) -> None:
        factories.figure_of(self.some()).save()

    def remove_figure(self) -> None:
        self.any_of(Figure.objects).delete()

    def add_status(self) -> None:
        status, as_of = self.chance.choice(("under-way", "completed")), self.day()
        as_of = min(as_of, date(2025, 1, 1))
        factories.status_of(self.some().code, self.by, status=status, as_of=as_of)

    def remove_status(self) -> None:
        self.any_of(StatusUpdate.objects).delete()

    def edit_document(self) -> None:
        save(self.any_of(Document.objects), title_en=f"Title {self.chance.random()}")

    def rename_term(self) -> None:
        model = self.chance.choice((Region, Country, Theme, Organisation))
        save(self.any_of(model.objects), name_en=f"Name {self.chance.random()}")

    def move_country(self) -> None:
        save(self.any_of(Country.objects), region=self.any_of(Region.objects))

    def move_used_region(self) -> None:
        Country.objects.filter(statements__isnull=False).update(
            region=self.any_of(Region.objects)
        )

    def add_theme(self) -> None:
        slug = f"theme-{self.chance.randrange(10**6)}"
        theme = Theme.objects.create(
            slug=slug, name_ko=slug, name_en=slug, position=self.chance.randrange(90)
        )
        self.some().themes.add(theme)

    def remove_theme(self) -> None:
        self.any_of(Theme.objects).delete()

    def edit_glossary(self) -> None:
        save(self.any_of(GlossaryTerm.objects), note_en=f"{self.chance.random()}")

    def add_source(self) -> None:
        factories.let_source_say(self.some(), "새 문단")

    def touch_many(self) -> None:
        """More statements than a step names."""
        Statement.objects.filter(kind__in=[Kind.DETAIL, Kind.POINT]).update(
            editor_note_en=f"{self.chance.random()}", editor_note_ko="말"
        )

    def several(self) -> None:
        """A few edits in one gate."""
        for kind in self.chance.sample(SEVERAL, 3):
            getattr(self, kind)()

    def check(self) -> None:
        record_check([self.some()], self.by)

    def assign(self) -> None:
        assign_owner([self.some()], self.by, self.by)

    def write_behind_the_gate(self) -> None:
        """As a load does, which brings the history along: the version moves, and
        nothing says what changed.
        """
        pk = self.some().pk
        QuerySet(Statement).filter(pk=pk).update(state=self.chance.choice(STATES))
        newest = Revision.objects.filter(statement=pk).latest("pk")
        history = QuerySet(Revision).filter(pk=newest.pk)
        history.update(snapshot=snapshots([pk])[pk])
        DataVersion.move()

    def do(self, kind: str) -> bool:
        """True of an edit that is made, and not refused."""
        edit: Callable[[], None] = getattr(self, kind)
        try:
            with transaction.atomic():
                if kind in OUTSIDE:
                    edit()
                else:
                    with factories.an_open_gate():
                        edit()
        except (ValidationError, IntegrityError, IndexError):
            return False
        return True


NO_KINDS = {"any_of", "some", "day", "do"}
EVERY_KIND = [name for name in vars(Edits) if name[0] != "_" and name not in NO_KINDS]
