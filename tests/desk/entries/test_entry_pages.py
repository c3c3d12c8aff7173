"""The pages of the desk by which entries are proposed, reviewed and deleted."""

import pytest
from django.urls import reverse

from desk.models import EntryProposal, Proposal
from statements.models import Country, EntryRevision, GlossaryTerm, Region, Theme
from tests.support import factories
from tests.support.desk.admin_forms import WHY, form_values
from tests.support.desk.entries import (
    CHANGED,
    NEW_ENTRIES,
    approve_entries,
    propose_deletion,
    propose_entry,
)
from tests.support.rows import everything
from tests.support.staff import member, propose, signed_in, told

pytestmark = pytest.mark.django_db


def desk(name: str, *args, model="entryproposal", app="desk") -> str:
    return reverse(f"admin:{app}_{model}_{name}", args=args)


def page_of(entry, name: str = "change") -> str:
    args = [entry.pk] if entry.pk else []
    kind = entry.entry_kind()
    return desk(name if args else "add", *args, model=kind, app="statements")


def send(client, url: str, **changes):
    values = form_values(client.get(url)) | WHY
    return client.post(url, {**values, **changes})


@pytest.fixture
def administrator(db):
    return signed_in(member("administrator"))


def in_a_form(values: dict) -> dict:
    """As a browser sends them."""
    values = {name: "on" if v is True else v for name, v in values.items() if v != ""}
    if "region" in values:
        values["region"] = Region.objects.get(slug=values["region"]).pk
    return {name: value for name, value in values.items() if value is not False}


@pytest.mark.parametrize("model", CHANGED, ids=lambda model: model.__name__)
def test_a_form_proposes_and_another_person_publishes(model, administrator, publisher):
    entry, before = model.objects.first(), everything()
    answer = send(administrator, page_of(entry), **in_a_form(CHANGED[model]))
    assert "once another person approves it" in told(answer)
    assert everything() == before
    proposal = EntryProposal.objects.get()
    page = publisher.get(proposal.desk_url)
    shown = page.content.decode()
    assert WHY["change_note_ko"] in shown
    assert WHY["change_note_en"] in shown
    assert len(page.context["changes"]) == len(CHANGED[model])
    seen = page.context["form"]["seen"].value()
    answer = publisher.post(proposal.desk_url, {"decision": "approve", "seen": seen})
    assert told(answer) == "Approved and published."
    now = model.objects.get(pk=entry.pk)
    assert {name: getattr(now, name) for name in CHANGED[model]} == CHANGED[model]


@pytest.mark.parametrize("model", NEW_ENTRIES, ids=lambda model: model.__name__)
def test_an_added_entry_is_reviewed_with_all_its_fields(
    model, administrator, publisher
):
    before = everything()
    send(administrator, page_of(model()), **in_a_form(NEW_ENTRIES[model]))
    assert everything() == before
    proposal = EntryProposal.objects.get()
    shown = publisher.get(proposal.desk_url).content.decode()
    for value in NEW_ENTRIES[model].values():
        if isinstance(value, str) and value not in ("europe", "concept"):
            assert value in shown
    approve_entries()
    assert model.objects.count() == len(before[model.__name__]) + 1


def test_to_delete_asks_for_a_note_and_waits(admin_client):
    admin_client.cookies["django_language"] = "en"
    theme, before = Theme.objects.first(), everything()
    url = page_of(theme, "delete")
    assert "change_note_en" in admin_client.get(url).content.decode()
    for wrong in (
        {},
        {**WHY, "change_note_en": " "},
        {**WHY, "change_note_ko": "가" * 201},
    ):
        answer = admin_client.post(url, {"post": "yes", **wrong})
        assert (answer.status_code, answer.url) == (302, url)
        assert not EntryProposal.objects.exists()
    answer = admin_client.post(url, {"post": "yes", **WHY})
    assert "once another person approves it" in told(answer)
    assert everything() == before
    shown = admin_client.get(EntryProposal.objects.get().desk_url).content.decode()
    assert theme.statements.first().code in shown
    approve_entries()
    assert not Theme.objects.filter(pk=theme.pk).exists()


def test_a_slug_that_is_public_is_not_in_the_form(administrator):
    region = Region.objects.first()
    page = administrator.get(page_of(region))
    assert "slug" not in page.context["adminform"].form.fields
    send(administrator, page_of(region), slug="other", name_en="X")
    assert "slug" not in EntryProposal.objects.get().changes


def test_the_author_goes_on_with_what_came_back(publisher):
    author = member("administrator")
    client = signed_in(author)
    country = Country.objects.first()
    other = Region.objects.exclude(pk=country.region_id).first()
    first = propose_entry(country, author, name_en="First", region=other.slug)
    url = f"{first.edit_url}?proposal={first.pk}"
    values = form_values(client.get(url))
    assert (values["name_en"], values["region"]) == ("First", other.pk)
    client.post(url, values | WHY | {"name_en": "Second"})
    first.refresh_from_db()
    assert first.state == "retracted"
    second = EntryProposal.objects.open().get()
    assert second.changes == {"name_en": "Second", "region": other.slug}


