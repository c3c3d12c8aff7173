"""A database as the browser tests find it; prints the pages of its staff as JSON.

    DATABASE_URL=… python -m tests.support.furnishing

It holds the corpus, people of every role, and something for every address of theirs.
"""

import json
import re
import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()

from django.contrib.auth.models import Group, User

from desk.accounts.roles import Role
from desk.accounts.second_step.devices import RecoveryCodes
from statements.models import PublicationState
from tests.support import factories, rows
from tests.support.addresses import addresses, filled, made_rows
from tests.support.looking import CODES, PASSWORD
from tests.support.staff import signed_in

OF_STAFF = ("admin:", "staff:", "desk:")


def people() -> User:
    """A superuser, one of each role, and an editor’s colleague."""
    settled = {"password": PASSWORD, "date_joined": factories.LONG_AGO}
    superuser = User.objects.create_superuser("staff", **settled)
    roles = {role.name.lower(): role for role in Role} | {"colleague": Role.EDITOR}
    for name, role in roles.items():
        user = User.objects.create_user(name, is_staff=True, **settled)
        user.groups.add(Group.objects.get(name=role))
    for user in User.objects.filter(is_staff=True):
        RecoveryCodes.objects.create(user=user).replace_codes(CODES)
    return superuser


def unpublished(by: User) -> dict[str, object]:
    """What staff have on their desks; readers see nothing of it but a status."""
    made = made_rows(by)
    with factories.an_open_gate():
        heading = rows.statement("2025.T1.1")
        factories.statement("task", heading, state=PublicationState.DRAFT)
    return made


def staff_pages(user: User, made: dict[str, object]) -> dict[str, str]:
    """The path of every page that the user opens, by the name of its address; that of a
    preview has a place for the language.
    """
    client = signed_in(user)
    pages = {}
    for name, address in addresses():
        if name.startswith(OF_STAFF):
            path = filled(name, address, made)
            answer = client.get(path)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            if answer.status_code == 200 and is_page:
                pages[name] = re.sub("^/(ko|en)/", "/{language}/", path)
    return pages


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("load_corpus", stdout=sys.stderr)
    superuser = people()
    json.dump(staff_pages(superuser, unpublished(superuser)), sys.stdout)
