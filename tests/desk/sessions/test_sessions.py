"""Sessions end with what they rest on, after half a day, and when their owner says."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from desk.accounts.second_step.second_factor import forget_devices
from desk.models import Login, StaffSession
from desk.sessions.store import BEGUN_KEY
from tests.support.logins import PASSWORD, entered, log_in, with_password
from tests.support.staff import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
SESSIONS = "/admin/sessions/"


@pytest.fixture
def user(db):
    return with_password(member("editor"))


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def set_password(user, client):
    user.set_password("quite another horse")
    user.save()


def close_account(user, client):
    user.is_active = False
    user.save()


def lose_factor(user, client):
    forget_devices(user)


def change_own_password(user, client):
    new = dict.fromkeys(("new_password1", "new_password2"), "quite another horse")
    other = entered(user)
    answer = other.post("/admin/password_change/", {"old_password": PASSWORD, **new})
    assert answer.status_code == 302
    assert is_in(other), "who changes the password goes on"


@pytest.mark.parametrize(
    "event", [set_password, close_account, lose_factor, change_own_password]
)
def test_sessions_end_with_what_they_rest_on(user, event):
    first, second, other = entered(user), entered(user), signed_in(member("editor"))
    half, _ = log_in(user)
    event(user, first)
    assert not any(map(is_in, (first, second)))
    assert half.get("/admin/second-step/").status_code == 302
    assert is_in(other)


def test_a_closed_account_that_opens_again_has_no_session_left(user):
    client = entered(user)
    close_account(user, client)
    user.is_active = True
    user.save()
    assert not is_in(client)


def test_what_changes_nothing_of_these_ends_no_session(user):
    client = entered(user)
    user.first_name = "Someone"
    user.save()
    assert is_in(client)


def test_a_busy_session_ends_after_half_a_day(user):
    client = entered(user)
    session = client.session
    begun = timezone.now() - settings.SESSION_LIFETIME + timedelta(minutes=5)
    session[BEGUN_KEY] = begun.isoformat()
    session.save()
    assert is_in(client)
    row = StaffSession.objects.get(session_key=session.session_key)
    assert row.expire_date == begun + settings.SESSION_LIFETIME
    assert session.get_expiry_age() <= 5 * 60
    session[BEGUN_KEY] = (begun - timedelta(minutes=10)).isoformat()
    session.save()
    assert not is_in(client)


def test_a_session_without_pages_ends_after_hours(user):
    client = entered(user)
    row = StaffSession.objects.get(user=user)
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    assert abs(row.expire_date - row.seen_at - idle) < timedelta(minutes=1)
    StaffSession.objects.update(expire_date=timezone.now())
    assert not is_in(client)
    call_command("clearsessions")
    assert not StaffSession.objects.filter(user=user).exists()


def test_logging_in_once_more_asks_for_the_second_step_again(user):
    client = entered(user)
    values = {"username": user.username, "password": PASSWORD}
    client.post("/admin/login/", values)
    assert not is_in(client)


def test_a_cookie_set_by_somebody_else_is_worth_nothing(user):
    """Fixation: the key that a browser came with is not the one it goes with."""
    client = entered(user)
    key = client.session.session_key
    other, _ = log_in(user)
    planted = other.session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    assert client.session.session_key not in (planted, key)
    assert not StaffSession.objects.filter(session_key=planted).exists()


def test_people_see_their_own_sessions_and_end_them(user):
    client = signed_in(user)
    other = entered(user)
    foreign = signed_in(member("editor"))
    StaffSession.objects.filter(session_key=other.session.session_key).update(
        device="A phone\x7f <b>", address="2001:db8::7"
    )
    page = client.get(SESSIONS)
    assert len(page.context["sessions"]) == 2
    text = page.content.decode()
    assert "A phone" in text
    assert "<b>" not in text
    keys = StaffSession.objects.values_list("session_key", flat=True)
    assert not any(key in text for key in keys)
    [mark] = [
        one.mark
        for one in page.context["sessions"]
        if one.session_key == other.session.session_key
    ]
    foreign.post(SESSIONS, {"end": mark})
    assert is_in(other), "nobody ends the sessions of others"
    client.post(SESSIONS, {"end": mark})
    assert not is_in(other)
    assert is_in(client)
    assert Login.objects.filter(username=user.username).exclude(logout_time=None)


def test_all_others_are_ended_at_once(user):
    clients = [entered(user) for _ in range(3)]
    own = signed_in(user)
    own.post(SESSIONS, {"end": "others"})
    own.post(SESSIONS, {"end": page_mark(own)})
    assert not any(map(is_in, clients))
    assert is_in(own)


def page_mark(client) -> str:
    return client.get(SESSIONS).context["own"]


def test_a_session_knows_browser_and_address(user):
    log_in(user, HTTP_USER_AGENT="Browser\x00\n" + "x" * 500, REMOTE_ADDR="192.0.2.7")
    row = StaffSession.objects.get(user=user)
    assert row.device.startswith("Browserxx")
    assert len(row.device) == 200
    assert row.address == "192.0.2.7"
    assert "\x00" not in Login.objects.get(username=user.username).user_agent
    assert not Session.objects.exists()
