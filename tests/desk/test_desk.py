"""What staff see and do at the desk: two people, one statement, nothing lost."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from desk.models import Proposal, ProposalState
from statements.admin.base import BULK_ACTION
from statements.filters.choices import vocabulary
from statements.gate import gate
from statements.models import (
    DataVersion,
    Event,
    PublicationState,
    Statement,
    TranslationState,
)
from tests.support import factories
from tests.support.crawling import Page
from tests.support.desk.admin_forms import WHY, change_page, form_values
from tests.support.kills.integrity import faults_of_content
from tests.support.mutations import edited_by
from tests.support.rows import everything, save, statement
from tests.support.staff import (
    NOTE,
    approve_all,
    member,
    propose,
    published,
    signed_in,
    told,
)

pytestmark = pytest.mark.django_db


def review(proposal: Proposal) -> str:
    return reverse("admin:desk_proposal_change", args=[proposal.pk])


def decide(client: Client, proposal: Proposal, decision: str, **values):
    form = client.get(review(proposal)).context["form"]
    sent = {"seen": form["seen"].value(), "decision": decision, **values}
    return client.post(review(proposal), sent)


def send(client: Client, url: str, page, **changes):
    return client.post(url, form_values(page) | WHY | changes)


def test_two_browsers_edit_one_statement_and_both_texts_survive(editor, publisher):
    other = signed_in(member("editor"))
    url = change_page(statement("G1.C1.1"))
    mine, theirs = editor.get(url), other.get(url)
    send(editor, url, mine, text_en="My text")
    answer = send(other, url, theirs, text_en="Their text")
    assert "has also submitted a proposal for G1.C1.1" in told(answer)
    first, second = Proposal.objects.order_by("pk")
    decide(publisher, first, "approve")
    assert statement("G1.C1.1").text_en == "My text"
    page = publisher.get(review(second)).content.decode()
    assert "My text" in page
    assert "Their text" in page
    assert 'value="approve"' not in page
    decide(publisher, second, "approve")
    assert statement("G1.C1.1").text_en == "My text"
    resumed = other.get(url, {"proposal": second.pk})
    assert "Their text" in resumed.content.decode()
    send(other, f"{url}?proposal={second.pk}", resumed, text_en="Both texts")
    second.refresh_from_db()
    assert second.state == ProposalState.RETRACTED
    decide(publisher, Proposal.objects.first(), "approve")
    assert statement("G1.C1.1").text_en == "Both texts"


def test_who_saves_after_a_publication_is_told_and_overwrites_nothing(editor):
    url = change_page(statement("G1.C1.1"))
    page = editor.get(url)
    published("G1.C1.1", text_en="Published meanwhile")
    answer = send(editor, url, page, text_en="Typed for an hour")
    assert "was changed by someone else" in told(answer)
    assert statement("G1.C1.1").text_en == "Published meanwhile"
    assert Proposal.objects.first().snapshot["text_en"] == "Typed for an hour"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_review_shows_what_would_change_word_by_word(publisher, language):
    publisher.cookies["django_language"] = language
    old = statement("G1.C1.1").text_ko
    proposal = propose("G1.C1.1", text_ko=old.replace("강화", "심화"))
    markup = publisher.get(review(proposal)).content.decode()
    assert "강화" in re.search("<del>(.*?)</del>", markup, re.S)[1]
    assert "심화" in re.search("<ins>(.*?)</ins>", markup, re.S)[1]
    assert NOTE.ko in markup
    assert NOTE.en in markup
    heading = {
        "ko": "공개 페이지에서 바뀔 내용",
        "en": "What would change on public pages",
    }
    assert heading[language] in markup


def test_a_publisher_sends_back_and_an_author_takes_back(publisher):
    author = member("editor")
    proposal = propose("G1.C1.1", author, text_en="X")
    decide(publisher, proposal, "send-back", reason="See the glossary")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("returned", "See the glossary")
    other = propose("G1.C1.1", author, text_en="Y")
    decide(signed_in(author), other, "take-back")
    other.refresh_from_db()
    assert other.state == ProposalState.RETRACTED
    entries = LogEntry.objects.filter(content_type__model="proposal")
    assert {entry.change_message for entry in entries} >= {"send-back", "take-back"}


def test_an_editor_does_not_approve(editor):
    proposal = propose("G1.C1.1", text_en="X")
    assert decide(editor, proposal, "approve").status_code == 403
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW


def test_a_superuser_does_not_publish_alone(admin_user):
    client = signed_in(admin_user)
    proposal = propose("G1.C1.1", admin_user, text_en="X")
    assert "You cannot publish this on your own." in told(
        decide(client, proposal, "approve")
    )
    assert statement("G1.C1.1").text_en != "X"


def test_a_translator_changes_english_alone():
    client = signed_in(member("translator"))
    korean = statement("G1.C1.1").text_ko
    url = change_page(statement("G1.C1.1"))
    page = client.get(url)
    assert "text_ko" not in page.context["adminform"].form.fields
    send(client, url, page, text_en="Better", text_ko="바꿈", state="withdrawn")
    proposal = Proposal.objects.get()
    assert proposal.changes == {"text_en": "Better"}
    assert statement("G1.C1.1").text_ko == korean
    goal = change_page(statement("G1"), "goal", "goals")
    for formset in client.get(goal).context["inline_admin_formsets"]:
        assert "text_ko" not in formset.formset.forms[0].fields


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_preview_is_the_real_page_for_staff_alone(editor, client, language):
    proposal = propose("G1.C1.1", text_ko="미리 본 문장", text_en="A sentence to come")
    with override("ko"):
        before, version = everything(), DataVersion.current()
    path = f"/{language}/preview/{proposal.pk}/"
    answer = editor.get(path)
    markup = answer.content.decode()
    assert {"ko": "미리 본 문장", "en": "A sentence to come"}[language] in markup
    assert {"ko": "초안 미리보기", "en": "Preview of a draft"}[language] in markup
    assert 'id="differences"' in markup
    assert not Page(markup).in_wrong_language(language)
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    with override("ko"):
        assert everything() == before
    assert "login" in client.get(path).url
    public = client.get(f"/{language}/statements/G1.C1.1/").content.decode()
    assert "A sentence to come" not in public
    assert "미리 본 문장" not in public
    assert vocabulary(version).goals


def test_a_preview_of_a_goal_leaves_nothing_in_memory(editor, client):
    proposal = propose("G2", title_en="A goal to come")
    assert (
        "A goal to come" in editor.get(f"/en/preview/{proposal.pk}/").content.decode()
    )
    for path in ("/en/goals/", "/en/goals/2/", "/en/statements/", "/en/"):
        assert "A goal to come" not in client.get(path).content.decode()


def test_any_revision_is_returned_to_by_a_proposal(editor, publisher):
    first = statement("G1.C1.1").revisions.first()
    published("G1.C1.1", text_ko="둘째 문장 강화", text_en="A second text")
    published("G1.C1.1", editor_note_ko="주", editor_note_en="Note")
    url = reverse("admin:statements_revision_change", args=[first.pk])
    assert "A second text" in editor.get(url).content.decode()
    editor.post(url, WHY)
    decide(publisher, Proposal.objects.first(), "approve")
    now = statement("G1.C1.1").revisions.first()
    assert now.snapshot == first.snapshot
    assert now.pk > first.pk
    assert statement("G1.C1.1").revisions.count() == 4


def test_a_draft_is_previewed_edited_and_handed_in(editor, publisher):
    with factories.an_open_gate():
        draft = factories.statement(
            "task", statement("2025.T1.1"), state=PublicationState.DRAFT
        )
    assert editor.get(f"/en/preview/statement/{draft.pk}/").status_code == 200
    url = change_page(draft)
    send(editor, url, editor.get(url), text_en="Edited", state="in-review")
    draft.refresh_from_db()
    assert (draft.text_en, draft.state) == ("Edited", PublicationState.IN_REVIEW)
    decide(publisher, Proposal.objects.get(), "approve")
    draft.refresh_from_db()
    assert draft.state == PublicationState.PUBLISHED


def test_a_schedule_is_kept_as_the_form_says(editor, publisher):
    url = change_page(statement("G1.C1.1"))
    send(editor, url, editor.get(url), text_en="Later", publish_at="2099-01-02T09:00")
    proposal = Proposal.objects.get()
    assert proposal.publish_at.isoformat() == "2099-01-02T00:00:00+00:00"
    decide(publisher, proposal, "approve")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SCHEDULED
    assert 'value="approve"' not in publisher.get(review(proposal)).content.decode()
    decide(publisher, proposal, "send-back", reason="Not any more")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.RETURNED


@pytest.mark.parametrize(
    "path",
    [
        *("admin", "inline", "approval", "scheduled", "revert", "shell", "update"),
        *("import", "bulk action"),
    ],
)
def test_korean_edits_outdate_the_english_and_white_space_never_does(path, editor):
    for mutate, outdated in (
        (lambda text: text + " 추진", True),
        (lambda text: text.replace(text.split()[0], text.split()[0] + "가", 1), True),
        (lambda text: text.replace(" ", "  ", 1), False),
        (lambda text: text.replace(" ", "\n", 1), False),
    ):
        one = fresh()
        version = DataVersion.current().token
        revisions = one.revisions.count()
        edited_by(path, one, mutate(one.text_ko), editor)
        one.refresh_from_db()
        is_outdated = one.translation_state == TranslationState.OUTDATED
        assert is_outdated == outdated, (path, one.text_ko)
        newest = one.revisions.first()
        assert one.revisions.count() > revisions
        assert newest.by
        assert newest.note_ko
        assert newest.note_en
        assert DataVersion.current().token != version
        assert faults_of_content(one) == []


def fresh() -> Statement:
    """A statement with a reviewed translation, under one that has a form of its own."""
    above = factories.statement("task", statement("2025.T1.1"))
    made = factories.statement("point", above, text_ko="협력 강화 및 확대")
    with gate(factories.staff_member(), NOTE):
        made.review_english()
        save(made)
    return Statement.objects.get(pk=made.pk)


def test_a_bulk_action_is_proposed_and_recorded_like_any_other_change(editor):
    events = list(Event.objects.filter(statement__code__in=["2024.A1.3", "2024.A5.1"]))
    statements = {event.statement for event in events}
    version = DataVersion.current().token
    many = {"action": "delete_selected", "post": "yes"}
    many["_selected_action"] = [event.pk for event in events]
    answer = editor.post(reverse("admin:statements_event_changelist"), many)
    assert "Each will be published once another person approves it." in told(answer)
    assert Event.objects.filter(pk__in=many["_selected_action"]).exists()
    assert {p.statement for p in approve_all()} == statements
    assert not Event.objects.filter(pk__in=many["_selected_action"]).exists()
    assert DataVersion.current().token != version
    for one in statements:
        newest = one.revisions.first()
        assert newest.by
        assert (newest.note_ko, newest.note_en) == BULK_ACTION
        assert faults_of_content(one) == []


def test_who_sends_a_form_twice_proposes_once(editor):
    url = change_page(statement("G1.C1.1"))
    page = editor.get(url)
    first = send(editor, url, page, text_en="Sent twice")
    assert "once another person approves it" in told(first)
    again = send(editor, url, page, text_en="Sent twice")
    assert "You have already submitted exactly this change." in told(again)
    assert Proposal.objects.count() == 1
    send(editor, url, page, text_en="Sent twice", is_minor="on")
    assert Proposal.objects.count() == 2
