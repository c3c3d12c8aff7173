"""Several proposals are looked at on one page and approved together, or none."""

import pytest
from django.urls import reverse

from desk.models import Proposal, ProposalState
from desk.proposals.decide import take_back
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
    assert looked_at(client, own).context["looked"] == []
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
    assert f"#{other.pk}: This proposal has been decided already." in page
    assert statement("G1.C1.1").text_en != "First text"


def test_two_who_propose_the_same_are_not_both_published():
    client = signed_in(member("publisher"))
    one = propose("G1.C1.1", text_en="The same text")
    other = propose("G1.C1.1", text_en="The same text")
    approved(one)
    url = reverse("admin:desk_proposal_change", args=[other.pk])
    seen = client.get(url).context["form"]["seen"].value()
    answer = client.post(url, {"seen": seen, "decision": "approve"})
    assert "it is public already" in told(answer)
    assert Proposal.objects.get(pk=other.pk).state == ProposalState.IN_REVIEW
