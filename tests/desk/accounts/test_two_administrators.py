"""Two administrators at once, each with a connection of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections, transaction

from desk.accounts.changes.administration import (
    account_values,
    ask_new,
    change_account,
    lock_accounts,
)
from desk.accounts.changes.decisions import (
    approve_change,
    refuse_change,
    take_change_back,
)
from desk.accounts.roles import Role
from desk.models import AccountChange
from tests.support.staff import member

TRIES = 4
CLOSED = {"is_active": False}


#: Of the tests whose connections write at the same moment.
on_postgresql = pytest.mark.usefixtures("committed")


@pytest.fixture
def committed(is_postgresql, django_db_setup, django_db_blocker) -> Iterator[None]:
    """What each connection writes is there for the other; it is cleared away after."""
    if not is_postgresql:
        pytest.skip("SQLite lets one write at a time")
    with django_db_blocker.unblock():
        known = set(User.objects.values_list("pk", flat=True))
        yield
        made = User.objects.exclude(pk__in=known)
        AccountChange.objects.all().delete()
        LogEntry.objects.filter(user__in=made).delete()
        made.delete()


def at_once(*works: Callable[[], object]) -> list[str]:
    """Begins all at the same moment; the answers: "done" or the kind of refusal."""
    barrier = Barrier(len(works))

    def begun(work: Callable[[], object]) -> str:
        try:
            barrier.wait()
            work()
        except (ValidationError, PermissionDenied) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(begun, works))


def values_of_newcomer(name: str) -> dict[str, object]:
    return {"username": name, "is_staff": True, "roles": [Role.EDITOR.value]}


@on_postgresql
def test_a_change_is_decided_once_whole_or_not_at_all():
    asker, one, two = (member("administrator") for _n in range(3))
    for number in range(TRIES):
        name = f"newcomer{number}"
        change = ask_new(asker, values_of_newcomer(name), "A new colleague")
        answers = at_once(
            lambda change=change: approve_change(change, one),
            lambda change=change: approve_change(change, two),
            lambda change=change: refuse_change(change, two, "No"),
            lambda change=change: take_change_back(change, asker),
        )
        assert sorted(answers) == ["ValidationError"] * 3 + ["done"]
        change.refresh_from_db()
        made = User.objects.filter(username=name)
        assert made.exists() is (change.state == "in-force")
        assert all(user.groups.count() == 1 for user in made)
        decided = LogEntry.objects.filter(change_message__contains=f'"{name}"')
        assert decided.count() == 2, "asked for, and decided once"


@on_postgresql
def test_the_same_is_asked_for_once():
    one, two = member("administrator"), member("administrator")
    for number in range(TRIES):
        values = values_of_newcomer(f"newcomer{number}")
        answers = at_once(
            lambda values=values: ask_new(one, values, "A new colleague"),
            lambda values=values: ask_new(two, values, "A new colleague"),
        )
        assert sorted(answers) == ["ValidationError", "done"]
    assert AccountChange.objects.count() == TRIES


@on_postgresql
def test_two_who_close_each_other_leave_one():
    for _n in range(TRIES):
        one, two = member("administrator"), member("administrator")
        answers = at_once(
            lambda one=one, two=two: change_account(one, two, CLOSED, "Attack"),
            lambda one=one, two=two: change_account(two, one, CLOSED, "Defence"),
        )
        assert sorted(answers) == ["PermissionDenied", "done"]
        User.objects.filter(is_active=True).update(is_active=False)


@on_postgresql
def test_a_right_that_is_taken_away_decides_nothing_afterwards():
    """The approval comes before the taking, or it is refused: never after it."""
    keeper = member("administrator")
    for number in range(TRIES):
        asker, decider = member("administrator"), member("administrator")
        values = values_of_newcomer(f"newcomer{number}")
        change = ask_new(asker, values, "A new colleague")
        left = {**account_values(decider), "roles": []}
        answers = at_once(
            lambda change=change, by=decider: approve_change(change, by),
            lambda by=decider, left=left: change_account(keeper, by, left, "Gone"),
        )
        assert answers[1] == "done"
        change.refresh_from_db()
        assert (answers[0] == "done") is (change.state == "in-force")
        if answers[0] == "done":
            taking = AccountChange.objects.get(person=decider)
            assert change.decided_at < taking.decided_at


@on_postgresql
def test_what_two_give_and_take_of_one_account_ends_as_one_after_the_other():
    asker, second, third = (member("administrator") for _n in range(3))
    publisher = Group.objects.get(name=Role.PUBLISHER.value)
    for _n in range(TRIES):
        person = member("editor")
        present = account_values(person)
        more = {**present, "roles": sorted([*present["roles"], publisher.name])}
        change = change_account(asker, person, more, "More work").asked
        less = {**present, "roles": []}
        at_once(
            lambda change=change: approve_change(change, second),
            lambda person=person, less=less: change_account(third, person, less, "!"),
        )
        assert not person.groups.exists(), "given before, or refused after"


@pytest.mark.django_db
def test_the_lock_is_a_row_that_is_always_there():
    with transaction.atomic():
        lock_accounts()
    assert Group.objects.filter(name=Role.ADMINISTRATOR.value).count() == 1
