"""Limits on guessing: by name, by address, in all, and of who is in already."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from desk.accounts import lockout
from desk.accounts.lockout import (
    ADDRESS,
    EVERYBODY,
    MINUTE,
    NAME,
    FailedTries,
    TooManyTriesError,
    charge,
    forget_old_tries,
    is_locked,
    network_of,
    unlock,
)
from desk.accounts.second_step.second_factor import device_of
from desk.models import FailedLogin, Login
from tests.support.logins import PASSWORD, code_of, entered, log_in, with_password
from tests.support.staff import member, with_app

ANYWHERE = [pytest.mark.django_db, pytest.mark.any_engine]
HOME, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "198.51.100.9"}


@pytest.fixture
def user(db):
    return with_password(member("editor"))


@pytest.fixture(autouse=True)
def standing_still(clock) -> None:
    """Nothing is forgiven because a test takes long."""


class TestNames:
    pytestmark = ANYWHERE

    def test_wrong_passwords_lock_the_name_for_a_time_that_grows(self, user, clock):
        waits = []
        for _ in range(4):
            assert log_in(user, "wrong")[1].status_code == 200
        for _ in range(9):
            log_in(user, "wrong")
            answer = log_in(user)[1]
            assert answer.status_code == 429, "not even the right one"
            waits.append(int(answer["Retry-After"]))
            clock.move(timedelta(seconds=waits[-1]))
        assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
        assert log_in(user)[1].status_code == 302

    def test_the_page_says_so_in_both_languages_and_in_our_frame(self, user):
        for _ in range(5):
            client, _answer = log_in(user, "wrong")
        for language, said in (("en", "Too many attempts"), ("ko", "너무 여러 번")):
            client.cookies["django_language"] = language
            values = {"username": user.username, "password": PASSWORD}
            page = client.post("/admin/login/", values).content.decode()
            assert said in page
            assert "css/admin" in page

    def test_a_name_that_nobody_has_is_answered_alike(self, user):
        def answers(name):
            log = [log_in(name, "wrong", **ELSEWHERE)[1] for _ in range(7)]
            return [(a.status_code, a.get("Retry-After")) for a in log]

        def text(name):
            return log_in(name, "wrong", **HOME)[1].content.decode()

        strip = {user.username: "", "somebody9": ""}
        known, unknown = text(user.username), text("somebody9")
        for name in strip:
            known, unknown = known.replace(name, ""), unknown.replace(name, "")
        assert "correct username" in known
        assert "correct username" in unknown
        assert answers(user.username) == answers("somebody9")

    @pytest.mark.parametrize("spelled", ["Editor", "EDITOR ", "\uff45ditor"])
    def test_spellings_of_a_name_are_one(self, spelled):
        for name in ("editor", spelled):
            charge({lockout.name_key(name): NAME})
        assert FailedTries.objects.get().failures == 2

    def test_a_stranger_locks_nobody_out_where_they_log_in_daily(self, user):
        assert log_in(user, **HOME)[1].status_code == 302
        for _ in range(8):
            log_in(user, "wrong", **ELSEWHERE)
        assert log_in(user, **ELSEWHERE)[1].status_code == 429
        assert log_in(user, **HOME)[1].status_code == 302
        for _ in range(5):
            log_in(user, "wrong", **HOME)
        assert log_in(user, **HOME)[1].status_code == 429

    def test_what_is_right_forgets_what_was_wrong(self, user):
        for _ in range(3):
            for _ in range(4):
                log_in(user, "wrong")
            assert log_in(user)[1].status_code == 302

    def test_an_administrator_can_unlock(self, user):
        log_in(user, **HOME)
        for where in (HOME, ELSEWHERE):
            for _ in range(5):
                log_in(user, "wrong", **where)
        assert is_locked(user)
        unlock(user)
        assert not is_locked(user)
        assert log_in(user, **ELSEWHERE)[1].status_code == 302

    def test_the_log_keeps_failures_and_which_of_them_locked(self, user):
        for _ in range(7):
            log_in(user, "wrong-secret")
        log = FailedLogin.objects.filter(username=user.username)
        assert [entry.locked_out for entry in log.order_by("pk")] == [False] * 4 + [
            True
        ]
        assert "wrong-secret" not in repr(list(log.values()))
        log_in(with_password(member("editor")))
        assert Login.objects.count() == 1

    @pytest.mark.parametrize("name", ["x" * 150, "Ⅷ" * 150, "a\u0301" * 75, "%s", "'"])
    def test_any_name_can_be_counted(self, name):
        assert log_in(name, "wrong")[1].status_code == 200
        assert FailedTries.objects.filter(failures=1).count() == 3


class TestAddresses:
    pytestmark = ANYWHERE

    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::", "2001:db8:1:2::/64"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("", "None"),
            ("not an address" * 50, "None"),
        ],
    )
    def test_an_ipv6_subscriber_is_one(self, address, network):
        assert network_of(address) == network

    def test_many_names_from_one_network_are_one_guesser(self, user):
        for number in range(ADDRESS.free):
            where = {"REMOTE_ADDR": f"2001:db8::{number:x}"}
            assert log_in(f"name{number}", "wrong", **where)[1].status_code == 200
        answer = log_in(user, REMOTE_ADDR="2001:db8::ffff")[1]
        assert answer.status_code == 429
        assert log_in(user, REMOTE_ADDR="2001:db8:0:1::1")[1].status_code == 302

    def test_failures_of_all_together_are_limited_but_not_for_who_is_known(
        self, user, clock
    ):
        log_in(user, **HOME)
        FailedTries.objects.filter(key="all").delete()
        FailedTries.objects.create(
            key="all", failures=EVERYBODY.free, counted_at=clock.moment
        )
        log_in("name", "wrong", REMOTE_ADDR="203.0.113.1")
        assert log_in("name2", REMOTE_ADDR="203.0.113.2")[1].status_code == 429
        assert log_in(user, **HOME)[1].status_code == 302

    def test_failures_are_forgiven_with_time(self, clock):
        for _ in range(ADDRESS.free - 1):
            charge({"address:x": ADDRESS})
        clock.move(20 * MINUTE)
        charge({"address:x": ADDRESS})
        assert FailedTries.objects.get().failures == ADDRESS.free - 1 - 10 + 1
        clock.move(timedelta(days=31))
        forget_old_tries()
        assert not FailedTries.objects.exists()

    def test_a_clock_that_is_set_back_forgives_nothing(self):
        later = timezone.now() + timedelta(days=1)
        FailedTries.objects.create(key="address:x", failures=3, counted_at=later)
        charge({"address:x": ADDRESS})
        assert FailedTries.objects.get().failures == 4


@pytest.mark.django_db
def test_tries_made_side_by_side_pass_no_limit(is_postgresql):
    """Each with a connection of its own, all at once, at both kinds of limit."""
    if not is_postgresql:
        pytest.skip("SQLite has one writer at a time, and one connection in tests")
    keys = {"name:x": NAME, "address:y": ADDRESS, "all": EVERYBODY}
    n = 12
    together = Barrier(n)

    def attempt(_: int) -> bool:
        together.wait()
        try:
            charge(keys)
        except TooManyTriesError:
            return False
        finally:
            connection.close()
        return True

    def failures(_: int) -> dict[str, int]:
        rows = FailedTries.objects.filter(key__in=keys)
        counted = dict(rows.values_list("key", "failures"))
        rows.delete()
        connection.close()
        return counted

    with ThreadPoolExecutor(n) as pool:
        taken = list(pool.map(attempt, range(n)))
        [counted] = pool.map(failures, [0])
    assert sum(taken) == NAME.free
    assert counted == dict.fromkeys(keys, NAME.free)


@pytest.mark.django_db
def test_a_code_sent_twice_at_once_opens_the_desk_once(is_postgresql):
    if not is_postgresql:
        pytest.skip("SQLite has one writer at a time, and one connection in tests")
    together = Barrier(6)

    def apart(work, *given):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(closing(work), *given).result()

    def closing(work):
        def closed(*given):
            try:
                return work(*given)
            finally:
                connection.close()

        return closed

    def make() -> tuple[User, str]:
        user = User.objects.create_user("twice", is_staff=True)
        return user, code_of(with_app(user))

    def use(user: User, code: str) -> bool:
        together.wait()
        try:
            return device_of(user, code) is not None
        except TooManyTriesError:
            return False

    user, code = apart(make)
    try:
        with ThreadPoolExecutor(6) as pool:
            opened = list(pool.map(closing(use), [user] * 6, [code] * 6))
    finally:
        apart(FailedTries.objects.all().delete)
        apart(user.delete)
    assert sum(opened) == 1


@pytest.mark.django_db
@pytest.mark.any_engine
def test_who_is_in_already_is_limited_in_proofs_too(user):
    client = entered(user)
    change = {"old_password": "wrong", "new_password1": "x", "new_password2": "x"}
    for _ in range(5):
        assert client.post("/admin/password_change/", change).status_code == 200
    assert client.post("/admin/password_change/", change).status_code == 429