def test_a_new_entry_is_taken_up_again():
    author = member("administrator")
    client = signed_in(author)
    first = propose_entry(Theme(), author, **NEW_ENTRIES[Theme])
    url = f"{first.edit_url}?proposal={first.pk}"
    values = form_values(client.get(url))
    assert values["slug"] == "space"
    client.post(url, values | WHY | {"name_en": "Outer space"})
    assert EntryProposal.objects.open().get().snapshot["name_en"] == "Outer space"


def test_the_form_and_its_author_are_told_of_others(administrator):
    region = Region.objects.first()
    other = propose_entry(region, name_en="Theirs")
    assert f"#{other.pk}" in administrator.get(page_of(region)).content.decode()
    answer = send(administrator, page_of(region), scope_en="Mine")
    assert f"#{other.pk}" in told(answer)
    stale = form_values(administrator.get(page_of(region)))
    approve_entries()
    answer = administrator.post(
        page_of(region), {**stale, **WHY, "name_en": "Mine too"}
    )
    assert "changed by someone else" in told(answer)


def test_reviewers_find_them_on_their_desk_and_approve_them_together(publisher):
    made = [
        propose_entry(Region.objects.first(), name_en="A"),
        propose_entry(Theme(), **NEW_ENTRIES[Theme]),
        propose_deletion(Theme.objects.filter(statements__isnull=False).last()),
    ]
    propose("G1.C1.1", text_en="X")
    home = publisher.get("/admin/")
    assert home.context["to_review"].count == 4
    for one in made:
        assert one.desk_url in home.content.decode()
    listed = publisher.get(desk("changelist"))
    assert listed.context["cl"].result_count == 3
    chosen = {"action": "look_at_chosen", "_selected_action": [m.pk for m in made]}
    answer = publisher.post(desk("changelist"), chosen)
    page = publisher.get(answer.url)
    assert page.context["looked"][2].losing.exists()
    ticked = [f"{one.proposal.pk}-{one.seen}" for one in page.context["looked"]]
    answer = publisher.post(answer.url, {"approve": ticked})
    assert told(answer) == "3 proposals were approved."
    assert answer.url == desk("changelist")
    assert {p.state for p in EntryProposal.objects.all()} == {"published"}
    assert Proposal.objects.get().state == "in-review"


def test_one_that_cannot_be_approved_stops_all_that_are_approved_with_it(publisher):
    first = propose_entry(Region.objects.first(), name_en="A")
    page = publisher.get(f"{reverse('staff:approving')}?entry={first.pk}")
    [row] = page.context["looked"]
    second = propose_entry(Region.objects.first(), name_en="B")
    other = propose_entry(Region.objects.last(), name_en="C")
    approve = [f"{first.pk}-{row.seen}", f"{second.pk}-{row.seen}", f"{other.pk}-1"]
    before = everything()
    url = f"{reverse('staff:approving')}?entry=1"
    assert "Nothing was approved" in told(publisher.post(url, {"approve": approve}))
    assert everything() == before


def test_who_proposed_sees_that_it_came_back(publisher):
    author = member("administrator")
    proposal = propose_entry(GlossaryTerm.objects.first(), author, english="X")
    values = {"decision": "send-back", "seen": 1, "reason": "Another word"}
    publisher.post(proposal.desk_url, values)
    home = signed_in(author).get("/admin/").content.decode()
    assert proposal.desk_url in home
    assert "Another word" in home


def test_a_publisher_who_proposed_it_does_not_approve_it():
    both = member("publisher", "administrator")
    client = signed_in(both)
    proposal = propose_entry(Region.objects.first(), both, name_en="X")
    page = client.get(proposal.desk_url)
    assert not page.context["may_review"]
    seen = page.context["form"]["seen"].value()
    answer = client.post(proposal.desk_url, {"decision": "approve", "seen": seen})
    assert "You cannot publish this on your own." in told(answer)
    url = f"{reverse('staff:approving')}?entry={proposal.pk}"
    client.post(url, {"approve": [f"{proposal.pk}-{seen}"]})
    assert EntryRevision.objects.changes().count() == 0
    answer = client.post(proposal.desk_url, {"decision": "take-back", "seen": seen})
    assert "withdrawn" in told(answer)


@pytest.mark.parametrize("number", ["0", "9" * 5000, "-1", "x"])
def test_strange_numbers_are_no_proposals(administrator, number):
    url = page_of(Region.objects.first())
    assert administrator.get(f"{url}?proposal={number}").status_code == 200
    assert send(administrator, url, seen=number, name_en="X").status_code in (200, 302)
    assert factories.staff_member().pk
