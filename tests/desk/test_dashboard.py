"""The first page of the desk tells everyone what waits for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.documents.decide import request_act, send_request_back
from desk.models import DocumentAct, Upkeep
from desk.proposals.decide import approve, send_back
from statements.models import Event, Statement
from tests.support import factories
from tests.support.documents.drafts import draft_document
from tests.support.rows import statement
from tests.support.staff import NOTE, member, propose, published, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
ADDRESS = reverse("admin:index")


def shown(user, language: str = "en") -> str:
    return signed_in(user, language).get(ADDRESS).content.decode()


def part(text: str, name: str) -> str:
    """A section of the page by the id of its heading; nothing where there is none."""
    _, heading, rest = text.partition(f'<section aria-labelledby="{name}">')
    return rest.partition("</section>")[0] if heading else ""


@pytest.mark.parametrize(
    ("role", "sections"),
    [
        ("editor", {"mine", "behind", "passed", "recent"}),
        ("translator", {"mine", "behind", "passed", "recent"}),
        ("publisher", {"mine", "to-review", "behind", "passed", "recent"}),
        ("auditor", {"mine", "behind", "passed", "recent"}),
    ],
)
def test_every_role_has_the_sections_of_its_work(role, sections):
    text = shown(member(role))
    names = ("mine", "to-review", "behind", "passed", "recent")
    assert {name for name in names if part(text, name)} == sections


@pytest.mark.parametrize(
    ("language", "told"),
    [("ko", "아직 역할이 없습니다"), ("en", "You have no role yet")],
)
def test_who_has_no_role_is_told_so(language, told):
    text = shown(member(), language)
    assert told in text
    assert not part(text, "mine")


def test_what_was_sent_back_waits_for_its_author_until_it_is_proposed_again():
    author = member("editor")
    proposal = propose("G1.C1.1", author, text_en="Another text")
    assert str(proposal) in part(shown(author), "mine")
    send_back(proposal, member("publisher"), "Not the word of the glossary")
    mine = part(shown(author), "mine")
    assert "Returned to me (1)" in mine
    assert "Not the word of the glossary" in mine
    assert "Returned to me" not in part(shown(member("editor")), "mine")
    propose("G1.C1.1", author, text_en="A better text")
    assert "Returned to me" not in part(shown(author), "mine")


def test_a_publisher_sees_the_proposals_of_others_until_they_are_decided():
    publisher = member("publisher", "editor")
    of_another = propose("G1.C1.1", text_en="Another text")
    own = propose("G1.C1.2", publisher, text_en="Mine")
    waiting = part(shown(publisher), "to-review")
    assert str(of_another) in waiting
    assert str(own) not in waiting
    approve(of_another, publisher)
    assert str(of_another) not in part(shown(publisher), "to-review")


def test_english_that_fell_behind_is_listed_and_is_its_owners_task():
    owner = member("translator")
    Upkeep.objects.create(statement=statement("G1.C1.1"), owner=owner)
    address = reverse("staff:translation", args=["G1.C1.1"])
    assert address not in shown(owner)
    published("G1.C1.1", text_ko="새로 고친 문장")
    assert address in part(shown(owner), "mine")
    others = shown(member("translator"))
    assert address in part(others, "behind")
    assert "out of date: 1" in part(others, "behind")
    assert address not in part(others, "mine")


def test_a_passed_date_is_listed_until_something_is_recorded_of_it():
    event = Event.objects.get(
        statement__code="2025.T5.1.2", title_en__contains="Harbin"
    )
    owner = member("editor")
    Upkeep.objects.create(statement=event.statement, owner=owner)
    assert event.title_en in part(shown(owner), "mine")
    with factories.an_open_gate():
        event.outcome_ko, event.outcome_en = "열렸음", "Was held"
        event.outcome_evidence = "https://example.org/"
        event.save()
    text = shown(owner)
    assert event.title_en not in part(text, "mine") + part(text, "passed")


def test_recent_changes_tell_what_was_published_and_why():
    published("G1.C1.1", text_en="Another text")
    recent = part(shown(member("auditor")), "recent")
    assert "G1.C1.1" in recent
    assert "Polished the wording" in recent


def test_the_page_takes_as_many_queries_for_many_as_for_few():
    client = signed_in(member("publisher", "editor"))
    client.get(ADDRESS)
    counts = []
    codes = Statement.objects.published().values_list("code", flat=True)
    for some in (codes[:3], codes[3:30]):
        for code in list(some):
            published(code, editor_note_ko="주", editor_note_en="Note")
            propose(code, editor_note_ko="주석", editor_note_en="A note")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_request_for_a_whole_document_waits_for_others_and_comes_back(in_english):
    author, publisher = member("editor"), member("publisher")
    document = draft_document(1, author)
    request = request_act(document, DocumentAct.PUBLISH, author, NOTE)
    assert request.label in part(shown(publisher), "to-review")
    assert request.label in part(shown(author), "mine")
    send_request_back(request, publisher, "Its title is missing")
    assert request.label not in part(shown(publisher), "to-review")
    mine = part(shown(author), "mine")
    assert "Returned to me (1)" in mine and "Its title is missing" in mine
    request_act(document, DocumentAct.PUBLISH, author, NOTE)
    assert "Returned to me" not in part(shown(author), "mine")
