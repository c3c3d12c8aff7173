"""The writers' lock: what cannot wait is told so, and nothing is half done."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone
from psycopg import errors

from desk.models import Proposal, ProposalState
from desk.proposals.decide import approve
from desk.proposals.record import Terms
from statements.gate import gate
from statements.models import DataVersion, Revision
from statements.write_lock import Busy, write_lock
from tests.support import factories
from tests.support.rows import save, statement
from tests.support.staff import NOTE, member, propose, signed_in, told

pytestmark = pytest.mark.django_db
AS_POSTGRESQL_SAYS = [
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.QueryCanceled,
]


def fail_as(said: type[Exception]) -> None:
    raise OperationalError("no") from said("no")


@pytest.mark.parametrize("said", AS_POSTGRESQL_SAYS)
def test_what_the_database_breaks_off_is_told_as_busy(said):
    with pytest.raises(Busy) as busy, gate(None, NOTE):
        save(statement("G1.C1.1"), text_en="Half done")
        fail_as(said)
    assert isinstance(busy.value, ValidationError)
    assert isinstance(busy.value, OperationalError)
    assert statement("G1.C1.1").text_en != "Half done"


def test_sqlite_gives_up_waiting_in_its_own_words():
    with pytest.raises(Busy), write_lock():
        raise OperationalError("database is locked")


@pytest.mark.parametrize("error", [OperationalError("disk full"), RuntimeError()])
def test_another_error_stays_what_it_is(error):
    with pytest.raises(type(error)) as raised, write_lock():
        raise error
    assert raised.value is error


@pytest.fixture
def locked_by_others(monkeypatch):
    monkeypatch.setattr(DataVersion, "lock", lambda: fail_as(errors.LockNotAvailable))


@pytest.mark.any_engine
def test_a_reviewer_is_told_to_send_it_again(request):
    proposal = propose("G1.C1.1", text_en="Waits on")
    client = signed_in(member("publisher"))
    url = reverse("admin:desk_proposal_change", args=[proposal.pk])
    seen = client.get(url).context["form"]["seen"].value()
    request.getfixturevalue("locked_by_others")
    answer = client.post(url, {"seen": seen, "decision": "approve"})
    assert answer.status_code == 302
    assert "The database is busy, and your changes were not saved." in told(answer)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW


def test_a_publication_that_cannot_wait_stays_for_the_next_run(
    request, capsys, monkeypatch
):
    late = timezone.now() + timedelta(hours=1)
    proposal = propose("G1.C1.1", None, Terms(publish_at=late), text_en="In time")
    approve(proposal, factories.staff_member())
    monkeypatch.setattr(timezone, "now", lambda: late)
    with monkeypatch.context() as others:
        others.setattr(DataVersion, "lock", lambda: fail_as(errors.DeadlockDetected))
        call_command("publish_due")
    assert f"#{proposal.pk}" in capsys.readouterr().err
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.SCHEDULED
    call_command("publish_due")
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.PUBLISHED


def test_every_gate_takes_the_lock_before_it_is_read_in(is_postgresql):
    """Of whoever waits, the next one reads what the last one left."""
    statements_of = []
    wrapper = connection.execute_wrapper(
        lambda execute, sql, *rest: (statements_of.append(sql), execute(sql, *rest))[1]
    )
    with wrapper, gate(None, NOTE):
        Revision.objects.exists()
    first = next(sql for sql in statements_of if sql.startswith("SELECT"))
    assert "statements_dataversion" in first
    assert ("FOR UPDATE" in first) == is_postgresql
