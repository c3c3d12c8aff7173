"""Events, figures, statuses and links are proposed one by one: any two can both be
approved, whoever proposed them and in whatever order; only the same fact clashes.
"""

from datetime import date
from itertools import permutations

import pytest
from django.core.exceptions import ValidationError

from desk.links.decisions import Decision, propose_decisions
from desk.models import Proposal, ProposalState
from desk.proposals.decide import approve
from desk.proposals.record import PLAIN, Terms, proposing
from desk.proposals.revert import return_to
from statements.fields import FACTS
from statements.history.restore import write_snapshot
from statements.history.snapshot import snapshots
from statements.models import Event, Link, LinkState, Revision, Status, StatusUpdate
from tests.support import factories
from tests.support.rows import save, statement
from tests.support.staff import NOTE, approved

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
CODE = "2025.T3.3.2.1"
OUTCOME = {"outcome_ko": "열림", "outcome_evidence": "https://example.org/"}
ORDERS = pytest.mark.parametrize("order", [*permutations(range(3))])


def people(*names: int):
    """Two people, each as often as they are named."""
    two = [factories.staff_member(), factories.staff_member()]
    return [two[name] for name in names]


def proposed(by, act, terms: Terms = PLAIN) -> Proposal:
    """What `act` changes, as a proposal of its own."""
    with proposing(by, NOTE, terms._replace(alone=True)) as outcome:
        act()
    [proposal] = outcome.proposals
    return proposal


def adding(title: str, **values):
    return lambda: save(factories.event_of(statement(CODE)), title_ko=title, **values)


def changing(fact, **values):
    return lambda: save(type(fact).objects.get(pk=fact.pk), **values)


def removing(fact):
    return lambda: type(fact).objects.get(pk=fact.pk).delete()


def events() -> list[Event]:
    return list(Event.objects.filter(statement__code=CODE).order_by("pk"))


def titles() -> list[str]:
    return sorted(event.title_ko for event in events())


def refused(proposal: Proposal) -> None:
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal.conflicts
    with pytest.raises(ValidationError):
        approve(proposal, factories.staff_member())


@ORDERS
def test_the_outcomes_of_three_events_of_one_task_are_all_approved(order):
    made = [
        proposed(by, changing(event, outcome_en=f"Held {event.pk}", **OUTCOME))
        for by, event in zip(people(0, 1, 0), events(), strict=True)
    ]
    keys = [event.pk for event in events()]
    for number in order:
        approved(Proposal.objects.get(pk=made[number].pk))
    assert [event.outcome_en for event in events()] == [f"Held {pk}" for pk in keys]


@ORDERS
def test_three_new_events_on_one_statement_are_all_approved(order):
    before = titles()
    made = [
        proposed(by, adding(title))
        for by, title in zip(people(0, 1, 0), "가나다", strict=True)
    ]
    for number in order:
        approved(Proposal.objects.get(pk=made[number].pk))
    assert titles() == sorted([*before, *"가나다"])


@pytest.mark.parametrize("first", [0, 1])
def test_two_links_with_one_later_statement_are_both_approved(first):
    """One is rejected where it stands, one is new: two people, in any order."""
    later = statement("G1.C3")
    standing = Link.objects.filter(later=later).first()
    new = statement("2024.A7.1")
    reason = ("까닭", "Reason")
    decisions = [
        Decision(later, standing.earlier, LinkState.CONFIRMED, *reason),
        Decision(later, new, LinkState.CONFIRMED, *reason),
    ]
    made = [
        propose_decisions(by, [decision]).proposals[0]
        for by, decision in zip(people(0, 1), decisions, strict=True)
    ]
    for proposal in (made[first], made[1 - first]):
        approved(Proposal.objects.get(pk=proposal.pk))
    confirmed = Link.objects.filter(later=later, state=LinkState.CONFIRMED)
    assert {link.earlier for link in confirmed} == {standing.earlier, new}


