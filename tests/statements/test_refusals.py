"""What is refused: every write outside a gate, and some inside it too."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction

from achievements.models import Task
from goals.models import Goal
from statements.gate import Note, gate
from statements.models import (
    Country,
    Document,
    Event,
    Figure,
    GateClosed,
    Link,
    NeverChanged,
    NeverDeleted,
    Paragraph,
    Region,
    Statement,
    Theme,
)
from statements.models.paragraphs import ImmutableParagraph
from tests.support.rows import everything, save, statement

pytestmark = pytest.mark.django_db
NOTE = Note(ko="시험", en="Test")


def content() -> Statement:
    return statement("G1.C1")


def africa() -> Region:
    return Region.objects.get(slug="africa")


def paragraph(**fields) -> Paragraph:
    """One more of the same statement, not saved."""
    values = {"ordinal": 999, "depth": 2, "first_line": 1, "last_line": 1}
    return Paragraph(
        document=content().document, statement=content(), **{**values, **fields}
    )


WRITES: dict[str, Callable] = {
    "save": lambda: save(content(), text_en="X"),
    "save of one field": lambda: content().save(update_fields=["state"]),
    "save of a goal": lambda: save(Goal.objects.first(), title_en="X"),
    "save of a task": lambda: save(Task.objects.first(), text_en="X"),
    "create": lambda: Statement.objects.create(
        code="G9", kind="goal", document=Document.objects.first(), position=9
    ),
    "update": lambda: Statement.objects.update(state="withdrawn"),
    "update of goals": lambda: Goal.objects.update(title_en="X"),
    "update of children": lambda: statement("G1").children.update(text_en="X"),
    "update or create": lambda: Statement.objects.update_or_create(
        code="G1", defaults={"title_en": "X"}
    ),
    "bulk create": lambda: Theme.objects.bulk_create([Theme(slug="x", position=9)]),
    "bulk update": lambda: Statement.objects.bulk_update([content()], ["text_en"]),
    "children add": lambda: statement("G2").children.add(content()),
    "regions add": lambda: content().regions.add(africa()),
    "regions remove": lambda: content().regions.remove(content().regions.first()),
    "regions set": lambda: content().regions.set([africa()]),
    "regions clear": lambda: content().regions.clear(),
    "regions create": lambda: content().regions.create(slug="x", position=9),
    "countries clear": lambda: content().countries.clear(),
    "themes clear": lambda: content().themes.clear(),
    "organisations clear": lambda: statement("G1").organisations.clear(),
    "statements add": lambda: africa().statements.add(content()),
    "statements remove": lambda: africa().statements.remove(
        africa().statements.first()
    ),
    "statements set": lambda: africa().statements.set([content()]),
    "statements clear": lambda: africa().statements.clear(),
    "link save": lambda: save(Link.objects.first(), state="rejected"),
    "link delete": lambda: Link.objects.first().delete(),
    "links delete": lambda: Link.objects.all().delete(),
    "event save": lambda: save(Event.objects.first(), tentative=True),
    "event delete": lambda: Event.objects.first().delete(),
    "events delete": lambda: statement("G3.C2").events.all().delete(),
    "figures update": lambda: Figure.objects.update(value=0),
    "document save": lambda: save(Document.objects.first(), title_en="X"),
    "documents update": lambda: Document.objects.update(licence_en="X"),
    "region save": lambda: save(africa(), name_en="X"),
    "regions delete": lambda: Region.objects.all().delete(),
    "theme delete": lambda: Theme.objects.first().delete(),
    "countries update": lambda: Country.objects.update(name_en="X"),
    "paragraph save": lambda: paragraph().save(),
    "paragraphs create": lambda: Paragraph.objects.bulk_create([paragraph()]),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_outside_a_gate_every_write_is_refused_and_changes_nothing(write):
    before = everything()
    with pytest.raises(GateClosed, match=r"with gate\(by, note\)"):
        write()
    transaction.set_rollback(False)  # what is there now, not what a rollback leaves
    assert everything() == before


@pytest.mark.parametrize("name", ["vocabulary", "statements", "links", "paragraphs"])
def test_loaddata_is_refused_and_names_load_corpus(name):
    before = everything()
    with pytest.raises(CommandError, match="load_corpus"):
        call_command("loaddata", name, format="json")
    assert everything() == before


DELETIONS = {
    "delete": lambda: content().delete(),
    "delete of a goal": lambda: Goal.objects.first().delete(),
    "delete of one": lambda: Statement.objects.filter(code="G1").delete(),
    "delete of tasks": lambda: Task.objects.all().delete(),
    "delete of none": lambda: Statement.objects.none().delete(),
}


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS.keys())
def test_statements_are_never_deleted_outside_a_gate_or_inside(delete):
    before = everything()
    with pytest.raises(NeverDeleted):
        delete()
    with pytest.raises(NeverDeleted), gate(None, NOTE):
        delete()
    assert everything() == before


NEW_CODES_AND_KINDS = {
    "code": lambda: save(content(), code="G1.C9"),
    "kind": lambda: save(content(), kind="objective"),
    "code of a goal": lambda: save(Goal.objects.first(), code="G9"),
    "another in its place": lambda: save(
        Statement(code="G9", kind="goal", position=9), pk=content().pk
    ),
    "update of a code": lambda: Statement.objects.filter(code="G1").update(code="G9"),
    "update of kinds": lambda: Goal.objects.update(kind="part"),
    "bulk update of a kind": lambda: Statement.objects.bulk_update(
        [Statement(pk=content().pk, kind="objective")], ["kind"]
    ),
}


@pytest.mark.parametrize(
    "change", NEW_CODES_AND_KINDS.values(), ids=NEW_CODES_AND_KINDS.keys()
)
def test_the_code_and_the_kind_of_a_statement_never_change(change):
    before = everything()
    with pytest.raises(NeverChanged), gate(None, NOTE):
        change()
    assert everything() == before


PARAGRAPH_CHANGES = {
    "save": lambda: save(Paragraph.objects.first(), text="X"),
    "delete": lambda: Paragraph.objects.first().delete(),
    "update": lambda: Paragraph.objects.update(text="X"),
    "delete of all": lambda: Paragraph.objects.all().delete(),
    "bulk update": lambda: Paragraph.objects.bulk_update(
        [Paragraph.objects.first()], ["text"]
    ),
    "another in its place": lambda: paragraph(pk=content().pk).save(),
    "to another statement": lambda: statement("G1").paragraphs.add(
        Paragraph.objects.first()
    ),
    "update by statement": lambda: content().paragraphs.update(text="X"),
    "delete by document": lambda: Document.objects.first().paragraphs.all().delete(),
}


@pytest.mark.parametrize(
    "change", PARAGRAPH_CHANGES.values(), ids=PARAGRAPH_CHANGES.keys()
)
def test_paragraphs_never_change(change):
    before = everything()
    with pytest.raises(ImmutableParagraph), gate(None, NOTE):
        change()
    assert everything() == before


@pytest.mark.parametrize(
    "options",
    [
        {"ignore_conflicts": True},
        {
            "update_conflicts": True,
            "unique_fields": ["code"],
            "update_fields": ["title_ko"],
        },
    ],
    ids=["ignore", "update"],
)
@pytest.mark.parametrize("model", [Statement, Paragraph])
def test_rows_created_in_bulk_never_change_those_that_are_there(model, options):
    before = everything()
    with pytest.raises(TypeError), gate(None, NOTE):
        model.objects.bulk_create([], **options)
    assert everything() == before


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_nothing_is_public_without_a_source_paragraph(state):
    before = everything()
    with pytest.raises(ValidationError, match="G9"), gate(None, NOTE):
        save(content(), text_en="X")
        untraced("G9", state).save()
    assert everything() == before


@pytest.mark.parametrize("state", ["draft", "in-review"])
def test_what_is_not_public_needs_no_source_paragraph(state):
    with gate(None, NOTE):
        untraced("G9", state).save()
    assert statement("G9").revisions.count() == 1


def untraced(code: str, state: str) -> Statement:
    document = Document.objects.get(slug="goals")
    return Statement(
        code=code,
        kind="goal",
        document=document,
        position=9,
        title_ko="목표",
        state=state,
    )
