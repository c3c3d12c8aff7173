"""An account, a right or a new password of the last day approves nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from desk.accounts.rights import begin_standing, may_decide, require_settled
from desk.models import ProposalState, Standing
from desk.proposals.decide import approve
from tests.support.staff import member, propose

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
ALMOST_A_DAY, A_DAY = timedelta(hours=23, minutes=50), timedelta(hours=24)


@pytest.mark.parametrize(("age", "may"), [(ALMOST_A_DAY, False), (A_DAY, True)])
def test_an_account_decides_a_day_after_it_was_made(age, may):
    publisher = member("publisher")
    publisher.date_joined = timezone.now() - age
    publisher.save()
    assert may_decide(publisher) is may


@pytest.mark.parametrize(("age", "may"), [(ALMOST_A_DAY, False), (A_DAY, True)])
def test_a_right_decides_a_day_after_it_was_given(age, may):
    publisher = member("publisher")
    begin_standing(publisher)
    Standing.objects.update(since=timezone.now() - age)
    assert may_decide(publisher) is may


def test_a_closed_account_decides_nothing():
    publisher = member("publisher")
    publisher.is_active = False
    publisher.save()
    assert not may_decide(publisher)


def test_a_young_publisher_approves_no_proposal():
    proposal, publisher = propose("G1.C1.1", text_en="X"), member("publisher")
    begin_standing(publisher)
    with pytest.raises(ValidationError, match="24"):
        approve(proposal, publisher)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW


@pytest.mark.parametrize(("language", "told"), [("ko", "24시간"), ("en", "24 hours")])
def test_the_refusal_is_told_in_both_languages(language, told):
    publisher = member("publisher")
    begin_standing(publisher)
    with translation.override(language), pytest.raises(ValidationError, match=told):
        require_settled(publisher)