@pytest.mark.parametrize("first", [0, 1])
def test_one_changes_an_event_while_another_adds_and_a_third_removes(first):
    one, other, third = events()
    made = [
        proposed(factories.staff_member(), act)
        for act in (changing(one, place_ko="부산"), adding("새 행사"), removing(third))
    ]
    for proposal in made[first:] + made[:first]:
        approved(Proposal.objects.get(pk=proposal.pk))
    assert titles() == sorted([one.title_ko, other.title_ko, "새 행사"])
    assert Event.objects.get(pk=one.pk).place_ko == "부산"


CHANGE, OTHER_CHANGE = {"place_ko": "부산"}, {"place_ko": "대구"}


@pytest.mark.parametrize(
    ("first", "then"),
    [(None, CHANGE), (CHANGE, None), (CHANGE, OTHER_CHANGE)],
)
def test_what_one_removes_or_changes_and_another_changes_is_a_clash(first, then):
    fact = events()[0]
    early, late = (
        proposed(by, changing(fact, **values) if values else removing(fact))
        for by, values in zip(people(0, 1), (first, then), strict=True)
    )
    approved(early)
    refused(late)
    assert len(events()) == (2 if first is None else 3)


def test_what_two_remove_is_gone_and_no_clash():
    """The second has something else to say too."""
    one, other, third = events()

    def both():
        removing(one)()
        changing(other, place_ko="부산")()

    early = proposed(factories.staff_member(), removing(one))
    late = proposed(factories.staff_member(), both)
    approved(early)
    approved(Proposal.objects.get(pk=late.pk))
    assert titles() == sorted([other.title_ko, third.title_ko])


def back_to(revision: Revision) -> Proposal:
    [proposal] = return_to(revision, factories.staff_member(), NOTE).proposals
    return proposal


def test_the_same_fact_added_by_two_is_one_fact():
    before = titles()
    one, other = (proposed(by, adding("같은 행사")) for by in people(0, 1))
    approved(one)
    with pytest.raises(ValidationError, match="public already|이미 공개"):
        approve(Proposal.objects.get(pk=other.pk), factories.staff_member())
    assert titles() == sorted([*before, "같은 행사"])


def test_one_fact_told_in_two_ways_is_a_clash():
    one = proposed(factories.staff_member(), adding("같은 행사", place_ko="서울"))
    other = proposed(factories.staff_member(), adding("같은 행사", place_ko="부산"))
    approved(one)
    refused(other)


def test_two_statuses_are_both_approved_but_for_one_day():
    def recording(day: int, note: str):
        return lambda: StatusUpdate(
            statement=statement(CODE),
            status=Status.STARTED,
            as_of=date(2026, 1, day),
            note_ko=note,
            note_en=note,
            evidence="https://example.org/",
            by=factories.staff_member(),
        ).save()

    made = [
        proposed(by, recording(day, note))
        for by, day, note in zip(people(0, 1, 1), (1, 2, 1), "가나다", strict=True)
    ]
    approved(made[0])
    approved(made[1])
    refused(made[2])
    days = statement(CODE).statusupdates.values_list("as_of__day", "note_ko")
    assert set(days) == {(1, "가"), (2, "나")}


def test_one_pair_linked_by_two_is_a_clash_and_never_two_links():
    later, earlier = statement("G1.C3"), statement("2024.A7.1")

    def linking(reason: str):
        return lambda: Link(
            later=later,
            earlier=earlier,
            relation="same-subject",
            rationale_ko=reason,
            rationale_en=reason,
        ).save()

    one, other = (
        proposed(by, linking(reason))
        for by, reason in zip(people(0, 1), "가나", strict=True)
    )
    approved(one)
    refused(other)
    # Taken up again, the one of its author stands in the place of the other.
    links = Proposal.objects.get(pk=other.pk).merged.values["links"]
    reasons = [one["rationale_ko"] for one in links if one["earlier"] == earlier.code]
    assert reasons == ["나"]


def test_who_saw_an_older_revision_proposes_what_they_changed_alone():
    seen = Revision.objects.newest_first()[0].pk
    one, other, _third = events()
    approved(proposed(factories.staff_member(), changing(other, place_ko="대구")))
    approved(proposed(factories.staff_member(), adding("새 행사")))
    late = proposed(
        factories.staff_member(), changing(one, place_ko="부산"), Terms(seen=seen)
    )
    assert len(late.changes["events"]) == 3
    approved(late)
    places = dict(Event.objects.values_list("pk", "place_ko"))
    assert (places[one.pk], places[other.pk], len(events())) == ("부산", "대구", 4)


