"""People at the desk, and what they do there without a browser."""

from itertools import count

from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from desk.accounts.roles import Role
from desk.accounts.second_step.devices import Authenticator, new_secret
from desk.models import Proposal
from desk.proposals.decide import approve
from desk.proposals.record import PLAIN, Terms, proposing
from statements.gate import Note
from statements.models import Statement
from tests.support import factories, rows

numbers = count(1)
NOTE = Note(ko="표현을 다듬음", en="Polished the wording")


def member(*roles: Role | str) -> User:
    """Somebody with these roles, by their names in the code: "editor" …"""
    name = f"{'-'.join(roles) or 'nobody'}{next(numbers)}"
    user = User.objects.create_user(name, is_staff=True, date_joined=factories.LONG_AGO)
    names = [Role[role.upper()].value for role in roles]
    user.groups.set(Group.objects.filter(name__in=names))
    return user


def signed_in(user: User, language: str = "en") -> Client:
    """The user's browser, both steps of the login taken."""
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(user)
    take_second_step(client, user)
    return client


def with_app(user: User) -> Authenticator:
    """The user’s app for the second step, set up."""
    device = Authenticator.with_secret(user, new_secret())
    device.save()
    return device


def told(answer) -> str:
    """The messages that the next page shows."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def take_second_step(client: Client, user: User) -> None:
    device = Authenticator.objects.filter(user=user).first() or with_app(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()


def propose(
    code: str, by: User | None = None, terms: Terms = PLAIN, **values
) -> Proposal:
    """One statement as `by`, or somebody, would have it."""
    with proposing(by or factories.staff_member(), NOTE, terms) as proposed:
        rows.save(rows.statement(code), **values)
    [proposal] = proposed.proposals
    return proposal


def approved(proposal: Proposal) -> Statement:
    """The statement once somebody else has approved."""
    approve(proposal, factories.staff_member())
    proposal.refresh_from_db()
    return Statement.objects.get(pk=proposal.statement_id)


def published(code: str, **values) -> Statement:
    return approved(propose(code, **values))


def approve_all() -> list[Proposal]:
    """Everything that waits for review, by somebody who proposed none of it."""
    somebody = factories.staff_member()
    waiting = list(Proposal.objects.in_review().order_by("pk"))
    for proposal in waiting:
        approve(proposal, somebody)
    return waiting
