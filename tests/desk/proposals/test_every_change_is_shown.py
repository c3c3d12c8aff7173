"""Whatever a proposal changes, its page shows: nobody approves a change unseen."""

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from desk.models import Proposal
from desk.proposals.record import proposing
from desk.proposals.review import review_of
from statements.field_rows import FactRow
from statements.fields import CHANGEABLE, FACTS, TAGS, TEXTS
from statements.history.snapshot import snapshots, translation_of
from statements.history.snapshot_diff import diff_snapshots, names_of_terms
from statements.models import (
    Event,
    Figure,
    Link,
    LinkState,
    Nature,
    Precision,
    Qualifier,
    Relation,
    Statement,
    Status,
    StatusUpdate,
)
from tests.support import factories
from tests.support.crawling import HANGUL
from tests.support.rows import save, statement
from tests.support.staff import NOTE, approved, member, propose, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
CODE = "2025.T1.1.1"
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
#: Of each kind of fact every part, and what it changes to.
OTHER_PARTS = {
    "events": {
        "quote": "9월 말",
        "title_ko": "다른 회의",
        "title_en": "Another meeting",
        "start": date(2026, 2, 1),
        "end": date(2026, 4, 30),
        "precision": Precision.DAY,
        "tentative": True,
        "nature": Nature.REPORTED,
        "place_ko": "부산",
        "place_en": "Busan",
    },
    "figures": {
        "quote": "7개국",
        "label_ko": "다른 이름",
        "label_en": "Another label",
        "value": 7,
        "unit_ko": "곳",
        "unit_en": "places",
        "qualifier": Qualifier.MORE_THAN,
        "nature": Nature.REPORTED,
    },
    "statusupdates": {
        "status": Status.COMPLETED,
        "as_of": date(2026, 1, 2),
        "note_ko": "다른 말",
        "note_en": "Other words",
        "evidence": "https://example.org/other",
    },
    "links": {
        "relation": Relation.REPLACES,
        "rationale_ko": "다른 까닭",
        "rationale_en": "Another reason",
        "state": LinkState.REJECTED,
    },
}
PARTS = [(name, part) for name, row in FACTS.items() for part in row.parts]


@pytest.fixture(autouse=True)
def source(db):
    """All that the facts of this test quote."""
    words = ("3월", "9월 말", "5개국", "7개국", "2", "3")
    factories.let_source_say(statement(CODE), *words)


def facts(task: Statement) -> dict[str, Event | Figure | StatusUpdate | Link]:
    return {
        "events": Event(
            statement=task,
            quote="3월",
            title_ko="회의",
            title_en="Meeting",
            start=date(2026, 3, 1),
            end=date(2026, 3, 31),
            precision=Precision.MONTH,
            nature=Nature.PLANNED,
            place_ko="서울",
            place_en="Seoul",
        ),
        "figures": Figure(
            statement=task,
            quote="5개국",
            label_ko="이름",
            label_en="Label",
            value=5,
            unit_ko="개국",
            unit_en="countries",
            qualifier="",
            nature=Nature.PLANNED,
        ),
        "statusupdates": StatusUpdate(
            statement=task,
            status=Status.STARTED,
            as_of=date(2026, 1, 1),
            note_ko="시작함",
            note_en="Logged in",
            evidence="https://example.org/",
            by=factories.staff_member(),
        ),
        "links": Link(
            later=task,
            earlier=statement("2024.A1.2"),
            relation=Relation.CHANGES,
            rationale_ko="까닭",
            rationale_en="Reason",
            state=LinkState.CONFIRMED,
        ),
    }


def task_with(name: str) -> Event | Figure | StatusUpdate | Link:
    """A fact of that kind, the only one of its task."""
    task = statement(CODE)
    row = FACTS[name]
    with factories.an_open_gate():
        getattr(task, row.accessor).all().delete()
        fact = facts(task)[name]
        fact.save()
    return fact


def proposed(fact, **values) -> Proposal:
    with proposing(factories.staff_member(), NOTE) as outcome:
        save(fact, **values)
    [proposal] = outcome.proposals
    return proposal


