"""Draft links: confirmed or rejected, one by one and by the page, by proposals."""

import csv
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from desk.links.decisions import Decision, propose_decisions
from desk.models import Proposal
from desk.proposals.decide import approve
from statements.models import Link, LinkState
from tests.support import factories
from tests.support.reading_outputs import content
from tests.support.rows import statement
from tests.support.staff import approve_all, member, propose, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

DRAFTS = reverse("staff:draft_links")
LABELS = {
    "suggested": {"ko": ">초안</a>", "en": ">Draft</a>"},
    "confirmed": {"ko": ">담당자 확인</a>", "en": ">Confirmed by staff</a>"},
}


def drafts(client: Client, **query) -> list[Link]:
    return [row.link for row in client.get(DRAFTS, query).context["rows"]]


def decided(links: list[Link], state: str, **changes) -> dict:
    """What a browser sends of the form with all these decided alike."""
    sent: dict = {"link": [link.pk for link in links]}
    for link in links:
        sent[f"link{link.pk}-state"] = state
        sent[f"link{link.pk}-rationale_ko"] = link.rationale_ko
        sent[f"link{link.pk}-rationale_en"] = link.rationale_en
    return {**sent, **changes}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_confirming_changes_the_public_label_once_approved(client, language):
    link = Link.objects.filter(later__code="G1.C3").first()
    pages = [
        f"/{language}/statements/G1.C3/",
        f"/{language}/statements/{link.earlier.code}/",
        f"/{language}/continuity/?goal=1",
        f"/{language}/goals/1/",
    ]
    old, new = (LABELS[name][language] for name in ("suggested", "confirmed"))

    def counts(label: str) -> list[int]:
        return [client.get(page).content.decode().count(label) for page in pages]

    before = [counts(label) for label in (old, new)]
    editor = signed_in(member("editor"), language)
    editor.post(DRAFTS, decided([link], "confirmed"))
    assert [counts(label) for label in (old, new)] == before
    assert link not in drafts(editor, statement="G1.C3")
    approve_all()
    link.refresh_from_db()
    assert (link.state, link.by.username[:6]) == (LinkState.CONFIRMED, "editor")
    after = [counts(label) for label in (old, new)]
    assert all(a < b for a, b in zip(after[0], before[0], strict=True))
    assert all(a > b for a, b in zip(after[1], before[1], strict=True))
    rows = csv.DictReader(
        content(client.get(f"/{language}/continuity.csv"))
        .decode("utf-8-sig")
        .splitlines()
    )
    states = {(row["later"], row["earlier"]): row["state"] for row in rows}
    assert states["G1.C3", link.earlier.code] == "confirmed"
    assert Counter(states.values()) == {"suggested": len(states) - 1, "confirmed": 1}


def test_a_page_of_drafts_is_decided_in_one_form(editor):
    links = drafts(editor)
    assert len(links) == 10
    confirmed, rejected, left = links[0], links[1], links[2]
    answer = editor.post(
        DRAFTS,
        decided(links, "suggested")
        | {
            f"link{confirmed.pk}-state": "confirmed",
            f"link{confirmed.pk}-rationale_en": "Better said.",
            f"link{rejected.pk}-state": "rejected",
        },
    )
    assert answer.status_code == 302
    assert Proposal.objects.count() == len({confirmed.later_id, rejected.later_id})
    approve_all()
    for link in (confirmed, rejected, left):
        link.refresh_from_db()
    assert [one.state for one in (confirmed, rejected, left)] == [
        "confirmed",
        "rejected",
        "suggested",
    ]
    assert confirmed.rationale_en == "Better said."
    assert left in drafts(editor)
    assert not {confirmed, rejected} & set(drafts(editor))


def test_all_links_of_a_statement_can_be_decided_one_after_the_other(editor):
    links = list(Link.objects.filter(later__code="G1.C1"))
    for link in links:
        editor.post(DRAFTS, decided([link], "confirmed"))
    assert Proposal.objects.in_review().count() == 1
    approve_all()
    states = Link.objects.filter(later__code="G1.C1").values_list("state", flat=True)
    assert set(states) == {"confirmed"}


def test_a_decision_without_rationale_is_refused_and_the_others_are_kept(editor):
    one, other = drafts(editor)[:2]
    sent = decided([one, other], "confirmed")
    sent[f"link{one.pk}-rationale_ko"] = ""
    sent[f"link{other.pk}-rationale_en"] = "Typed for the other"
    answer = editor.post(DRAFTS, sent)
    assert answer.status_code == 200
    assert "Typed for the other" in answer.content.decode()
    assert "Nothing was saved" in told(answer)
    assert not Proposal.objects.exists()


def test_a_draft_decided_by_a_colleague_meanwhile_is_told(editor):
    link = drafts(editor)[0]
    signed_in(member("editor")).post(DRAFTS, decided([link], "rejected"))
    answer = editor.post(DRAFTS, decided([link], "confirmed"))
    assert (
        "A decision on this pair was submitted in the meantime."
        in answer.content.decode()
    )
    assert Proposal.objects.count() == 1


def test_two_people_decide_two_links_of_one_statement_and_both_are_approved(editor):
    link, other = Link.objects.filter(later__code="G1.C3")[:2]
    signed_in(member("editor")).post(DRAFTS, decided([link], "rejected"))
    shown = drafts(editor, statement="G1.C3")
    assert other in shown and link not in shown
    answer = editor.post(DRAFTS, decided([other], "confirmed"))
    assert "once another person approves it" in told(answer)
    assert len(approve_all()) == 2
    link.refresh_from_db()
    other.refresh_from_db()
    assert (link.state, other.state) == ("rejected", "confirmed")


def test_a_decision_joins_the_text_that_its_author_has_proposed():
    author = member("editor")
    text = propose("G1.C3", author, text_en="Another text")
    link = Link.objects.filter(later__code="G1.C3").first()
    reason = (link.rationale_ko, link.rationale_en)
    proposed = propose_decisions(
        author, [Decision(link.later, link.earlier, LinkState.CONFIRMED, *reason)]
    )
    assert proposed.joined == [text] == list(Proposal.objects.in_review())
    for proposal in Proposal.objects.in_review().order_by("pk"):
        approve(proposal, factories.staff_member())
    text.refresh_from_db()
    link.refresh_from_db()
    assert (text.state, link.state) == ("published", "confirmed")
    assert statement("G1.C3").text_en == "Another text"