def test_a_fact_left_as_it_was_seen_takes_nothing_back():
    """The form had the place of then, and sends it along with another title."""
    seen = Revision.objects.newest_first()[0].pk
    one, other, _third = events()
    old = other.place_ko
    approved(proposed(factories.staff_member(), changing(other, place_ko="대구")))

    def both():
        changing(one, place_ko="부산")()
        changing(other, place_ko=old)()

    late = proposed(factories.staff_member(), both, Terms(seen=seen))
    approved(late)
    assert Event.objects.get(pk=other.pk).place_ko == "대구"


def test_returning_to_a_revision_brings_back_its_facts_and_leaves_no_other():
    first = statement(CODE).revisions.newest_first()[0]
    one, other, _third = events()
    approved(proposed(factories.staff_member(), removing(one)))
    approved(proposed(factories.staff_member(), changing(other, place_ko="대구")))
    approved(proposed(factories.staff_member(), adding("새 행사")))
    returned = back_to(first)
    # What comes meanwhile is nobody's to take away.
    approved(proposed(factories.staff_member(), adding("그 사이의 행사")))
    approved(Proposal.objects.get(pk=returned.pk))
    now = statement(CODE).revisions.newest_first()[0].snapshot["events"]
    assert [event for event in now if event["title_ko"] != "그 사이의 행사"] == (
        first.snapshot["events"]
    )
    assert Event.objects.get(pk=other.pk).place_ko == other.place_ko
    assert len(events()) == 4


def test_a_fact_removed_and_added_again_can_be_removed_once_more():
    one = events()[0]
    first = statement(CODE).revisions.newest_first()[0]
    gone = proposed(factories.staff_member(), removing(one))
    approved(proposed(factories.staff_member(), removing(one)))
    approved(back_to(first))
    assert not Proposal.objects.get(pk=gone.pk).conflicts
    approved(Proposal.objects.get(pk=gone.pk))
    assert one.title_ko not in titles()


def test_a_snapshot_from_before_there_were_such_facts_is_a_base_too():
    one = proposed(factories.staff_member(), adding("새 행사"))
    for snapshot in (one.base.snapshot, one.snapshot):
        del snapshot["figures"], snapshot["statusupdates"]
    one.base.save()
    one.save()
    approved(Proposal.objects.get(pk=one.pk))
    assert "새 행사" in titles()


def test_a_fact_that_is_changed_keeps_its_row_and_its_public_address():
    one, other, third = events()
    values = snapshots([one.statement_id])[one.statement_id]["events"]
    wanted = [fact for fact in values if fact["title_ko"] != one.title_ko]
    [changed] = [fact for fact in wanted if fact["title_ko"] == third.title_ko]
    changed["start"], changed["place_ko"] = "2025-07-01", "부산"
    with factories.an_open_gate():
        write_snapshot(statement(CODE), {"events": wanted[::-1]}, None)
    assert [event.pk for event in events()] == [other.pk, third.pk]
    assert Event.objects.get(pk=third.pk).place_ko == "부산"


@pytest.mark.parametrize("name", FACTS)
def test_every_kind_of_fact_says_by_what_it_is_known(name):
    row = FACTS[name]
    parts = {*row.parts, *row.filled, "earlier"}
    assert row.known_by and {*row.known_by} <= parts
    assert row.same_where and {*row.same_where} <= {*row.known_by}


def test_facts_approved_at_a_set_time_meet_what_was_published_meanwhile():
    one = proposed(factories.staff_member(), adding("예약한 행사"))
    approved(proposed(factories.staff_member(), adding("먼저 공개한 행사")))
    approve(one, factories.staff_member())
    one.refresh_from_db()
    assert one.state == ProposalState.PUBLISHED
    assert {"예약한 행사", "먼저 공개한 행사"} <= {*titles()}