def words_of(proposal: Proposal, language: str) -> tuple[str, str]:
    """The words that the page takes away, and those that it brings."""
    with override(language):
        runs = [run for change in review_of(proposal)["changes"] for run in change.runs]
    return tuple(
        " | ".join(run.text for run in runs if run.change == change)
        for change in ("removed", "added")
    )


def label_of(field, value) -> str:
    """The value as the active language writes it: the name of a choice, or a day."""
    if isinstance(value, date):
        return date_format(value)
    return str(dict(field.flatchoices).get(value, value))


def test_the_parts_of_this_test_are_all_there_are():
    assert {name: tuple(parts) for name, parts in OTHER_PARTS.items()} == {
        name: row.parts for name, row in FACTS.items()
    }


@LANGUAGES
@pytest.mark.parametrize(("name", "part"), PARTS)
def test_a_change_of_any_part_of_a_fact_is_shown(name, part, language):
    proposal = proposed(task_with(name), **{part: OTHER_PARTS[name][part]})
    assert name in proposal.changes
    removed, added = words_of(proposal, language)
    assert removed != added
    field = FACTS[name].model._meta.get_field(part)
    with override(language):
        label = label_of(field, OTHER_PARTS[name][part])
        if OTHER_PARTS[name][part] is True:
            label = str(field.verbose_name)
    assert label in added


@LANGUAGES
def test_an_outcome_is_shown_with_all_of_its_parts(language):
    outcome = {
        "outcome_ko": "결과",
        "outcome_en": "Result",
        "outcome_evidence": "https://example.org/result",
    }
    _removed, added = words_of(proposed(task_with("events"), **outcome), language)
    assert all(words in added for words in outcome.values())


@LANGUAGES
@pytest.mark.parametrize("name", FACTS)
def test_a_new_fact_is_shown_whole(name, language):
    task = statement(CODE)
    with factories.an_open_gate():
        getattr(task, FACTS[name].accessor).all().delete()
    proposal = proposed(facts(task)[name])
    removed, added = words_of(proposal, language)
    assert not removed
    model = FACTS[name].model
    with override(language):
        for part, value in proposal.changes[name][0].items():
            if isinstance(value, str) and part != "earlier":
                field = model._meta.get_field(part)
                assert label_of(field, field.to_python(value)) in added


@LANGUAGES
def test_what_two_facts_exchange_is_shown(language):
    """Their lines are the same before and after, and so is each value, of some fact."""
    task = task_with("figures").statement
    with factories.an_open_gate():
        other = facts(task)["figures"]
        save(other, nature=Nature.REPORTED)
    with proposing(factories.staff_member(), NOTE) as outcome:
        first, second = task.figures.all()
        save(first, nature=Nature.REPORTED, quote="2")
        save(second, nature=Nature.PLANNED, quote="3")
    [proposal] = outcome.proposals
    _removed, added = words_of(proposal, language)
    with override(language):
        assert str(Nature.REPORTED.label) in added
        assert str(Nature.PLANNED.label) in added


@LANGUAGES
def test_what_two_facts_exchange_in_one_language_is_shown(language):
    task = task_with("events").statement
    with factories.an_open_gate():
        save(facts(task)["events"], title_ko="다른 회의", title_en="Another meeting")
    with proposing(factories.staff_member(), NOTE) as outcome:
        first, second = task.events.order_by("pk")
        save(first, title_en="Another meeting")
        save(second, title_en="Meeting")
    [proposal] = outcome.proposals
    removed, added = words_of(proposal, language)
    assert "Another meeting" in removed and "Another meeting" in added


def test_readers_are_told_of_facts_in_their_own_language():
    old = snapshots([statement(CODE).pk])[statement(CODE).pk]
    with factories.an_open_gate():
        facts(statement(CODE))["events"].save()
    new = snapshots([statement(CODE).pk])[statement(CODE).pk]
    with override("en"):
        [change] = diff_snapshots(old, new, names_of_terms())
    assert change.language == "en"
    assert not HANGUL.search(" ".join(run.text for run in change.runs))


