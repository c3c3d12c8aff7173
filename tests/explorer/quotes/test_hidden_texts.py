"""Texts that readers may not see yet are absent, for a quote as for a word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.proposals.decide import approve
from desk.proposals.record import Terms, proposing
from explorer.quotes.words import occurrences
from statements.gate import Note, gate
from statements.models import (
    DataVersion,
    Document,
    Exclusion,
    Kind,
    PublicationState,
)
from tests.support import factories, rows

pytestmark = pytest.mark.django_db
HIDDEN = {
    "draft": "남극 상주 공관 개설을 위한 펭귄 자문단 구성",
    "in review": "Appoint a council of penguins for a mission in Antarctica",
    "scheduled": "북극 상주 공관 개설을 위한 순록 자문단 구성",
    "waiting": "적도 상주 공관 개설을 위한 악어 자문단 구성",
}
NOTE = Note(ko="고침", en="Corrected")


def hide(name: str) -> None:
    text = HIDDEN[name]
    if name in ("draft", "in review"):
        state = PublicationState.DRAFT if name == "draft" else "in_review"
        with gate(None, NOTE):
            factories.statement(
                Kind.TASK,
                rows.statement("2025.T1.1"),
                code="2025.T1.1.91",
                state=state,
                text_ko=text,
                text_en=text,
            )
        return
    later = timezone.now() + timedelta(days=300)
    terms = Terms(publish_at=later) if name == "scheduled" else Terms()
    with proposing(factories.staff_member(), NOTE, terms) as made:
        rows.save(rows.statement("G1.C1.1"), text_ko=text)
    if name == "scheduled":
        approve(made.proposals[0], factories.staff_member())


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_text_is_in_no_document(client, name):
    hide(name)
    for text in (HIDDEN[name], HIDDEN[name][:-1] + "다"):
        answer = client.post("/api/v1/quotes/", {"text": text})
        [found] = answer.json()["sentences"]
        assert (found["verdict"], found["passages"]) == ("absent", [])
    page = client.post("/en/quotes/", {"text": HIDDEN[name]}).content.decode()
    assert "Not in these documents as of" in page
    word = "펭귄 악어 순록 penguins"
    for one in word.split():
        assert not occurrences(one, DataVersion.current())


def test_a_line_of_no_statement_is_hidden_with_its_document(client):
    line = "세계 각국의 공관장이 함께 모인 펭귄 회의의 개회사"
    names = dict.fromkeys(("title_ko", "title_en"), "펭귄 회의")
    with gate(None, NOTE):
        document = Document.objects.create(
            slug="penguins", kind="report", time_year=2090, **names
        )
        draft = factories.statement(
            Kind.PART, document=document, state="draft", code="2090.A", **names
        )
        paragraph = factories.paragraph_of(draft, line)
        paragraph.statement, paragraph.exclusion = None, Exclusion.choices[0][0]
        paragraph.save()
    answer = client.post("/api/v1/quotes/", {"text": line}).json()
    assert answer["sentences"][0]["verdict"] == "absent"
    with gate(None, NOTE):
        rows.save(draft, state=PublicationState.PUBLISHED)
    answer = client.post("/api/v1/quotes/", {"text": line}).json()
    assert answer["sentences"][0]["verdict"] == "verbatim"


def test_what_a_draft_says_is_found_once_it_is_published(client):
    """The same text, so that the test above can fail."""
    hide("draft")
    with gate(None, NOTE):
        rows.save(rows.statement("2025.T1.1.91"), state=PublicationState.PUBLISHED)
    answer = client.post("/api/v1/quotes/", {"text": HIDDEN["draft"]})
    [found] = answer.json()["sentences"]
    assert (found["verdict"], found["codes"]) == ("verbatim", ["2025.T1.1.91"])
