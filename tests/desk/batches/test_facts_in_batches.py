"""Facts are compared one by one where many are approved, and where they go back."""

import pytest

from desk.batches.decide import approve_batch
from desk.batches.give_back import changed_again, return_batch
from desk.models import Proposal
from desk.proposals.approval.obstacles import CLASH, find_obstacles
from desk.proposals.decide import approve_together
from desk.proposals.record import proposing
from statements.gate import Note
from statements.history.restore import write_snapshot
from tests.support import factories
from tests.support.desk.batches import batch_of
from tests.support.rows import statement
from tests.support.staff import NOTE, approved, propose

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
CODE = "2025.T3.3.2.1"
BACK = Note(ko="되돌림", en="Returned")


def with_event(title: str, **parts) -> list[dict]:
    """The events as they are public, and one more."""
    events = statement(CODE).revisions.newest_first()[0].snapshot["events"]
    return [*events, {**events[0], "title_ko": title, **parts}]


def event_proposed(title: str, **parts) -> Proposal:
    by = factories.staff_member()
    with proposing(by, NOTE) as proposed:
        write_snapshot(statement(CODE), {"events": with_event(title, **parts)}, by)
    [proposal] = proposed.proposals
    return proposal


def titles() -> set[str]:
    return {event.title_ko for event in statement(CODE).events.all()}


def test_two_events_of_one_statement_are_approved_together():
    waiting = [event_proposed(title) for title in ("가", "나")]
    approve_together(factories.staff_member(), waiting)
    assert titles() > {"가", "나"}


def test_the_same_event_told_in_two_ways_is_a_clash_of_the_two():
    waiting = [event_proposed("가", place_ko=place) for place in ("부산", "대구")]
    assert [*find_obstacles(waiting).values()] == [CLASH]


def test_a_batch_that_is_returned_takes_back_its_own_events_alone():
    before = titles()
    batch = batch_of({CODE: {"events": with_event("가")}})
    approve_batch(batch, factories.staff_member())
    approved(event_proposed("나"))
    assert changed_again(batch) == []
    returned = return_batch(batch, factories.staff_member(), BACK)
    approve_batch(returned, factories.staff_member())
    assert titles() == {*before, "나"}


def test_nothing_joins_a_batch():
    author = factories.staff_member()
    batch = batch_of({CODE: {"text_en": "Of the sheet"}}, author)
    propose(CODE, author, editor_note_en="By itself")
    assert [one.joined for one in Proposal.objects.all()] == [0, 0]
    assert batch.proposals.get().changes == {"text_en": "Of the sheet"}