@LANGUAGES
def test_the_words_stay_as_they_are_where_nothing_else_differs(language):
    proposal = proposed(task_with("events"), start=date(2026, 2, 1))
    assert (
        words_of(proposal, language)
        == {
            "ko": (
                "2026년 3월 1일~2026년 3월 31일: 회의 (서울)",
                "2026년 2월 1일~2026년 3월 31일: 회의 (서울)",
            ),
            "en": (
                "March 1, 2026–March 31, 2026: Meeting (Seoul)",
                "February 1, 2026–March 31, 2026: Meeting (Seoul)",
            ),
        }[language]
    )


def test_one_of_two_equal_facts_that_goes_is_shown():
    task = task_with("figures").statement
    with factories.an_open_gate():
        facts(task)["figures"].save()
    with proposing(factories.staff_member(), NOTE) as outcome:
        task.figures.first().delete()
    [proposal] = outcome.proposals
    removed, added = words_of(proposal, "en")
    assert "Label: 5" in removed and not added


def other_value(name: str, value):
    """Another value than that of the snapshot, of the same kind."""
    if name in TEXTS:
        return f"{value} anders"
    if name in TAGS:
        slug = TAGS[name].model.objects.exclude(slug__in=value).first().slug
        return [*value, slug]
    if isinstance(FACTS.get(name), FactRow):
        return value[1:]
    others = {"state": "withdrawn", "position": 99}
    return others.get(name, "0" * 32)


@LANGUAGES
@pytest.mark.parametrize("name", CHANGEABLE)
def test_every_changeable_field_has_a_difference(name, language):
    if name in FACTS:
        task = task_with(name)
        task = task.later if name == "links" else task.statement
    else:
        task = statement(CODE)
    if name == "en_reviewed":
        with factories.an_open_gate():
            task.review_english()
            task.save()
    old = snapshots([task.pk])[task.pk]
    new = {**old, name: other_value(name, old[name])}
    with override(language):
        [change] = diff_snapshots(old, new, names_of_terms())
    assert change.label and change.runs
    assert not change.is_of_white_space


@pytest.mark.parametrize("text", ["text_ko", "text_en"])
def test_a_change_of_white_space_alone_is_told_as_one(text):
    old = snapshots([statement(CODE).pk])[statement(CODE).pk]
    for new in (f"{old[text]} ", old[text].replace(" ", "  ", 1)):
        [change] = diff_snapshots(old, {**old, text: new}, names_of_terms())
        assert change.name == text and change.is_of_white_space


def test_english_said_to_be_of_older_korean_is_shown():
    """The text stays, and is out of date once this is approved."""
    task = statement(CODE)
    proposal = propose(CODE, en_from="0" * 32)
    assert proposal.changes == {"en_from": "0" * 32}
    page = signed_in(member("publisher")).get(
        f"/admin/desk/proposal/{proposal.pk}/change/"
    )
    assert "translation out of date" in page.content.decode()
    assert approved(proposal).translation_state == "outdated"
    assert task.translation_state == "draft"


def test_the_first_english_says_nothing_of_its_state():
    """It follows from the text, which is shown."""
    propose_none = propose(CODE, text_en="")
    [change] = review_of(propose_none)["changes"]
    assert change.name == "text_en"
    approved(propose_none)
    proposal = propose(CODE, text_en="A new text")
    assert proposal.changes.keys() == {"text_en", "en_from"}
    assert translation_of(proposal.result) == "draft"
    [change] = review_of(proposal)["changes"]
    assert change.name == "text_en"


def test_a_base_that_is_older_than_a_field_makes_no_change_and_no_conflict():
    proposal = propose(CODE, text_en="Another text")
    for snapshot in (proposal.snapshot, proposal.base.snapshot):
        del snapshot["organisations"], snapshot["editor_note_ko"]
    proposal.save()
    proposal.base.save()
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal.changes == {"text_en": "Another text"}
    assert not proposal.conflicts
    assert approved(proposal).text_en == "Another text"


def test_what_was_filled_since_is_a_conflict_though_the_base_is_older_than_the_field():
    proposal = propose(CODE, editor_note_en="Mine")
    del proposal.base.snapshot["editor_note_en"]
    proposal.base.save()
    approved(propose(CODE, editor_note_en="Theirs"))
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal.conflicts == {"editor_note_en": "Mine"}
