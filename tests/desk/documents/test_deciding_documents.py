"""A whole document is approved by one decision of somebody who wrote none of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from desk.documents.decide import (
    approve_request,
    request_act,
    seen_now,
    send_request_back,
    take_request_back,
)
from desk.models import DocumentAct, DocumentRequest
from desk.proposals.decide import approve
from desk.proposals.record import proposing
from statements.gate import gate
from statements.models import DataVersion, Document, Revision
from statements.search.entries import SearchEntry
from tests.support import rows
from tests.support.documents.drafts import draft_document
from tests.support.factories import staff_member
from tests.support.staff import NOTE, approved, propose

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_engine,
    pytest.mark.usefixtures("in_english"),
]


@pytest.fixture
def author():
    return staff_member()


@pytest.fixture
def document(author) -> Document:
    return draft_document(3, author)


def asked(document, by=None, act=DocumentAct.PUBLISH, **terms) -> DocumentRequest:
    return request_act(document, act, by or staff_member(), NOTE, **terms)


def approve_now(request, by=None) -> None:
    approve_request(request, by or staff_member(), seen_now(request))


def done(document, act) -> None:
    approve_now(asked(document, act=act))


def states(document) -> set[str]:
    return set(document.statements.order_by().values_list("state", flat=True))


def test_one_decision_publishes_all_drafts(document, client):
    request = asked(document)
    address = f"/en/sources/{document.slug}/"
    assert client.get(address).status_code == 404
    before = DataVersion.current().token
    approve_now(request)
    request.refresh_from_db()
    assert (request.state, states(document)) == ("published", {"published"})
    assert DataVersion.current().token != before
    assert client.get(address).status_code == 200
    for statement in document.statements.all():
        [last] = statement.revisions.newest_first()[:1]
        assert (last.by, last.note_en) == (request.author, NOTE.en)
        assert last.is_shown
        assert SearchEntry.objects.filter(statement_id=statement.pk).exists()


def test_neither_who_asked_nor_who_wrote_a_part_approves(document, author):
    request = asked(document)
    for person in (request.author, author):
        with pytest.raises(ValidationError):
            approve_now(request, person)
    editor = staff_member()
    one = document.statements.last()
    with proposing(editor, NOTE):
        rows.save(one, text_en="Edited by one more")
    with pytest.raises(
        ValidationError, match="You wrote part of the text that is not yet public."
    ):
        approve_now(request, editor)
    assert states(document) == {"draft"}


@pytest.fixture
def describer(document):
    describer = staff_member()
    with gate(describer, NOTE):
        rows.save(document, contains_en="Said otherwise")
    return describer


def test_who_described_a_new_document_does_not_approve_it(document, describer):
    with pytest.raises(
        ValidationError, match="You wrote part of the text that is not yet public."
    ):
        approve_now(asked(document), describer)


def test_nor_its_first_statement_by_itself(document, describer):
    """It makes the facts of the document public; the next finds them known."""
    first, second = document.statements.in_outline_order()[:2]
    proposal = propose(first.code, state="published")
    with pytest.raises(ValidationError, match="You cannot publish this on your own."):
        approve(proposal, describer)
    approve(proposal, staff_member())
    approve(propose(second.code, state="published"), describer)


def test_the_decision_is_of_what_was_looked_at(document):
    request = asked(document)
    seen = seen_now(request)
    with proposing(staff_member(), NOTE):
        rows.save(document.statements.last(), text_en="Changed meanwhile")
    with pytest.raises(ValidationError, match="Please check it again"):
        approve_request(request, staff_member(), seen)
    assert states(document) == {"draft"}


def test_a_draft_with_a_proposal_of_its_own_is_decided_first(document):
    one = document.statements.in_outline_order().first()
    with proposing(staff_member(), NOTE) as proposed:
        rows.save(one, state="published")
    with pytest.raises(ValidationError, match=one.code):
        asked(document)
    approved(proposed.proposals[0] if proposed.proposals else one.proposals.get())
    done(document, DocumentAct.PUBLISH)
    assert states(document) == {"published"}


def test_all_is_sent_back_with_one_reason_and_can_be_asked_for_anew(document):
    request = asked(document)
    with pytest.raises(ValidationError):
        send_request_back(request, staff_member(), " ")
    send_request_back(request, staff_member(), "Two titles are missing")
    request.refresh_from_db()
    assert (request.state, request.reason) == ("returned", "Two titles are missing")
    assert states(document) == {"draft"}
    again = asked(document)
    take_request_back(again, again.author)
    with pytest.raises(ValidationError):
        approve_now(again)


def test_one_request_waits_for_a_document_at_a_time(document):
    asked(document)
    with pytest.raises(
        ValidationError,
        match="A proposal for this document is already waiting for a decision.",
    ):
        asked(document)


def test_it_is_published_at_its_time(document, clock):
    request = asked(document, publish_at=timezone.now() + timedelta(days=2))
    approve_now(request)
    assert states(document) == {"draft"}
    clock.set(days=3)
    call_command("publish_due")
    assert states(document) == {"published"}
    count = Revision.objects.count()
    call_command("publish_due")
    assert Revision.objects.count() == count


def test_at_its_time_nothing_goes_out_that_nobody_approved(document, clock):
    request = asked(document, publish_at=timezone.now() + timedelta(days=2))
    approve_now(request)
    with proposing(staff_member(), NOTE):
        rows.save(document.statements.last(), text_en="Changed since")
    clock.set(days=3)
    call_command("publish_due")
    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("in-review", None)
    assert "since this was approved" in request.reason
    assert states(document) == {"draft"}


def test_what_cannot_be_published_leaves_all_as_it_was(document):
    """A statement without a source is never public, and nothing of its document is."""
    one = document.statements.last()
    document.paragraphs.filter(statement=one)._raw_delete("default")
    request = asked(document)
    with pytest.raises(ValidationError, match=one.code):
        approve_now(request)
    request.refresh_from_db()
    assert (request.state, states(document)) == ("in-review", {"draft"})


def test_a_document_is_withdrawn_whole_and_comes_back_as_it_went(document, client):
    done(document, DocumentAct.PUBLISH)
    lonely = document.statements.last()
    propose(lonely.code, state="withdrawn")
    approved(lonely.proposals.get())
    done(document, DocumentAct.WITHDRAW)
    assert states(document) == {"withdrawn"}
    address = f"/en/sources/{document.slug}/"
    assert client.get(address).status_code == 410
    assert document.slug not in client.get("/en/sources/").content.decode()
    one = document.statements.first()
    page = client.get(one.get_absolute_url())
    assert page.status_code == 410 and one.title_en in page.content.decode()
    done(document, DocumentAct.RETURN)
    lonely.refresh_from_db()
    assert lonely.state == "withdrawn"
    assert document.statements.published().count() == document.statements.count() - 1


def test_nothing_is_left_public_under_a_withdrawn_part(document):
    done(document, DocumentAct.PUBLISH)
    part = document.statements.in_outline_order().first()
    approved(propose(part.code, state="withdrawn"))
    assert states(document) == {"withdrawn"}
    with pytest.raises(ValidationError, match="First publish"):
        approved(propose(document.statements.last().code, state="published"))


def test_a_parent_takes_along_what_was_withdrawn_with_it(document):
    done(document, DocumentAct.PUBLISH)
    part = document.statements.in_outline_order().first()
    alone = document.statements.in_outline_order().last()
    approved(propose(alone.code, state="withdrawn"))
    approved(propose(part.code, state="withdrawn"))
    approved(propose(part.code, state="published"))
    alone.refresh_from_db()
    assert alone.state == "withdrawn"
    assert set(
        document.statements.exclude(pk=alone.pk).values_list("state", flat=True)
    ) == {"published"}
