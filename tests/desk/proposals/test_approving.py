"""Several proposals are looked at on one page and approved together, or none."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.models import Proposal, ProposalState
from desk.proposals import review_admin
from desk.proposals.decide import approve_together, take_back
from tests.support import factories
from tests.support.counting_queries import queries
from tests.support.rows import statement
from tests.support.staff import (
    approved,
    member,
    propose,
    published,
    signed_in,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LIST = reverse("admin:desk_proposal_changelist")


def looked_at(client, *proposals: Proposal):
    """The page that the action of the list leads to."""
    values = {"action": "look_at_chosen", "_selected_action": [p.pk for p in proposals]}
    return client.post(LIST, values, follow=True)


def ticked(answer) -> list[str]:
    return [f"{one.proposal.pk}-{one.seen}" for one in answer.context["looked"]]


def address(*proposals: Proposal) -> str:
    query = "&".join(f"proposal={one.pk}" for one in proposals)
    return f"{reverse('staff:approving')}?{query}"


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "승인했습니다"), ("en", "approved")]
)
def test_the_chosen_are_shown_with_their_changes_and_approved(language, words):
    client = signed_in(member("publisher"), language)
    one = propose("G1.C1.1", text_en="First text")
    other = propose("G1.C1.2", text_en="Second text")
    answer = looked_at(client, one, other)
    page = answer.content.decode()
    assert "First" in page and "Second" in page
    answer = client.post(address(one, other), {"approve": ticked(answer)}, follow=True)
    assert words in answer.content.decode()
    assert statement("G1.C1.1").text_en == "First text"
    assert statement("G1.C1.2").text_en == "Second text"


def test_what_is_not_ticked_waits_on():
    client = signed_in(member("publisher"))
    one = propose("G1.C1.1", text_en="First text")
    other = propose("G1.C1.2", text_en="Second text")
    first, _second = ticked(looked_at(client, one, other))
    client.post(address(one, other), {"approve": [first]})
    states = Proposal.objects.in_bulk([one.pk, other.pk])
    assert states[one.pk].state == ProposalState.PUBLISHED
    assert states[other.pk].state == ProposalState.IN_REVIEW


def test_none_is_approved_where_one_cannot_be():
    client = signed_in(member("publisher"))
    one = propose("G1.C1.1", text_en="First text")
    other = propose("G1.C1.2", text_en="Second text")
    seen = ticked(looked_at(client, one, other))
    published("G1.C1.2", editor_note_ko="주", editor_note_en="Meanwhile")
    answer = client.post(address(one, other), {"approve": seen}, follow=True)
    page = answer.content.decode()
    assert "Nothing was approved." in page
    assert f"G1.C1.2 #{other.pk}" in page
    assert statement("G1.C1.1").text_en != "First text"


def test_own_proposals_and_wrong_addresses_are_not_shown():
    publisher = member("publisher", "editor")
    client = signed_in(publisher)
    own = propose("G1.C1.1", publisher, text_en="Mine")
    page = looked_at(client, own)
    assert page.context["looked"] == []
    assert [one for one, _reason in page.context["left_out"]] == [own]
    client.post(address(own), {"approve": [f"{own.pk}-1", "x-y", "9"]})
    assert Proposal.objects.get(pk=own.pk).state == ProposalState.IN_REVIEW
    assert client.get(f"{reverse('staff:approving')}?proposal=x").status_code == 200


def test_two_parts_of_one_statement_are_approved_together():
    client = signed_in(member("publisher"))
    one = propose("G1.C1.1", text_en="First text")
    other = propose("G1.C1.1", editor_note_ko="주", editor_note_en="A note")
    seen = ticked(looked_at(client, one, other))
    client.post(address(one, other), {"approve": seen})
    changed = statement("G1.C1.1")
    assert (changed.text_en, changed.editor_note_en) == ("First text", "A note")


def test_what_was_decided_meanwhile_is_named_and_nothing_approved():
    client = signed_in(member("publisher"))
    one = propose("G1.C1.1", text_en="First text")
    other = propose("G1.C1.2", text_en="Second text")
    seen = ticked(looked_at(client, one, other))
    take_back(other, other.author)
    answer = client.post(address(one, other), {"approve": seen}, follow=True)
    page = answer.content.decode()
    assert "Nothing was approved." in page
    assert f"#{other.pk}: This proposal has already been decided." in page
    assert statement("G1.C1.1").text_en != "First text"


def test_two_who_propose_the_same_are_not_both_published():
    client = signed_in(member("publisher"))
    one = propose("G1.C1.1", text_en="The same text")
    other = propose("G1.C1.1", text_en="The same text")
    approved(one)
    url = reverse("admin:desk_proposal_change", args=[other.pk])
    seen = client.get(url).context["form"]["seen"].value()
    answer = client.post(url, {"seen": seen, "decision": "approve"})
    assert (
        "Someone else has submitted the same change, and it is already public."
        in told(answer)
    )
    assert Proposal.objects.get(pk=other.pk).state == ProposalState.IN_REVIEW


def test_what_cannot_be_approved_is_counted_with_its_reason_and_the_rest_approved():
    publisher = member("publisher", "editor")
    client = signed_in(publisher)
    with factories.an_open_gate():
        heading = factories.statement("heading", state="draft")
        task = factories.statement("task", heading, state="draft")
    good = propose("G1.C1.1", text_en="First text")
    same = propose("G1.C1.1", text_en="Another text")
    old = propose("G1.C1.2", text_en="Second text")
    published("G1.C1.2", text_en="Meanwhile")
    gone, later = propose("G1.C2.1", text_en="X"), propose("G1.C2.2", text_en="Y")
    take_back(gone, gone.author)
    soon = timezone.now() + timedelta(days=1)
    approve_together(factories.staff_member(), [later], publish_at=soon)
    below = propose(task.code, state="published")
    own = propose("G1.C1.3", publisher, text_en="Mine")
    every = [good, same, old, gone, later, below, own]
    page = looked_at(client, *every)
    reasons = {one.pk: str(why) for one, why in page.context["left_out"]}
    assert [one.proposal for one in page.context["looked"]] == [good]
    assert len(reasons) == 6
    for one, words in (
        (same, "Another selected proposal changes the same part of the statement."),
        (old, "has changed since"),
        (gone, "already been decided"),
        (later, "It is already approved and will be published at its scheduled time."),
        (below, f"First publish its parent statement: {heading.code}"),
        (own, "You cannot publish this on your own."),
    ):
        assert words in reasons[one.pk]
    assert "6 proposals are left out" in page.content.decode()
    client.post(address(*every), {"approve": ticked(page)})
    assert statement("G1.C1.1").text_en == "First text"


def test_the_list_marks_what_cannot_be_approved_for_those_who_approve():
    publisher = member("publisher", "editor")
    own = propose("G1.C1.1", publisher, text_en="Mine")
    other = propose("G1.C1.1", text_en="Of another")
    listed = signed_in(publisher).get(LIST).context["cl"].result_list
    marks = {one.pk: str(one.obstacle) for one in listed}
    assert "You cannot publish this on your own." in marks[own.pk]
    assert marks[other.pk] == ""
    page = signed_in(member("editor")).get(LIST).content.decode()
    assert "Why it cannot be approved" not in page


def test_the_list_takes_as_many_queries_for_many_proposals():
    client = signed_in(member("publisher"))
    propose("G1.C1.1", text_en="One")
    few = queries(client, LIST)
    for code in ("G1.C1.1", "G1.C1.2", "G1.C2.1", "G1.C2.2"):
        propose(code, text_en=f"Text of {code}")
    assert queries(client, LIST) <= few


def test_more_than_fit_on_one_page_are_left_out_and_counted(monkeypatch):
    monkeypatch.setattr(review_admin, "MOST_AT_ONCE", 1)
    client = signed_in(member("publisher"))
    made = [propose(code, text_en="X") for code in ("G1.C1.1", "G1.C1.2")]
    page = looked_at(client, *made)
    assert [one.proposal for one in page.context["looked"]] == made[:1]
    assert "1 of the selected proposals was left out" in page.content.decode()
