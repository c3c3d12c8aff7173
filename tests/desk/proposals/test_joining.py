"""What an author changes further joins what waits for review: one proposal, not two."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from desk.models import Proposal, ProposalState
from desk.proposals.decide import approve, send_back
from desk.proposals.further.joined import joined_note
from desk.proposals.record import PLAIN, Terms, proposing
from desk.translations.editor import EnglishForm, propose_english
from statements.gate import Note
from statements.models import Event
from tests.support import factories
from tests.support.desk.admin_forms import WHY, change_page, edit, form_values
from tests.support.rows import save, statement
from tests.support.staff import NOTE, approved, member, published, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
CODE = "2025.T3.3.2.1"


def change(by, note: Note = NOTE, terms: Terms = PLAIN, **values):
    with proposing(by, note, terms) as proposed:
        save(statement(CODE), **values)
    return proposed


def add_event(by, title: str, note: Note = NOTE):
    with proposing(by, note) as proposed:
        save(factories.event_of(statement(CODE)), title_ko=title)
    return proposed


def test_a_text_and_two_events_of_one_author_are_one_proposal():
    author = factories.staff_member()
    [first] = change(author, text_en="Another text").proposals
    assert add_event(author, "가").joined == [first]
    assert add_event(author, "나").joined == [first]
    proposal = Proposal.objects.get()
    assert (proposal.joined, proposal.changes.keys()) == (2, {"text_en", "events"})
    changed = approved(proposal)
    titles = {event.title_ko for event in changed.events.all()}
    assert changed.text_en == "Another text"
    assert titles > {"가", "나"} and len(titles) == 5


def test_both_notes_are_the_note():
    author = factories.staff_member()
    change(author, text_en="Another text")
    add_event(author, "가", Note(ko="행사를 더함", en="Added an event"))
    add_event(author, "나", Note(ko="행사를 더함", en="Added an event"))
    proposal = Proposal.objects.get()
    assert proposal.note_ko == f"{NOTE.ko}; 행사를 더함"
    assert proposal.note_en == f"{NOTE.en}; Added an event"


def test_what_is_said_already_changes_nothing():
    author = factories.staff_member()
    change(author, text_en="Another text")
    add_event(author, "가")
    again = add_event(author, "가")
    assert again.waiting == [Proposal.objects.get()] and not again.joined
    assert Proposal.objects.get().joined == 1
    assert joined_note("A; B", "B") == "A; B"


LATER = Terms(publish_at=datetime(2099, 1, 1, tzinfo=UTC))
LONG = Note(ko="가" * 199, en="x")


@pytest.mark.parametrize(
    ("note", "terms", "values"),
    [
        (NOTE, LATER, {"editor_note_en": "N"}),
        (NOTE, Terms(is_minor=True), {"editor_note_en": "N"}),
        (NOTE, Terms(alone=True), {"editor_note_en": "N"}),
        (LONG, PLAIN, {"editor_note_en": "N"}),
        (NOTE, PLAIN, {"text_en": "A third text"}),
        (NOTE, PLAIN, {"state": "withdrawn"}),
    ],
    ids=["another time", "minor", "alone", "long note", "same part", "withdrawal"],
)
def test_what_cannot_have_one_decision_stays_apart(note, terms, values):
    author = factories.staff_member()
    change(author, text_en="Another text")
    assert change(author, note, terms, **values).proposals
    first, _second = Proposal.objects.order_by("pk")
    assert (first.joined, first.changes) == (0, {"text_en": "Another text"})


@pytest.mark.parametrize("end", ["returned", "approved for later", "of a colleague"])
def test_what_was_decided_or_is_anothers_is_joined_by_nothing(end):
    author = factories.staff_member()
    terms = LATER if end == "approved for later" else PLAIN
    [first] = change(author, NOTE, terms, text_en="Another text").proposals
    if end == "returned":
        send_back(first, factories.staff_member(), "Not so")
    elif end == "approved for later":
        approve(first, factories.staff_member())
    else:
        author = factories.staff_member()
    [_other] = change(author, NOTE, terms, editor_note_en="N").proposals
    assert Proposal.objects.count() == 2


def test_what_clashes_with_the_public_text_is_joined_by_nothing():
    author = factories.staff_member()
    change(author, text_en="Another text")
    published(CODE, text_en="Published meanwhile")
    assert change(author, editor_note_en="N").proposals


def test_what_joins_stands_on_the_revision_that_its_author_saw():
    """A colleague's event is public between the two changes, and is kept."""
    author, colleague = factories.staff_member(), factories.staff_member()
    add_event(author, "가")
    [other] = add_event(colleague, "나").proposals
    approved(other)
    with proposing(author, NOTE) as proposed:
        save(Event.objects.get(title_ko="나"), place_ko="부산")
    [proposal] = proposed.joined
    assert not proposal.conflicts
    approved(proposal)
    assert Event.objects.get(title_ko="나").place_ko == "부산"
    assert Event.objects.filter(title_ko="가").exists()


