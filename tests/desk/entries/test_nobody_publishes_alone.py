"""Whatever one person sends to the desk, nothing that readers see changes.

The forms, actions and pages are those that there are: a new one is swept with the rest.
"""

import re

import pytest
from django.contrib.admin.sites import site
from django.db.models import Sum
from django.urls import reverse

from desk.models import EntryProposal, Proposal
from desk.proposals.proposal_forms import UNSEEN_STATES
from tests.support.addresses import addresses, filled, made_rows
from tests.support.desk.admin_forms import WHY, form_values
from tests.support.rows import everything
from tests.support.staff import member, signed_in

pytestmark = pytest.mark.django_db
PUBLIC_APPS = {"statements", "goals", "achievements"}
#: What pages of the desk ask for, so that as many as possible do something.
ANYTHING = {
    "do": "propose",
    "decision": "approve",
    "seen": "1",
    "text_en": "Alone",
    "find": "the",
    "replace": "THE",
    "action": "add",
    "term": "africa",
    "relation": "continues",
    "confirm": "yes",
    **WHY,
}


def models_of(*apps: str) -> list:
    return [model for model in site._registry if model._meta.app_label in apps]


def address(model, name: str, *args) -> str:
    return reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args
    )


def altered(values: dict) -> dict:
    """Every text that a person could type, typed otherwise."""
    own = re.compile(r"_FORMS$|-id$|-parent$|seen|position|_at$|start|end|as_of")
    return {
        name: f"{value} alone" if is_typed(value) and not own.search(name) else value
        for name, value in values.items()
    }


def is_typed(value: object) -> bool:
    return isinstance(value, str) and not re.fullmatch(r"[\d.:-]*|on", value)


def send_forms(client, model) -> int:
    """Sends the forms of a model that the person may open, and its actions."""
    sent, rows = 0, model._default_manager.all()
    some = {rows.first(), rows.last()} - {None}
    pages = [address(model, "change", row.pk) for row in some]
    for url in [*pages, address(model, "add")]:
        page = client.get(url)
        if page.status_code == 200 and page.context and "adminform" in page.context:
            values = form_values(page)
            for one in (altered(values), values | {"is_established": "on"}):
                client.post(url, one | WHY)
                sent += 1
    for row in some:
        client.post(address(model, "delete", row.pk), {"post": "yes", **WHY})
    listed = client.get(address(model, "changelist"))
    if listed.status_code == 200:
        form = listed.context["action_form"]
        actions = form.fields["action"].choices if form else []
        chosen = {"_selected_action": [row.pk for row in rows[:2]], "post": "yes"}
        for action in [*(key for key, _label in actions), ""]:
            client.post(address(model, "changelist"), chosen | WHY | {"action": action})
    return sent


def approve_own(client) -> None:
    for proposal in [*Proposal.objects.all(), *EntryProposal.objects.all()]:
        page = client.get(proposal.desk_url)
        if page.status_code == 200:
            seen = page.context["form"]["seen"].value()
            client.post(proposal.desk_url, {"decision": "approve", "seen": seen})
    for kind, model in (("proposal", Proposal), ("entry", EntryProposal)):
        keys = "&".join(f"{kind}={one.pk}" for one in model.objects.open())
        url = f"{reverse('staff:approving')}?{kind}=0&{keys}"
        page = client.get(url)
        if page.status_code == 200:
            looked = [f"{one.proposal.pk}-{one.seen}" for one in page.context["looked"]]
            client.post(url, {"approve": looked})


def sweep(client, rows: dict) -> int:
    sent = sum(send_forms(client, model) for model in models_of(*PUBLIC_APPS))
    for name, path in addresses():
        if name.startswith("staff:"):
            client.post(filled(name, path, rows), ANYTHING)
    return sent


def all_but_drafts() -> dict[str, list[dict]]:
    """Every row but those of drafts, which are saved at once and nobody reads."""
    rows = everything()
    unseen = {s["id"] for s in rows["Statement"] if s["state"] in UNSEEN_STATES}
    return rows | {
        "Statement": [s for s in rows["Statement"] if s["id"] not in unseen],
        "Revision": [r for r in rows["Revision"] if r["statement_id"] not in unseen],
    }


@pytest.mark.parametrize(
    "roles",
    [
        ("superuser",),
        *(
            pytest.param(roles, marks=pytest.mark.audit)
            for roles in (
                ("editor",),
                ("translator",),
                ("publisher",),
                ("administrator",),
                ("editor", "translator", "publisher", "administrator"),
            )
        ),
    ],
    ids="-".join,
)
def test_what_one_person_sends_changes_nothing_in_public(roles, admin_user):
    rows = made_rows(admin_user)
    Proposal.objects.all().delete()
    EntryProposal.objects.all().delete()
    user = admin_user if roles == ("superuser",) else member(*roles)
    client, before = signed_in(user), all_but_drafts()
    sent = sweep(client, rows)
    assert all_but_drafts() == before
    joined = Proposal.objects.aggregate(n=Sum("joined"))["n"] or 0
    made = Proposal.objects.count() + joined, EntryProposal.objects.count()
    approve_own(client)
    assert all_but_drafts() == before
    assert not Proposal.objects.filter(state="published").exists()
    assert not EntryProposal.objects.filter(state="published").exists()
    if roles == ("superuser",):
        assert sent > 40
        assert min(made) > 8
