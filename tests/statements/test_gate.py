"""Public content changes only inside a gate, and inside it whole or not at all."""

import pytest
from django.core.exceptions import ValidationError

from statements.gate import NestedGate, Note, gate
from statements.history.restore import write_snapshot
from statements.models import (
    Country,
    DataVersion,
    Document,
    Event,
    GateClosed,
    Kind,
    Link,
    Paragraph,
    Region,
    Revision,
    SlugNeverChanged,
    Statement,
)
from tests.support import factories
from tests.support.rows import everything, save, statement

pytestmark = pytest.mark.django_db
NOTE = Note(ko="오탈자 수정", en="Corrected a slip")
TAGS = ("regions", "countries", "themes", "organisations")


def africa() -> Region:
    return Region.objects.get(slug="africa")


def test_a_change_makes_one_revision_of_each_statement_it_touched():
    by = factories.staff_member()
    before = Revision.objects.count()
    link = Link.objects.get(later__code="G1.C1", earlier__code="2024.A1.1")
    with gate(by, NOTE):
        save(statement("G2.O1"), text_en="First")
        save(statement("G2.O1"), text_en="Second")
        link.delete()
        Event.objects.filter(statement__code="G3.C2").update(tentative=True)
        africa().statements.remove(statement("2024.A5.1"))
    made = Revision.objects.order_by("pk")[before:]
    assert sorted(revision.statement.code for revision in made) == [
        "2024.A5.1",
        "G1.C1",
        "G2.O1",
        "G3.C2",
    ]
    for revision in made:
        assert (revision.by, revision.note_ko, revision.note_en) == (by, *NOTE)
    assert statement("G2.O1").revisions.first().snapshot["text_en"] == "Second"


def test_a_revision_keeps_the_whole_statement():
    task = factories.statement(Kind.TASK)
    earlier = factories.statement(Kind.ACHIEVEMENT)
    with gate(None, NOTE):
        factories.event_of(task, place_ko="서울", place_en="Seoul").save()
        factories.figure_of(task).save()
        factories.link([task], [earlier])
        save(task, editor_note_ko="주", editor_note_en="Note")
    slugs = {
        name: list(getattr(task, name).values_list("slug", flat=True)) for name in TAGS
    }
    assert all(map(len, slugs.values()))
    assert task.revisions.first().snapshot == {
        "code": task.code,
        "kind": "task",
        "document": "report-2025",
        "parent": task.parent.code,
        "position": task.position,
        "year": task.parent.year,
        "state": "published",
        "translation": "draft",
        "en_from": task.korean_fingerprint,
        "en_reviewed": "",
        "title_ko": "",
        "title_en": "",
        "text_ko": f"본문 {task.code}",
        "text_en": f"Text {task.code}",
        "editor_note_ko": "주",
        "editor_note_en": "Note",
        **slugs,
        "events": [
            {
                "quote": "본문",
                "title_ko": f"행사 {task.code}",
                "title_en": f"Event {task.code}",
                "start": "2026-03-01",
                "end": "2026-03-31",
                "precision": "month",
                "tentative": False,
                "nature": "planned",
                "place_ko": "서울",
                "place_en": "Seoul",
            }
        ],
        "figures": [
            {
                "quote": "본문",
                "label_ko": f"횟수 {task.code}",
                "label_en": f"Count {task.code}",
                "value": "3.00",
                "unit_ko": "회",
                "unit_en": "times",
                "qualifier": "",
                "nature": "planned",
            }
        ],
        "statusupdates": [],
        "links": [
            {
                "earlier": earlier.code,
                "relation": "same-subject",
                "rationale_ko": "같은 일을 다룹니다.",
                "rationale_en": "Both deal with the same matter.",
                "state": "suggested",
            }
        ],
    }


@pytest.mark.parametrize(
    "move",
    [
        lambda event, to: save(event, statement=to),
        lambda event, to: Event.objects.filter(pk=event.pk).update(statement=to),
        lambda event, to: to.events.add(event),
    ],
    ids=["save", "update", "add"],
)
def test_what_moves_to_another_statement_touches_both(move):
    was, now = statement("G3.C2"), statement("G1.C1")
    factories.let_source_say(now, was.events.first().quote)
    with gate(None, NOTE):
        move(was.events.first(), now)
    assert len(was.revisions.first().snapshot["events"]) == 1
    assert len(now.revisions.first().snapshot["events"]) == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda region: region.delete(),
        lambda region: Region.objects.filter(slug="africa").delete(),
    ],
    ids=["delete", "delete in bulk"],
)
def test_a_term_that_goes_touches_the_statements_it_tags(write):
    with gate(None, Note(ko="준비", en="Before")):
        Country.objects.filter(region__slug="africa").delete()
    with gate(None, NOTE):
        write(africa())
    for code in ("2024.A5.1", "2024.A7.1", "2025.T4.1.4"):
        newest = statement(code).revisions.first()
        assert newest.note_en == NOTE.en
        slugs = statement(code).regions.values_list("slug", flat=True)
        assert newest.snapshot["regions"] == [*slugs] != []
        assert "africa" not in slugs


@pytest.mark.parametrize(
    "write",
    [
        lambda region: save(region, slug="all-africa"),
        lambda region: Region.objects.filter(slug="africa").update(slug="all-africa"),
    ],
    ids=["save", "update"],
)
def test_the_slug_of_a_term_never_changes(write):
    before = everything()
    with pytest.raises(SlugNeverChanged), gate(None, NOTE):
        write(africa())
    assert everything() == before