def test_nobody_approves_what_has_joined_since_they_looked():
    author, publisher = factories.staff_member(), signed_in(member("publisher"))
    [proposal] = change(author, text_en="Another text").proposals
    seen = publisher.get(proposal.desk_url).context["form"]["seen"].value()
    approving = f"{reverse('staff:approving')}?proposal={proposal.pk}"
    [one] = publisher.get(approving).context["looked"]
    add_event(author, "가")
    answer = publisher.post(proposal.desk_url, {"seen": seen, "decision": "approve"})
    assert "Please check it again" in told(answer)
    publisher.post(approving, {"approve": f"{proposal.pk}-{one.seen}"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW
    page = publisher.get(proposal.desk_url)
    assert "1 later change added by the author" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    publisher.post(proposal.desk_url, {"seen": seen, "decision": "approve"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PUBLISHED


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Your change was added to what you have already submitted"),
        ("ko", "이미 제출한 변경안"),
    ],
)
def test_the_author_is_told_and_the_log_says_so(language, words):
    factories.let_source_say(statement(CODE), "26.5월")
    author = member("editor")
    client = signed_in(author, language)
    edit(client, change_page(statement(CODE)), text_en="Another text")
    page = client.get(reverse("admin:statements_event_add"))
    event = {
        **form_values(page),
        **WHY,
        "statement": statement(CODE).pk,
        "quote": "26.5월",
        "title_ko": "새 행사",
        "title_en": "A new event",
        "start": "2026-05-01",
        "end": "2026-05-31",
        "precision": "month",
        "nature": "planned",
    }
    answer = client.post(reverse("admin:statements_event_add"), event)
    proposal = Proposal.objects.get()
    assert words in told(answer) and f"#{proposal.pk}" in told(answer)
    entries = LogEntry.objects.filter(object_id=proposal.pk).order_by("pk")
    assert [entry.change_message for entry in entries][1:] == ["join"]
    assert entries.last().user == author


def test_a_join_that_fails_leaves_the_proposal_as_it_was():
    author = factories.staff_member()
    change(author, text_en="Another text")
    before = Proposal.objects.values().get()
    with pytest.raises(ValidationError), transaction.atomic():
        add_event(author, "가")
        raise ValidationError("broken off")
    assert Proposal.objects.values().get() == before


def test_what_has_joined_meanwhile_is_not_lost_on_the_translation_desk():
    author, one = member("editor"), statement(CODE)
    [old] = change(author, text_en="First").proposals
    data = {"text_en": "Second", "korean": one.korean_fingerprint, "seen": 10**6}
    form = EnglishForm(one, data | WHY, old)
    assert form.is_valid()
    add_event(author, "가")
    propose_english(form, author)
    old = Proposal.objects.get(pk=old.pk)
    assert old.is_open and old.changes.keys() == {"text_en", "events"}
