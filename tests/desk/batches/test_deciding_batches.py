"""A batch is approved, sent back, taken back and returned as one, or not at all."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from desk.batches.decide import (
    approve_batch,
    mark_of,
    send_batch_back,
    take_batch_back,
)
from desk.batches.give_back import changed_again, return_batch
from desk.models import Batch, Proposal, ProposalState
from desk.proposals.decide import (
    approve,
    approve_together,
    publish_due,
    send_back,
    take_back,
)
from desk.proposals.record import Terms, proposing
from statements.gate import Note
from statements.history.restore import write_snapshot
from statements.models import PublicationState, Revision, Statement
from tests.support import factories
from tests.support.desk.batches import batch_of, english_of
from tests.support.rows import everything, statement
from tests.support.staff import NOTE, member, propose, published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_engine,
    pytest.mark.usefixtures("in_english"),
]
CODES = ("G1.C1.1", "G1.C1.2", "G1.C2.1")
BACK = Note(ko="되돌림", en="Returned")


@pytest.fixture
def batch() -> Batch:
    return batch_of(english_of(*CODES))


def states(batch: Batch) -> list[str]:
    return [one.state for one in batch.proposals.order_by("statement__sort_key")]


def part(batch: Batch, code: str) -> Proposal:
    return batch.proposals.get(statement__code=code)


def english(code: str) -> str:
    return statement(code).text_en


def drafts_under_a_draft() -> list[Statement]:
    with factories.an_open_gate():
        heading = factories.statement("heading", state=PublicationState.DRAFT)
        children = [
            factories.statement("task", heading, state=PublicationState.DRAFT)
            for _number in range(2)
        ]
    return [heading, *children]


def submitted(*drafts: Statement) -> list[Proposal]:
    by = factories.staff_member()
    with proposing(by, NOTE) as proposed:
        for draft in drafts:
            write_snapshot(draft, {"state": PublicationState.PUBLISHED.value}, by)
    return proposed.proposals


def test_all_of_a_batch_is_published_by_one_gate(batch):
    approve_batch(batch, factories.staff_member())
    assert states(batch) == [ProposalState.PUBLISHED] * 3
    assert [english(code) for code in CODES] == [
        f"The sheet has {code}" for code in CODES
    ]
    revisions = Revision.objects.filter(proposal__batch=batch)
    assert revisions.count() == 3
    assert revisions.values("at", "by").distinct().count() == 1
    assert {one.by for one in revisions} == {batch.author}


def test_nobody_approves_their_own_batch(batch):
    with pytest.raises(ValidationError, match="You cannot publish this on your own."):
        approve_batch(batch, batch.author)
    assert states(batch) == [ProposalState.IN_REVIEW] * 3


def test_one_that_cannot_be_approved_stops_all_and_is_named(batch):
    published("G1.C1.2", text_en="Meanwhile")
    before = everything()
    with pytest.raises(ValidationError) as refused:
        approve_batch(batch, factories.staff_member())
    [told] = refused.value.messages
    assert told.startswith("G1.C1.2 #") and "has changed since" in told
    assert everything() == before


def test_parents_come_before_children_in_one_decision():
    heading, first, second = drafts_under_a_draft()
    proposals = submitted(second, first, heading)
    with pytest.raises(ValidationError, match="First publish"):
        approve_together(factories.staff_member(), proposals[1:])
    approve_together(factories.staff_member(), reversed(proposals))
    rows = Statement.objects.filter(pk__in=[heading.pk, first.pk, second.pk])
    assert {row.state for row in rows} == {PublicationState.PUBLISHED}


def test_a_child_falls_with_the_parent_that_cannot_be_approved():
    heading, *children = drafts_under_a_draft()
    writer = factories.staff_member()
    [above] = submitted(heading)
    below = submitted(*children)
    with pytest.raises(ValidationError) as refused:
        approve_together(above.author, [above, *below])
    assert len(refused.value.messages) == 3
    approve_together(writer, [above, *below])


def test_many_authors_and_parts_are_one_decision():
    made = [
        propose("G1.C1.1", text_en="First"),
        propose("G1.C1.1", editor_note_ko="주", editor_note_en="A note"),
        propose("G1.C1.2", text_en="Second"),
    ]
    approve_together(factories.staff_member(), made)
    changed = statement("G1.C1.1")
    assert (changed.text_en, changed.editor_note_en) == ("First", "A note")
    assert {one.by for one in Revision.objects.filter(proposal__in=made)} == {
        one.author for one in made
    }


def test_two_of_one_part_are_not_approved_together():
    made = [propose("G1.C1.1", text_en=text) for text in ("One", "Other")]
    with pytest.raises(
        ValidationError,
        match="Another selected proposal changes the same part of the statement.",
    ):
        approve_together(factories.staff_member(), made)
    same = [propose("G1.C1.2", text_en="The same") for _author in "ab"]
    with pytest.raises(ValidationError, match="already public"):
        approve_together(factories.staff_member(), same)


def test_what_was_decided_singly_stays_as_it_is(batch):
    somebody = factories.staff_member()
    approve(part(batch, "G1.C1.1"), somebody)
    send_back(part(batch, "G1.C1.2"), somebody, "Not so")
    approved = approve_batch(batch, factories.staff_member())
    assert [one.statement.code for one in approved] == ["G1.C2.1"]
    assert states(batch) == ["published", "returned", "published"]
    with pytest.raises(
        ValidationError, match="No proposal in this batch is waiting for a decision."
    ):
        approve_batch(batch, factories.staff_member())


def test_a_batch_is_sent_back_with_one_reason(batch):
    somebody = factories.staff_member()
    with pytest.raises(ValidationError, match="Give a reason"):
        send_batch_back(batch, somebody, " ")
    send_batch_back(batch, somebody, "The wrong file")
    assert states(batch) == [ProposalState.RETURNED] * 3
    assert {one.reason for one in batch.proposals.all()} == {"The wrong file"}


def test_drafts_of_a_batch_that_is_sent_back_are_drafts_again():
    drafts = drafts_under_a_draft()
    batch = batch_of({one.code: {"state": "published"} for one in drafts})
    send_batch_back(batch, factories.staff_member(), "Not yet")
    rows = Statement.objects.filter(pk__in=[one.pk for one in drafts])
    assert {row.state for row in rows} == {PublicationState.DRAFT}


def test_only_its_author_takes_a_batch_back(batch):
    with pytest.raises(PermissionDenied):
        take_batch_back(batch, factories.staff_member())
    take_back(part(batch, "G1.C1.1"), batch.author)
    take_batch_back(batch, batch.author)
    assert states(batch) == [ProposalState.RETRACTED] * 3


@pytest.mark.parametrize("decide", [approve_batch, take_batch_back])
def test_a_page_that_is_out_of_date_decides_nothing(batch, decide):
    seen = mark_of(batch)
    take_back(part(batch, "G1.C1.1"), batch.author)
    by = batch.author if decide is take_batch_back else factories.staff_member()
    with pytest.raises(ValidationError, match="changed since you opened this page"):
        decide(batch, by, seen)
    seen = mark_of(batch)
    published("G1.C1.2", editor_note_ko="주", editor_note_en="Meanwhile")
    assert seen != mark_of(batch)


def test_one_time_for_all_and_then_all_or_none(batch):
    soon = timezone.now() + timedelta(days=1)
    approve_batch(batch, factories.staff_member(), publish_at=soon)
    assert states(batch) == [ProposalState.SCHEDULED] * 3
    assert publish_due(soon - timedelta(hours=1)) == ([], [])
    published("G1.C1.2", text_en="Meanwhile")
    done, refused = publish_due(soon)
    assert (done, len(refused)) == ([], 3)
    assert states(batch) == [ProposalState.IN_REVIEW] * 3
    assert "G1.C1.2 #" in batch.proposals.first().reason
    assert "The sheet" not in english("G1.C1.1")


def test_a_batch_is_published_at_the_time_that_its_author_gave():
    soon = timezone.now() + timedelta(days=1)
    batch = batch_of(english_of(*CODES), terms=Terms(publish_at=soon))
    alone = propose("G1.C2.2", terms=Terms(publish_at=soon), text_en="Alone")
    approve_batch(batch, factories.staff_member())
    approve(alone, factories.staff_member())
    done, refused = publish_due(soon)
    assert (len(done), refused) == (4, [])
    assert states(batch) == [ProposalState.PUBLISHED] * 3


def test_what_is_approved_for_its_time_is_not_approved_again(batch):
    soon = timezone.now() + timedelta(days=1)
    approve_batch(batch, factories.staff_member(), publish_at=soon)
    with pytest.raises(
        ValidationError,
        match="It is already approved and will be published at its scheduled time.",
    ):
        approve(part(batch, "G1.C1.1"), factories.staff_member())
    send_batch_back(batch, factories.staff_member(), "Later")
    assert states(batch) == [ProposalState.RETURNED] * 3


def test_a_published_batch_is_returned_whole_by_two_people(batch):
    before = {code: english(code) for code in CODES}
    approve_batch(batch, factories.staff_member())
    published("G1.C1.1", editor_note_ko="주", editor_note_en="Of another")
    somebody = factories.staff_member()
    returned = return_batch(batch, somebody, BACK)
    assert (returned.returns, returned.kind) == (batch, "return")
    assert english("G1.C1.1") == "The sheet has G1.C1.1"
    with pytest.raises(ValidationError, match="You cannot publish this on your own."):
        approve_batch(returned, somebody)
    with pytest.raises(
        ValidationError,
        match="This batch has already been reverted",
    ):
        return_batch(batch, somebody, BACK)
    approve_batch(returned, factories.staff_member())
    assert {code: english(code) for code in CODES} == before
    assert statement("G1.C1.1").editor_note_en == "Of another"
    again = return_batch(returned, somebody, BACK)
    approve_batch(again, factories.staff_member())
    assert english("G1.C1.1") == "The sheet has G1.C1.1"


def test_what_changed_again_since_is_told_and_goes_back_too(batch):
    before = english("G1.C1.1")
    approve_batch(batch, factories.staff_member())
    published("G1.C1.1", text_en="Corrected since")
    assert changed_again(batch) == ["G1.C1.1"]
    returned = return_batch(batch, factories.staff_member(), BACK)
    approve_batch(returned, factories.staff_member())
    assert english("G1.C1.1") == before


def test_a_batch_that_waits_or_changes_nothing_is_not_returned(batch):
    somebody = factories.staff_member()
    with pytest.raises(
        ValidationError, match="Some proposals in this batch are still waiting."
    ):
        return_batch(batch, somebody, BACK)
    texts = {code: english(code) for code in CODES}
    approve_batch(batch, somebody)
    approve_batch(batch_of({c: {"text_en": t} for c, t in texts.items()}), somebody)
    with pytest.raises(ValidationError, match="as it was before"):
        return_batch(batch, somebody, BACK)


def test_drafts_that_a_batch_published_are_withdrawn_by_its_return():
    drafts = drafts_under_a_draft()
    batch = batch_of({one.code: {"state": "published"} for one in drafts})
    approve_batch(batch, factories.staff_member())
    returned = return_batch(batch, factories.staff_member(), BACK)
    approve_batch(returned, factories.staff_member())
    rows = Statement.objects.filter(pk__in=[one.pk for one in drafts])
    assert {row.state for row in rows} == {PublicationState.WITHDRAWN}


def test_what_was_withdrawn_along_comes_back_along():
    batch = batch_of({"G1.C1": {"state": "withdrawn"}})
    below = Statement.objects.filter(parent__code="G1.C1")
    approve_batch(batch, factories.staff_member())
    assert {one.state for one in below} == {PublicationState.WITHDRAWN}
    returned = return_batch(batch, factories.staff_member(), BACK)
    approve_batch(returned, factories.staff_member())
    assert {one.state for one in below.all()} == {PublicationState.PUBLISHED}
    assert statement("G1.C1").state == PublicationState.PUBLISHED


def test_who_may_not_decide_yet_decides_no_batch(batch):
    newcomer = member("publisher")
    newcomer.date_joined = timezone.now()
    newcomer.save()
    with pytest.raises(ValidationError):
        approve_batch(batch, newcomer)
    assert states(batch) == [ProposalState.IN_REVIEW] * 3