def test_a_save_that_changes_nothing_makes_no_revision():
    before = Revision.objects.count()
    with gate(None, NOTE):
        for unchanged in Statement.objects.filter(document__slug="goals"):
            unchanged.save()
    assert Revision.objects.count() == before


def test_a_change_moves_the_data_version_and_no_change_does_not():
    before = DataVersion.current()
    with gate(None, NOTE):
        list(Statement.objects.all())
    assert DataVersion.current().token == before.token
    with gate(None, NOTE):
        save(Document.objects.first(), licence_en="Open")
    assert DataVersion.current().token != before.token
    assert DataVersion.current().moved_at > before.moved_at
    assert DataVersion.objects.count() == 1


def break_off() -> None:
    raise RuntimeError("broken off")


@pytest.mark.parametrize("step", ["check_traced", "record", "DataVersion.move"])
def test_a_failure_at_the_exit_takes_everything_back(monkeypatch, step):
    before = everything()
    monkeypatch.setattr(f"statements.gate.{step}", lambda *args: break_off())
    with pytest.raises(RuntimeError, match="broken off"), gate(None, NOTE):
        save(statement("G1.C1"), text_en="X")
    assert everything() == before


@pytest.mark.parametrize("note", [Note("", "Test"), Note("시험", " ")])
def test_a_change_without_a_note_in_both_languages_is_refused(note):
    before = everything()
    with pytest.raises(ValidationError), gate(None, note):
        save(statement("G1.C1"), text_en="X")
    assert everything() == before


def test_a_failure_inside_takes_everything_back():
    before = everything()
    with pytest.raises(RuntimeError, match="broken off"), gate(None, NOTE):
        save(statement("G1.C1"), text_en="X")
        Statement.objects.update(state="withdrawn")
        statement("G1.C1").regions.clear()
        DataVersion.move()
        break_off()
    assert everything() == before


def test_a_gate_that_failed_is_closed_again():
    with pytest.raises(RuntimeError, match="broken off"), gate(None, NOTE):
        break_off()
    with pytest.raises(GateClosed):
        save(statement("G1.C1"), text_en="X")


def test_a_gate_inside_a_gate_is_refused_and_takes_everything_back():
    before = everything()
    with pytest.raises(NestedGate), gate(None, NOTE):
        save(statement("G1.C1"), text_en="X")
        with gate(None, NOTE):
            pass
    assert everything() == before


def test_statements_without_tags_take_those_of_the_nearest_above_that_has_some():
    with gate(None, NOTE):
        goal = factories.statement(Kind.GOAL)
        content = factories.statement(
            Kind.KEY_CONTENT, goal, regions=[], countries=[], themes=[]
        )
        detail = factories.statement(
            Kind.DETAIL, content, regions=[], countries=[], themes=[]
        )
    for name in ("regions", "countries", "themes"):
        tags = list(getattr(goal, name).all())
        assert list(getattr(content, name).all()) == tags != []
        assert list(getattr(detail, name).all()) == tags
    slugs = [region.slug for region in goal.regions.all()]
    assert detail.revisions.get().snapshot["regions"] == slugs


def test_statements_with_tags_keep_their_own():
    detail = factories.statement(
        Kind.DETAIL, statement("G1.C1"), regions=[africa()], countries=[], themes=[]
    )
    assert list(detail.regions.all()) == [africa()]
    assert not detail.countries.exists()
    assert list(detail.themes.all()) == list(statement("G1.C1").themes.all()) != []


@pytest.mark.parametrize(
    "create",
    [Paragraph.save, lambda made: Paragraph.objects.bulk_create([made])],
    ids=["save", "bulk create"],
)
def test_a_new_paragraph_moves_the_data_version(create):
    before = DataVersion.current().token
    made = factories.paragraph_of(statement("G1.C1"))
    with gate(None, NOTE):
        create(made)
    assert DataVersion.current().token != before
    assert made in statement("G1.C1").paragraphs.all()


def test_what_is_created_in_bulk_is_in_the_history_too():
    objective = statement("G1.O1")
    with gate(None, NOTE):
        Event.objects.bulk_create([factories.event_of(objective)])
    [event] = objective.revisions.first().snapshot["events"]
    assert event["title_en"] == "Event G1.O1"


def test_what_is_moved_in_bulk_stands_under_its_new_root():
    goal, moved = factories.statement(Kind.GOAL), Statement.objects.filter(code="G1.C1")
    with gate(None, NOTE):
        moved.update(parent=goal)
    below = Statement.objects.filter(code__startswith="G1.C1.")
    assert set(below.values_list("root", flat=True)) == {goal.pk}
    assert moved.get().root == goal


def test_a_snapshot_writes_what_it_has_and_leaves_the_rest_as_it_is():
    stale = statement("G1.C1.1")
    with gate(None, NOTE):
        save(statement("G1.C1.1"), text_en="By somebody else", position=900)
    with gate(None, NOTE):
        write_snapshot(stale, {"editor_note_en": "Note"}, None)
    kept = statement("G1.C1.1")
    assert (kept.text_en, kept.position) == ("By somebody else", 900)
    assert kept.editor_note_en == "Note"
    assert kept.sort_key != stale.sort_key
