"""A draft that is approved for its time goes out as it was read, or not at all."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from desk.bulk.jobs import Job, newest_revisions
from desk.bulk.preview import carry_out
from desk.links.decisions import Decision, propose_decisions
from desk.models import Batch, BatchKind, Proposal, ProposalState
from desk.proposals.decide import approve, approve_together, publish_due
from desk.proposals.record import Terms, proposing
from desk.proposals.revert import return_to
from desk.translations.editor import propose_review
from desk.translations.queue import translatable
from desk.translations.xliff.document import mark_of
from desk.translations.xliff.unit import Unit
from desk.translations.xliff.upload import preview_units, propose_changes
from statements.gate import gate
from statements.history.restore import write_snapshot
from statements.history.snapshot import snapshots
from statements.models import Event, Kind, LinkState, Paragraph, Revision, Statement
from tests.support import factories
from tests.support.desk.admin_forms import change_page, edit
from tests.support.rows import save, statement
from tests.support.staff import NOTE, member, propose, signed_in, told

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=1)
EARLIER = "2024.A5.1"


@pytest.fixture
def author():
    return member("editor")


@pytest.fixture
def draft(author) -> Statement:
    """With an event and a second revision, as most drafts have."""
    with proposing(author, NOTE):
        heading = statement("2025.T1.1")
        made = factories.unsaved(Kind.TASK, heading, state="draft")
        made.document = heading.document
        made.save()
        Paragraph.objects.bulk_create([factories.paragraph_of(made)])
        factories.event_of(made).save()
    with proposing(author, NOTE):
        save(made, text_en="A second title")
    return statement(made.code)


def scheduled(draft, author) -> Proposal:
    """Its publication in an hour, as somebody else has approved it."""
    terms = Terms(publish_at=timezone.now() + SOON)
    with proposing(author, NOTE, terms) as proposed:
        save(statement(draft.code), state="published")
    [proposal] = proposed.proposals
    approve(proposal, factories.staff_member())
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SCHEDULED
    return proposal


def after_its_time():
    return publish_due(timezone.now() + 2 * SOON)


def writing(**values):
    def write(draft, by):
        with proposing(by, NOTE):
            write_snapshot(statement(draft.code), values, by)

    return write


def by_form(draft, by):
    answer = edit(signed_in(by), change_page(draft), text_en="By a form")
    assert answer.status_code == 302


def by_form_of_an_event(draft, by):
    page = change_page(draft.events.get(), "event")
    assert edit(signed_in(by), page, title_en="By a form").status_code == 302


def without_its_event(draft, by):
    with proposing(by, NOTE):
        Event.objects.get(statement=draft).delete()


def by_sheet(draft, by):
    job_of(draft, by, text_ko="표에서", text_en="By a sheet")


def by_new_order(draft, by):
    job_of(draft, by, position=draft.position + 1)


def job_of(draft, by, **values):
    seen = newest_revisions([draft.pk])
    carry_out(Job("/", {draft.pk: values}, seen, BatchKind.SHEET), by, NOTE)


def by_xliff(draft, by):
    one = translatable().get(pk=draft.pk)
    english = "Of a tool"
    korean, mark = one.korean_fingerprint, mark_of(one.text_en)
    unit = Unit(1, one.code, "text", korean, mark, one.text_ko, english)
    changes = preview_units([unit]).changes
    seen = Revision.objects.newest_first()[0].pk
    propose_changes(changes, by, NOTE, Terms(seen=seen), False)


def by_review(draft, by):
    seen = Revision.objects.newest_first()[0].pk
    propose_review([translatable().get(pk=draft.pk)], by, Terms(seen=seen), NOTE)


def by_link(draft, by):
    decision = Decision(draft, statement(EARLIER), LinkState.CONFIRMED, "까닭", "Why")
    propose_decisions(by, [decision])


def by_return(draft, by):
    return_to(draft.revisions.earliest("pk"), by, NOTE)


def at_the_shell(draft, by):
    with gate(by, NOTE):
        save(statement(draft.code), text_en="At the shell")


CHANGES = {
    "text in Korean": writing(text_ko="고친 제목"),
    "text in English": writing(text_en="Another title"),
    "editor's note": writing(editor_note_ko="주", editor_note_en="Note"),
    "tags": writing(themes=[], regions=["africa"]),
    "organisations": writing(organisations=["oka"]),
    "place": writing(position=77),
    "status": writing(
        statusupdates=[
            {
                "status": "under-way",
                "as_of": "2026-01-01",
                "note_ko": "주",
                "note_en": "Note",
                "evidence": "https://example.org/",
            }
        ]
    ),
    "event by its form": by_form_of_an_event,
    "event that goes": without_its_event,
    "form": by_form,
    "sheet": by_sheet,
    "new order": by_new_order,
    "XLIFF": by_xliff,
    "review of English": by_review,
    "link": by_link,
    "return": by_return,
    "shell": at_the_shell,
}


@pytest.mark.parametrize("is_author", [True, False])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_nobody_has_read_does_not_go_out(draft, author, change, is_author):
    proposal = scheduled(draft, author)
    read = snapshots([draft.pk])
    change(statement(draft.code), author if is_author else member("editor"))
    assert snapshots([draft.pk]) != read
    published, _refused = after_its_time()
    assert published == []
    assert statement(draft.code).state != "published"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (ProposalState.IN_REVIEW, None)
    assert proposal.reason


def test_as_it_was_read_it_goes_out(draft, author):
    proposal = scheduled(draft, author)
    assert after_its_time() == ([proposal], [])
    assert statement(draft.code).state == "published"


def test_who_approves_does_not_write_after_that(draft, author):
    terms = Terms(publish_at=timezone.now() + SOON)
    with proposing(author, NOTE, terms) as proposed:
        save(statement(draft.code), state="published")
    publisher = member("editor", "publisher")
    approve(proposed.proposals[0], publisher)
    by_form(draft, publisher)
    assert after_its_time()[0] == []


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "승인된 뒤에"), ("en", "since this was approved")]
)
def test_it_waits_at_once_and_says_why(draft, author, language, words):
    """Not only at its time, which somebody may count on."""
    proposal = scheduled(draft, author)
    with translation.override(language):
        by_sheet(draft, author)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW
    client = signed_in(member("publisher"), language)
    for page in ("/admin/", proposal.desk_url):
        assert words in client.get(page).content.decode(), page


def test_who_changes_it_is_told_what_that_undoes(draft, author):
    scheduled(draft, author)
    answer = edit(signed_in(author), change_page(draft), text_en="Unread")
    assert "is waiting for review again" in told(answer)


def test_it_is_approved_again_by_one_who_wrote_none_of_it(draft, author):
    proposal = scheduled(draft, author)
    writing(text_en="Better")(draft, member("editor"))
    proposal.refresh_from_db()
    approve(proposal, factories.staff_member())
    assert after_its_time() == ([proposal], [])
    assert statement(draft.code).text_en == "Better"


def test_a_batch_waits_whole(draft, author):
    first = scheduled(draft, author)
    terms = Terms(publish_at=first.publish_at)
    other = propose("G1.C1.1", author, terms, text_en="Of the batch")
    approve(other, factories.staff_member())
    batch = Batch.objects.create(kind=BatchKind.SHEET, author=author)
    Proposal.objects.filter(pk__in=[first.pk, other.pk]).update(batch=batch)
    writing(text_en="Unread")(draft, author)
    assert after_its_time()[0] == []
    states = set(batch.proposals.values_list("state", flat=True))
    assert states == {ProposalState.IN_REVIEW}
    assert statement("G1.C1.1").text_en != "Of the batch"


def test_a_draft_and_its_correction_are_approved_as_one(draft, author):
    """What one decision has read together goes out together."""
    when = Terms(publish_at=timezone.now() + SOON)
    seen = Revision.objects.newest_first()[0].pk
    writing(text_en="Changed since")(draft, author)
    terms = when._replace(seen=seen, alone=True)
    correction = propose(draft.code, member("editor"), terms, text_en="Mine")
    with proposing(author, NOTE, when) as proposed:
        save(statement(draft.code), state="published")
    by = factories.staff_member()
    writing(text_en="A second title")(draft, author)
    approve_together(by, [correction, *proposed.proposals])
    assert len(after_its_time()[0]) == 2
    assert statement(draft.code).text_en == "Mine"


@pytest.mark.parametrize(
    "values", [{"text_en": "From tomorrow"}, {"state": "withdrawn"}]
)
def test_of_what_is_public_each_change_was_read(author, values):
    """Two approved changes of one public statement are not in each other's way."""
    terms = Terms(publish_at=timezone.now() + SOON)
    late = propose("G1.C1.1", author, terms, **values)
    approve(late, factories.staff_member())
    other = propose("G1.C1.1", editor_note_ko="주", editor_note_en="Note")
    approve(other, factories.staff_member())
    assert after_its_time() == ([late], [])


def test_of_what_is_public_nothing_unread_goes_along(author):
    """What is only proposed stays where it is."""
    terms = Terms(publish_at=timezone.now() + SOON)
    late = propose("G1.C1.1", author, terms, text_en="From tomorrow")
    approve(late, factories.staff_member())
    page = change_page(statement("G1.C1.1"))
    edit(signed_in(author), page, text_en="Unread", publish_at="")
    assert after_its_time() == ([late], [])
    assert statement("G1.C1.1").text_en == "From tomorrow"


def test_a_withdrawn_statement_comes_back_as_it_was_read(author):
    approve(propose("G1.C1", state="withdrawn"), factories.staff_member())
    back = propose(
        "G1.C1", author, Terms(publish_at=timezone.now() + SOON), state="published"
    )
    approve(back, factories.staff_member())
    waiting = propose("G1.C1.1", author, text_en="Unread")
    assert after_its_time() == ([back], [])
    assert statement("G1.C1.1").state == "published"
    assert statement("G1.C1.1").text_en != "Unread"
    assert Proposal.objects.get(pk=waiting.pk).state == ProposalState.IN_REVIEW
