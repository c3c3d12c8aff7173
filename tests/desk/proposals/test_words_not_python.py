"""No page prints Python: whatever a proposal, a log or a history holds is in words."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from desk.audit_log import log_change
from desk.entries.record import proposing_entries
from desk.models import EntryProposal, Proposal
from desk.proposals.record import PLAIN, proposing
from statements.fields import FACTS, TAGS, TEXTS
from statements.history.restore import write_snapshot
from statements.history.snapshot import snapshots
from statements.models import Country, LinkState, Region, Statement
from tests.support import factories
from tests.support.addresses import addresses, filled, made_rows
from tests.support.crawling import Page
from tests.support.rows import save, statement
from tests.support.staff import NOTE, approved, member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
PYTHON = re.compile(r"\{'|\[\{|\['|datetime\.|\bNone\b(?! of)|\bTrue\b|\bFalse\b")
CODE = "G1.C3"
OF_STAFF = ("admin:", "staff:", "desk:")
STATUS = {
    "status": "started",
    "as_of": "2026-01-01",
    "note_ko": "시작함",
    "note_en": "Logged in",
    "evidence": "https://example.org/",
}
FIGURE = {
    "quote": "5개국",
    "label_ko": "이름",
    "label_en": "Label",
    "value": "5.00",
    "unit_ko": "개국",
    "unit_en": "countries",
    "qualifier": "",
    "nature": "planned",
}
EVENT = {
    "quote": "26.5월",
    "title_ko": "행사",
    "title_en": "Event",
    "start": "2026-05-01",
    "end": "2026-05-31",
    "precision": "month",
    "tentative": True,
    "nature": "planned",
    "place_ko": "",
    "place_en": "",
}


def changed(values: dict, turn: int) -> dict:
    """Every field otherwise than it is, and than at another turn."""
    slugs = {
        name: [TAGS[name].model.objects.order_by("pk")[turn].slug] for name in TAGS
    }
    facts = {
        "events": [{**EVENT, "place_ko": f"장소 {turn}", "place_en": f"Place {turn}"}],
        "figures": [{**FIGURE, "nature": ["in-effect", "reported"][turn]}],
        "statusupdates": [{**STATUS, "note_en": f"Note {turn}"}],
        "links": [
            {**link, "state": list(LinkState)[turn + 1].value}
            for link in values["links"]
        ],
    }
    return {
        **{name: f"{values[name]} {turn}" for name in TEXTS},
        **slugs,
        **{name: facts[name] for name in FACTS},
        "en_from": f"{turn}" * 32,
        "position": 900 + turn,
    }


def two_proposals_of_everything() -> list[Proposal]:
    """The first is public; the second clashes with it in every part."""
    factories.let_source_say(statement(CODE), "5개국", "26.5월")
    values = snapshots([statement(CODE).pk])[statement(CODE).pk]
    with factories.an_open_gate():
        facts = {"figures": [FIGURE], "statusupdates": [STATUS], "events": [EVENT]}
        write_snapshot(statement(CODE), facts, member("editor"))
    made = []
    for turn in (0, 1):
        author = member("editor")
        with proposing(author, NOTE, PLAIN._replace(alone=True)) as proposed:
            write_snapshot(statement(CODE), changed(values, turn), author)
        made += proposed.proposals
    approved(made[0])
    return [Proposal.objects.get(pk=one.pk) for one in made]


def two_proposals_of_an_entry() -> None:
    """Every kind of value: texts, a number, another entry, nothing."""
    regions = Region.objects.order_by("pk")
    for turn in (0, 1):
        with proposing_entries(member("administrator"), NOTE):
            country = Country.objects.order_by("pk")[0]
            save(country, name_en=f"Name {turn}", region=regions[turn], iso="")
    first = EntryProposal.objects.order_by("pk")[0]
    reviewing = admin.site._registry[EntryProposal]
    reviewing.decisions.approve(first, member("publisher"), None)


def pages_of_staff(rows: dict) -> list[str]:
    return [
        filled(name, address, rows)
        for name, address in addresses()
        if name.startswith(OF_STAFF)
    ]


def pages_of_proposals(made: list[Proposal]) -> list[str]:
    entries = [one.desk_url for one in EntryProposal.objects.all()]
    chosen = "&".join(f"proposal={one.pk}" for one in made)
    revisions = statement(CODE).revisions.values_list("pk", flat=True)
    return [
        *(one.desk_url for one in Proposal.objects.all()),
        *entries,
        f"{reverse('staff:approving')}?{chosen}",
        *(reverse("admin:statements_revision_change", args=[pk]) for pk in revisions),
    ]


def public_pages(language: str) -> list[str]:
    code = f"/{language}/statements/{CODE}/"
    today = date(2100, 1, 1).isoformat()
    return [code, f"{code}history/", f"/{language}/changes/", f"{code}?as_of={today}"]


@pytest.mark.unmeasured
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_page_prints_python(admin_user, language):
    rows = made_rows(admin_user)
    made = two_proposals_of_everything()
    two_proposals_of_an_entry()
    values = {"is_active": True, "roles": ["editor"], "date": date(2026, 1, 1)}
    log_change(admin_user, admin_user, "approve", {"is_active": False}, values)
    clashes = {clash.name for clash in made[1].merged.clashes}
    assert clashes >= {*FACTS, *TAGS, "text_en", "position", "en_from"}
    client = signed_in(admin_user, language)
    printed, looked = {}, 0
    paths = [*pages_of_proposals(made), *public_pages(language)]
    if language == "en":
        paths += pages_of_staff(rows)
    for path in paths:
        path = re.sub("^/(ko|en)/preview", f"/{language}/preview", path)
        answer = client.get(path)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        if answer.status_code != 200 or not is_page:
            continue
        looked += 1
        text = Page(answer.content.decode()).text
        if found := {
            text[max(0, m.start() - 40) : m.end() + 40] for m in PYTHON.finditer(text)
        }:
            printed[path] = found
    assert printed == {}
    assert looked > (70 if language == "en" else 10)
    assert Statement.objects.get(code=CODE).events.exists()
