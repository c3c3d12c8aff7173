"""English that somebody has read against the Korean, one by one or several at once."""

import pytest
from django.test import Client
from django.urls import reverse

from desk.models import Proposal
from desk.translations.editor import REVIEWED
from statements.models import TranslationState
from tests.support.desk.admin_forms import WHY
from tests.support.desk.translating import (
    DRAFT,
    QUEUE,
    listed,
    send,
    work_page,
)
from tests.support.rows import statement
from tests.support.staff import approve_all, member, published, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_a_review_is_one_click_and_another_person_approves():
    user = member("translator", "publisher")
    client = signed_in(user)
    send(client, "G1.C1.1", "review")
    proposal = Proposal.objects.get()
    assert proposal.changes == {"en_reviewed": statement("G1.C1.1").en_hash}
    assert proposal.note_en == REVIEWED.en
    url = reverse("admin:desk_proposal_change", args=[proposal.pk])
    page = client.get(url)
    assert "reviewed translation" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    client.post(url, {"decision": "approve", "seen": seen})
    assert statement("G1.C1.1").translation_state == DRAFT
    signed_in(member("publisher")).post(url, {"decision": "approve", "seen": seen})
    assert statement("G1.C1.1").translation_state == TranslationState.REVIEWED
    assert "G1.C1.1" not in listed(client)


def test_a_review_clears_what_was_outdated(translator):
    published("G1.C1.1", text_ko="바뀐 국문")
    send(translator, "G1.C1.1", "review")
    approve_all()
    assert statement("G1.C1.1").translation_state == TranslationState.REVIEWED


def test_only_what_was_seen_and_saved_is_found_right(translator):
    page = send(translator, "G1.C1.1", "review", text_en="Typed text")
    assert "Submit your change first, or undo it." in page.content.decode()
    assert "Typed text" in page.content.decode()
    opened = translator.get(work_page("G1.C1.1"))
    published("G1.C1.1", text_ko="바뀐 국문")
    page = send(translator, "G1.C1.1", "review", opened)
    assert "has changed since you opened this page" in page.content.decode()
    assert not Proposal.objects.open().exists()


def bulk(client: Client, *codes: str, **values):
    seen = client.get(QUEUE).context["seen"]
    return client.post(QUEUE, {"chosen": codes, "seen": seen, **WHY, **values})


def test_several_are_marked_as_reviewed_each_by_a_proposal_of_its_own(translator):
    answer = bulk(translator, "G1", "G1.O1", "G1.C1.1")
    assert "3 proposals" in told(answer)
    codes = {one.statement.code for one in Proposal.objects.open()}
    assert codes == {"G1", "G1.O1", "G1.C1.1"}
    assert "proposal waiting for review" in translator.get(QUEUE).content.decode()
    approve_all()
    assert statement("G1").translation_state == TranslationState.REVIEWED


def test_what_is_outdated_or_missing_is_not_reviewed_in_bulk(translator):
    published("G1.C1.1", text_ko="바뀐 국문")
    published("G1.O1", text_en="")
    for code, reason in (("G1.C1.1", "out of date"), ("G1.O1", "no English")):
        answer = bulk(translator, "G1", code)
        assert reason in told(answer)
        assert code in told(answer)
        assert set(answer.context["chosen"]) == {"G1", code}
    assert not Proposal.objects.open().exists()


def test_a_bulk_review_says_what_is_missing(translator):
    for chosen in ([], ["\0", "nonsense"]):
        assert "Choose at least one" in told(bulk(translator, *chosen))
    page = bulk(translator, "G1.O1", change_note_en="", change_note_ko="검수")
    assert 'value="G1.O1" checked' in page.content.decode()
    assert 'value="검수"' in page.content.decode()
    assert not Proposal.objects.exists()
