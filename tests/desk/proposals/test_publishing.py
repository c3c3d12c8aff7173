"""From a proposal to the public page: nobody alone, and nothing lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from desk.models import Proposal, ProposalState
from desk.proposals.decide import approve, publish_due, send_back, take_back
from desk.proposals.record import Terms, proposing
from statements.models import (
    DataVersion,
    Event,
    Kind,
    Link,
    Paragraph,
    PublicationState,
    Revision,
    Statement,
    TranslationState,
)
from tests.support import factories
from tests.support.rows import everything, save, statement
from tests.support.staff import NOTE, approved, member, propose, published, signed_in

pytestmark = pytest.mark.django_db
DRAFT, IN_REVIEW = PublicationState.DRAFT, PublicationState.IN_REVIEW
PUBLISHED, WITHDRAWN = PublicationState.PUBLISHED, PublicationState.WITHDRAWN
SITEMAP = "/sitemap-statements-1.xml"


def a_draft(by, **fields) -> Statement:
    with proposing(by, NOTE):
        values = {"title_en": "", "state": DRAFT, **fields}
        heading = statement("2025.T1.1")
        made = factories.unsaved(Kind.TASK, heading, **values)
        made.document = heading.document
        made.save()
        Paragraph.objects.bulk_create([factories.paragraph_of(made)])
    return statement(made.code)


def test_a_proposal_leaves_everything_public_as_it_is():
    before = everything()
    proposal = propose("G1.C1.1", text_en="Another text")
    assert everything() == before
    assert proposal.state == ProposalState.IN_REVIEW
    assert proposal.changes == {"text_en": "Another text"}
    assert proposal.base == statement("G1.C1.1").revisions.first()


def test_what_another_person_approves_is_published_in_the_authors_name():
    author, version = factories.staff_member(), DataVersion.current().token
    proposal = propose("G1.C1.1", author, Terms(is_minor=True), text_en="Another text")
    changed = approved(proposal)
    assert changed.text_en == "Another text"
    assert proposal.state == ProposalState.PUBLISHED
    revision = changed.revisions.first()
    assert proposal.revision == revision
    assert (revision.by, revision.note_ko, revision.note_en) == (author, *NOTE)
    assert revision.is_minor
    assert DataVersion.current().token != version


def test_nobody_approves_their_own_proposal():
    author = factories.staff_member()
    author.is_superuser = True
    author.save()
    proposal = propose("G1.C1.1", author, text_en="X")
    with pytest.raises(ValidationError, match="Nobody publishes alone|혼자"):
        approve(proposal, author)
    assert statement("G1.C1.1").text_en != "X"
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(state=ProposalState.SCHEDULED, decided_by=author)


def test_a_decided_proposal_is_not_decided_again():
    proposal = propose("G1.C1.1", text_en="X")
    approved(proposal)
    for decide in (
        lambda: approve(proposal, factories.staff_member()),
        lambda: send_back(proposal, factories.staff_member(), "No"),
        lambda: take_back(proposal, proposal.author),
    ):
        with pytest.raises(ValidationError):
            decide()


def test_a_proposal_is_sent_back_with_a_reason_and_kept():
    proposal = propose("G1.C1.1", text_en="X")
    with pytest.raises(ValidationError):
        send_back(proposal, factories.staff_member(), " ")
    send_back(proposal, factories.staff_member(), "Not the glossary's word")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.RETURNED
    assert proposal.snapshot["text_en"] == "X"
    assert statement("G1.C1.1").text_en != "X"


def test_two_proposals_of_different_parts_are_both_published():
    one = propose("G1.C1.1", text_en="New English")
    other = propose("G1.C1.1", editor_note_ko="주", editor_note_en="A note")
    approved(one)
    changed = approved(other)
    assert (changed.text_en, changed.editor_note_en) == ("New English", "A note")


def test_two_proposals_of_the_same_part_both_survive_and_none_overwrites():
    one = propose("G1.C1.1", text_en="First text")
    other = propose("G1.C1.1", text_en="Second text")
    approved(one)
    other = Proposal.objects.get(pk=other.pk)
    assert other.conflicts == {"text_en": "Second text"}
    with pytest.raises(ValidationError):
        approve(other, factories.staff_member())
    assert statement("G1.C1.1").text_en == "First text"
    assert Proposal.objects.get(pk=other.pk).snapshot["text_en"] == "Second text"


def test_what_someone_left_as_they_saw_it_takes_nothing_back():
    seen = Revision.objects.newest_first()[0].pk
    text = statement("G1.C1.1").text_en
    published("G1.C1.1", text_en="Changed meanwhile")
    proposal = propose(
        "G1.C1.1", None, Terms(seen=seen), text_en=text, editor_note_en="Mine"
    )
    assert proposal.changes == {"editor_note_en": "Mine"}
    assert approved(proposal).text_en == "Changed meanwhile"


def test_an_approval_is_of_what_was_seen():
    proposal = propose("G1.C1.1", text_en="Another text")
    seen = statement("G1.C1.1").revisions.first().pk
    published("G1.C1.1", editor_note_en="Meanwhile")
    with pytest.raises(ValidationError):
        approve(proposal, factories.staff_member(), seen=seen)


def test_events_links_and_tags_are_proposed_and_published_too():
    event = Event.objects.filter(statement__code="G3.C2")[0]
    link = Link.objects.filter(later__code="G1.C1")[0]
    regions = list(statement("2024.A5.1").regions.all())
    with proposing(factories.staff_member(), NOTE) as proposed:
        save(event, tentative=True)
        save(link, state="confirmed")
        statement("2024.A5.1").regions.remove(regions[0])
        factories.event_of(statement("G2.O1")).save()
        Event.objects.filter(statement__code="2024.A1.3").delete()
    codes = [proposal.statement.code for proposal in proposed.proposals]
    assert codes == ["G1.C1", "G2.O1", "G3.C2", "2024.A1.3", "2024.A5.1"]
    event.refresh_from_db()
    assert not event.tentative
    assert list(statement("2024.A5.1").regions.all()) == regions
    for proposal in proposed.proposals:
        approved(proposal)
    event.refresh_from_db()
    link.refresh_from_db()
    assert (event.tentative, link.state) == (True, "confirmed")
    assert link.by == proposed.proposals[0].author
    assert statement("G2.O1").events.get().title_en == "Event G2.O1"
    assert list(statement("2024.A5.1").regions.all()) == regions[1:]
    assert not statement("2024.A1.3").events.exists()


def test_a_new_statement_is_a_draft_that_nobody_reads(client):
    author = factories.staff_member()
    draft = a_draft(author)
    for path in (
        f"/en/statements/{draft.code}/",
        f"/en/statements/{draft.code}/history/",
        f"/api/v1/statements/{draft.code}/",
    ):
        assert client.get(path).status_code == 404, path
    for path in (
        "/en/tasks/",
        "/en/statements.csv?kind=task",
        "/en/statements.atom?kind=task",
        "/en/data/",
        "/en/changes/",
        SITEMAP,
        f"/en/statements/?q={draft.code}",
    ):
        answer = client.get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        assert draft.text_ko not in content.decode(), path
        assert NOTE.en not in content.decode(), path


def test_a_draft_goes_by_review_to_the_public(client):
    author = factories.staff_member()
    draft = a_draft(author)
    with proposing(author, NOTE) as proposed:
        save(draft, text_en="In English", state=PUBLISHED)
    [proposal] = proposed.proposals
    draft.refresh_from_db()
    assert (draft.state, draft.text_en) == (IN_REVIEW, "In English")
    with pytest.raises(ValidationError):
        approve(proposal, author)
    assert approved(proposal).state == PUBLISHED
    assert client.get(f"/en/statements/{draft.code}/").status_code == 200


def test_who_wrote_a_draft_does_not_publish_it_under_anothers_name():
    author, other = factories.staff_member(), factories.staff_member()
    draft = a_draft(author)
    with proposing(other, NOTE) as proposed:
        save(draft, state=IN_REVIEW)
    with pytest.raises(ValidationError):
        approve(proposed.proposals[0], author)


def test_a_draft_sent_back_is_a_draft_again():
    draft = a_draft(factories.staff_member())
    with proposing(factories.staff_member(), NOTE) as proposed:
        save(draft, state=IN_REVIEW)
    send_back(proposed.proposals[0], factories.staff_member(), "Not yet")
    draft.refresh_from_db()
    assert draft.state == DRAFT


@pytest.mark.parametrize(
    ("code", "state"), [("G1.C1.1", DRAFT), ("G1.C1.1", IN_REVIEW), (None, WITHDRAWN)]
)
def test_no_step_is_skipped(code, state):
    by = factories.staff_member()
    one = statement(code) if code else a_draft(by)
    before = everything()
    with pytest.raises(ValidationError), proposing(by, NOTE):
        save(one, state=state)
    assert everything() == before


def test_what_is_new_is_never_public_at_once():
    with pytest.raises(ValidationError):
        a_draft(factories.staff_member(), state=PUBLISHED)


def test_a_withdrawn_statement_answers_410_with_its_last_text_and_the_reason(client):
    last = statement("G1.C1").text_en
    published("G1.C1", state=WITHDRAWN)
    answer = client.get("/en/statements/G1.C1/")
    assert answer.status_code == 410
    assert last[:40] in answer.content.decode()
    assert NOTE.en in answer.content.decode()
    assert NOTE.ko in client.get("/ko/statements/G1.C1/").content.decode()
    below = Statement.objects.filter(parent__code="G1.C1")
    assert {one.state for one in below} == {WITHDRAWN}
    for path in ("/en/goals/1/", "/en/statements.csv?kind=key-content", SITEMAP):
        answer = client.get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        assert "G1.C1/" not in content.decode().replace("G1.C1.", ""), path
    assert client.get("/api/v1/statements/G1.C1/").status_code in (404, 410)
    assert not Statement.objects.published().search("G1.C1").exists()


def test_a_withdrawn_goal_answers_410_at_its_own_address(client):
    published("G5", state=WITHDRAWN)
    assert client.get("/en/goals/5/", follow=True).status_code == 410
    assert client.get("/en/goals/5/compare/", follow=True).status_code in (404, 410)
    assert client.get("/en/goals/").status_code == 200


def test_what_stands_under_a_withdrawn_statement_is_not_published_before_it():
    published("G1.C1", state=WITHDRAWN)
    with pytest.raises(ValidationError):
        published("G1.C1.1", state=PUBLISHED)
    published("G1.C1", state=PUBLISHED)
    assert statement("G1.C1.1").state == PUBLISHED


def test_what_was_withdrawn_for_itself_stays_so_and_the_reviewer_is_told():
    published("G1.C1.1", state=WITHDRAWN)
    published("G1.C1", state=WITHDRAWN)
    proposal = propose("G1.C1", state=PUBLISHED)
    page = signed_in(member("publisher")).get(proposal.desk_url).content.decode()
    told_of = (
        page.index("Publishing of these statements stopped with it"),
        page.index("Publishing of these statements was stopped separately."),
    )
    assert told_of[0] < page.index("G1.C1.2", told_of[0]) < told_of[1]
    assert "G1.C1.1" in page[told_of[1] :]
    approved(proposal)
    assert statement("G1.C1.1").state == WITHDRAWN
    assert statement("G1.C1.2").state == PUBLISHED


def later(**delta) -> Terms:
    return Terms(publish_at=timezone.now() + timedelta(**delta))


def test_a_scheduled_change_waits_and_is_published_once(capsys):
    proposal = propose("G1.C1.1", None, later(hours=1), text_en="From tomorrow")
    approve(proposal, factories.staff_member())
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SCHEDULED
    call_command("publish_due")
    assert statement("G1.C1.1").text_en != "From tomorrow"
    Proposal.objects.update(publish_at=timezone.now())
    before = Revision.objects.count()
    call_command("publish_due")
    call_command("publish_due")
    assert statement("G1.C1.1").text_en == "From tomorrow"
    assert Revision.objects.count() == before + 1
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PUBLISHED
    assert "1" in capsys.readouterr().out


def test_a_scheduled_change_that_conflicts_goes_back_to_review():
    late = propose("G1.C1.1", None, later(hours=1), text_en="From tomorrow")
    approve(late, factories.staff_member())
    fine = propose("G1.C1.2", None, later(hours=1), text_en="Fine")
    approve(fine, factories.staff_member())
    published("G1.C1.1", text_en="Today")
    done, refused = publish_due(timezone.now() + timedelta(hours=2))
    assert (done, refused) == ([fine], [late])
    late.refresh_from_db()
    assert (late.state, late.decided_by) == (ProposalState.IN_REVIEW, None)
    assert late.reason
    assert statement("G1.C1.1").text_en == "Today"


def test_english_made_from_korean_that_has_changed_meanwhile_is_outdated():
    english = propose("G1.C1.1", text_en="A better translation")
    korean = propose("G1.C1.1", text_ko=statement("G1.C1.1").text_ko + " 추진")
    approved(korean)
    assert approved(english).translation_state == TranslationState.OUTDATED


def test_a_review_of_english_is_of_the_korean_that_was_seen():
    one = statement("G1.C1.1")
    one.review_english()
    fields = {"en_from": one.en_from, "en_reviewed": one.en_reviewed}
    review = propose("G1.C1.1", **fields)
    assert review.changes == {"en_reviewed": one.en_reviewed}
    assert approved(review).translation_state == TranslationState.REVIEWED
    published("G1.C1.1", text_ko=one.text_ko + " 추진")
    again = propose("G1.C1.1", **fields | {"editor_note_en": "Note"})
    assert approved(again).translation_state == TranslationState.OUTDATED
