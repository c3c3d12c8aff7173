"""A fact that waits, or was sent back, is taken up again in its own form."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from desk.models import Proposal, ProposalState
from desk.proposals.decide import send_back
from desk.proposals.record import proposing
from statements.models import Event, Link
from tests.support import factories
from tests.support.desk.admin_forms import WHY, change_page, edit, form_values
from tests.support.rows import save, statement
from tests.support.staff import NOTE, approved, member, published, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
CODE = "2025.T3.3.2.1"


@pytest.fixture
def author():
    return member("editor")


def first_event() -> Event:
    return Event.objects.filter(statement__code=CODE).order_by("pk")[0]


def proposed(by, *acts) -> Proposal:
    with proposing(by, NOTE) as outcome:
        for act in acts:
            act()
    [proposal] = outcome.proposals
    return proposal


def add(title: str = "새 행사"):
    return lambda: save(factories.event_of(statement(CODE)), title_ko=title)


def change(**values):
    return lambda: save(first_event(), **values)


def forms_on(client: Client, proposal: Proposal) -> list[str]:
    """The addresses of the forms of its facts, as its page has them."""
    page = client.get(proposal.desk_url).content.decode()
    found = re.findall(r'href="(/admin/statements/[^"]+/\w+/\?proposal=[^"]+)"', page)
    return [path.replace("&amp;", "&") for path in found if "/statement/" not in path]


def send(client: Client, path: str, **changes):
    return client.post(path, form_values(client.get(path)) | WHY | changes)


def taken_up(old: Proposal) -> Proposal:
    """The one that stands for it now; the old one is on record as taken back."""
    old.refresh_from_db()
    assert old.state == ProposalState.RETRACTED
    return Proposal.objects.in_review().get()


def test_a_changed_fact_is_edited_further_in_the_form_of_its_row(author):
    client = signed_in(author)
    proposal = proposed(author, change(place_ko="부산"))
    [path] = forms_on(client, proposal)
    assert path == f"{change_page(first_event(), 'event')}?proposal={proposal.pk}"
    assert form_values(client.get(path))["place_ko"] == "부산"
    send(client, path, place_ko="대구")
    approved(taken_up(proposal))
    assert first_event().place_ko == "대구"


def test_a_new_fact_is_edited_further_though_it_has_no_row_yet(author):
    client = signed_in(author)
    proposal = proposed(author, add("첫 제목"), add("다른 행사"))
    paths = forms_on(client, proposal)
    assert len(paths) == 2
    values = form_values(client.get(paths[0]))
    assert (values["title_ko"], values["start"]) == ("첫 제목", "2026-03-01")
    send(client, paths[0], title_ko="고친 제목")
    now = approved(taken_up(proposal))
    titles = {event.title_ko for event in now.events.all()}
    assert titles > {"고친 제목", "다른 행사"} and "첫 제목" not in titles


def test_a_new_link_is_edited_further(author):
    client = signed_in(author)
    ends = {"later": statement("G1.C3"), "earlier": statement("2024.A7.1")}
    reason = {"relation": "same-subject", "rationale_ko": "까닭", "rationale_en": "Why"}
    proposal = proposed(author, lambda: Link(**ends, **reason).save())
    [path] = forms_on(client, proposal)
    values = form_values(client.get(path))
    assert (values["later"], values["earlier"]) == (
        ends["later"].pk,
        ends["earlier"].pk,
    )
    send(client, path, rationale_en="A better reason")
    approved(taken_up(proposal))
    assert Link.objects.get(**ends).rationale_en == "A better reason"


def test_what_the_form_does_not_show_stays_in_the_proposal(author):
    """The text with the events, and the events with the text."""
    client = signed_in(author)
    proposal = proposed(
        author,
        add(),
        change(place_ko="부산"),
        lambda: save(statement(CODE), text_en="Another text"),
    )
    path = f"{change_page(statement(CODE))}?proposal={proposal.pk}"
    send(client, path, text_en="A third text")
    second = taken_up(proposal)
    assert second.changes["text_en"] == "A third text"
    assert second.changes["events"] == proposal.changes["events"]
    [_changed, added] = forms_on(client, second)
    send(client, added, title_ko="고친 제목")
    third = taken_up(second)
    assert third.changes["text_en"] == "A third text"
    now = approved(third)
    assert first_event().place_ko == "부산"
    assert now.events.filter(title_ko="고친 제목").exists()


def test_a_part_taken_out_again_is_no_part_of_it(author):
    client = signed_in(author)
    old = first_event().place_ko
    proposal = proposed(author, add(), change(place_ko="부산"))
    [changed, _added] = forms_on(client, proposal)
    send(client, changed, place_ko=old)
    assert [event["place_ko"] for event in taken_up(proposal).snapshot["events"]].count(
        "부산"
    ) == 0


def test_a_form_that_is_refused_leaves_the_proposal_as_it_was(author):
    client = signed_in(author)
    proposal = proposed(author, change(place_ko="부산"), add())
    for path in forms_on(client, proposal):
        answer = send(client, path, title_ko="")
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors
    assert Proposal.objects.get() == proposal
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW


@pytest.mark.parametrize("act", [add(), change(place_ko="부산")])
def test_what_was_sent_back_is_taken_up_again(author, act):
    client = signed_in(author)
    proposal = proposed(author, act)
    send_back(proposal, factories.staff_member(), "The wrong city")
    [path] = forms_on(client, proposal)
    send(client, path, place_ko="대구", place_en="Daegu")
    [again] = Proposal.objects.in_review()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.RETURNED
    assert not Proposal.objects.sent_back_to(author).exists()
    approved(again)
    assert Event.objects.filter(place_ko="대구", statement__code=CODE).exists()


def test_a_clash_is_taken_up_on_top_of_the_present_fact(author):
    client = signed_in(author)
    factories.let_source_say(statement(CODE), "25.8월 말")
    mine = proposed(author, change(place_ko="부산"))
    approved(proposed(member("editor"), change(place_ko="대구", quote="25.8월 말")))
    [path] = forms_on(client, mine)
    values = form_values(client.get(path))
    assert (values["place_ko"], values["quote"]) == ("부산", "25.8월")
    send(client, path, quote="25.8월 말")
    approved(taken_up(mine))
    event = first_event()
    assert (event.place_ko, event.quote) == ("부산", "25.8월 말")


def test_a_clash_that_the_form_does_not_show_stays_where_it_is(author):
    client = signed_in(author)
    mine = proposed(author, change(place_ko="부산"), add())
    approved(proposed(member("editor"), change(place_ko="대구")))
    [_clash, added] = forms_on(client, mine)
    opened = client.get(added)
    assert opened.context["left_out"] and not opened.context["clashes"]
    assert "are left out of what you save" in opened.content.decode()
    send(client, added, title_ko="고친 제목")
    mine.refresh_from_db()
    assert mine.state == ProposalState.IN_REVIEW
    new = Proposal.objects.in_review().exclude(pk=mine.pk).get()
    assert not new.conflicts and new.replaces is None
    now = approved(new)
    assert first_event().place_ko == "대구"
    assert now.events.filter(title_ko="고친 제목").exists()


def test_a_colleagues_fact_is_begun_from_and_stays_the_colleagues(author):
    mine = proposed(member("editor"), add("첫 제목"))
    client = signed_in(author)
    [path] = forms_on(client, mine)
    send(client, path, title_ko="고친 제목")
    mine.refresh_from_db()
    assert mine.state == ProposalState.IN_REVIEW
    other = Proposal.objects.exclude(pk=mine.pk).get()
    assert other.author == author
    assert [event["title_ko"] for event in other.snapshot["events"]].count(
        "첫 제목"
    ) == 0


@pytest.mark.parametrize("query", ["proposal=9999", "proposal=x", "proposal={}&fact=x"])
def test_an_address_that_names_nothing_opens_an_empty_form(author, query):
    proposal = proposed(author, add())
    path = f"{reverse('admin:statements_event_add')}?{query.format(proposal.pk)}"
    answer = signed_in(author).get(path)
    assert answer.status_code == 200
    assert not form_values(answer).get("title_ko")


def test_facts_that_are_decided_or_go_have_no_form(author):
    client = signed_in(author)
    gone = proposed(author, lambda: first_event().delete())
    assert forms_on(client, gone) == []
    approved(gone)
    done = proposed(author, add())
    approved(done)
    assert forms_on(client, done) == []


def test_who_edits_nothing_is_offered_no_form(author):
    proposal = proposed(author, add())
    assert forms_on(signed_in(member("publisher")), proposal) == []


def test_the_text_of_a_statement_is_edited_further_beside_a_newer_public_fact(author):
    client = signed_in(author)
    published(CODE, editor_note_ko="주", editor_note_en="Note")
    edit(client, change_page(statement(CODE)), text_en="Another text")
    proposal = Proposal.objects.in_review().get()
    approved(proposed(member("editor"), add()))
    path = f"{change_page(statement(CODE))}?proposal={proposal.pk}"
    send(client, path, text_en="A third text")
    second = taken_up(proposal)
    assert second.changes.keys() == {"text_en"}
    assert approved(second).events.filter(title_ko="새 행사").exists()
