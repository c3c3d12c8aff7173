"""Two steps to the desk, a lock for who tries too often, and logs that stay."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.client_ip import client_ip
from desk.models import FailedLogin, Login, Proposal
from statements.models import Revision
from tests.support.staff import member, propose, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
PASSWORD = "correct horse battery"
LOGIN, STEP, ENROL = "/admin/login/", "/admin/second-step/", "/admin/second-step/enrol/"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(user: User, password: str = PASSWORD, **headers) -> tuple[Client, object]:
    client = Client()
    client.cookies["django_language"] = "en"
    values = {"username": user.username, "password": password}
    return client, client.post(f"{LOGIN}?next=/admin/", values, **headers)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def enrolled(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, confirmed=True)


@pytest.mark.parametrize("role", ["publisher", "administrator", "superuser"])
def test_who_may_do_much_gets_nothing_but_the_enrolment_page(role):
    user = member() if role == "superuser" else member(role)
    user.is_superuser = role == "superuser"
    client, answer = log_in(with_password(user))
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(ENROL)
    for path in ("/admin/statements/statement/", "/admin/auth/user/", "/en/preview/1/"):
        assert client.get(path, follow=True).request["PATH_INFO"] == ENROL, path
    page = client.get(ENROL).content.decode()
    device = TOTPDevice.objects.get(user=user)
    assert not device.confirmed
    picture = client.get("/admin/second-step/code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert ElementTree.fromstring(picture.content).tag.endswith("svg")
    assert "style=" not in page
    assert "<script>" not in page
    client.post(ENROL, {"code": "000000"})
    assert client.get("/admin/").status_code == 302
    device.refresh_from_db()
    TOTPDevice.objects.update(throttling_failure_count=0)
    answer = client.post(ENROL, {"code": code_of(device)})
    codes = set(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == 10
    assert all(code in answer.content.decode() for code in codes)
    assert client.get("/admin/").status_code == 200
    assert LogEntry.objects.filter(user=user, change_message__contains="set up")


def test_a_password_alone_replaces_no_phone():
    user = with_password(member("publisher"))
    device = enrolled(user)
    client, _ = log_in(user)
    assert client.get(ENROL).url == STEP
    assert client.post(ENROL, {"code": "123456"}).url == STEP
    assert client.get("/admin/second-step/code.svg").status_code == 302
    assert client.post("/admin/second-step/recovery/").url == STEP
    assert list(TOTPDevice.objects.filter(user=user)) == [device]


def test_a_code_opens_the_desk_once_and_a_wrong_one_slows_down():
    user = with_password(member("publisher"))
    device = enrolled(user)
    client, _ = log_in(user)
    code = code_of(device)
    wrong = "1" * 6 if code != "1" * 6 else "2" * 6
    assert client.post(STEP, {"code": wrong}).status_code == 200
    assert client.post(STEP, {"code": code}).status_code == 200, "too soon"
    TOTPDevice.objects.update(throttling_failure_count=0)
    answer = client.post(f"{STEP}?next=/admin/desk/proposal/", {"code": code})
    assert answer.url == "/admin/desk/proposal/"
    again, _ = log_in(user)
    assert again.post(STEP, {"code": code}).status_code == 200, "used already"
    assert client.get("/admin/").status_code == 200


def test_the_second_step_leads_to_no_other_site():
    user = with_password(member("publisher"))
    client, _ = log_in(user)
    code = code_of(enrolled(user))
    answer = client.post(f"{STEP}?next=https://example.org/", {"code": code})
    assert answer.url == "/admin/"


def test_a_recovery_code_works_once():
    user = with_password(member("publisher"))
    enrolled(user)
    client = signed_in(user)
    client.post("/admin/second-step/recovery/")
    code = StaticToken.objects.first().token
    first, _ = log_in(user)
    assert first.post(STEP, {"code": code.upper()}).status_code == 302
    second, _ = log_in(user)
    assert second.post(STEP, {"code": code}).status_code == 200


def test_an_editor_needs_no_phone_but_who_has_one_uses_it():
    editor = with_password(member("editor"))
    client, answer = log_in(editor)
    assert (answer.url, client.get("/admin/").status_code) == ("/admin/", 200)
    enrolled(editor)
    assert client.get("/admin/").status_code == 302


def test_five_wrong_passwords_lock_that_name_at_that_address():
    user = with_password(member("editor"))
    for _ in range(5):
        _, answer = log_in(user, "wrong")
    assert answer.status_code == 429
    told = answer.content.decode()
    assert "차단" in told
    assert "blocked" in told
    assert log_in(user)[1].status_code == 429
    assert log_in(user, REMOTE_ADDR="192.0.2.7")[1].status_code == 302
    other = with_password(member("editor"))
    assert log_in(other)[1].status_code == 302
    assert FailedLogin.objects.filter(username=user.username).count() >= 4
    assert Login.objects.filter(username=other.username).count() == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
    ],
)
def test_an_address_is_what_our_own_proxies_saw(proxies, forwarded, expected):
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1")
    request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    with override_settings(PROXIES=proxies):
        assert client_ip(request) == expected


@pytest.mark.parametrize("password", ["short1!", "elevenchars", "123456789012345"])
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="somebody"))


def test_a_session_ends_after_hours_and_with_the_browser():
    client, answer = log_in(with_password(member("editor")))
    cookie = answer.cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["httponly"]
    assert client.session.get_expiry_age() <= 4 * 60 * 60
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    client.post("/admin/logout/")
    assert client.get("/admin/").status_code == 302
    assert Login.objects.exclude(logout_time=None).exists()


def test_readers_get_no_session(client):
    assert "sessionid" not in client.get("/ko/").cookies


@pytest.mark.parametrize("role", ["superuser", "administrator", "auditor"])
def test_nobody_changes_the_logs(role, admin_user):
    user = admin_user if role == "superuser" else member(role)
    client = signed_in(user)
    log_in(with_password(member("editor")))
    entry = LogEntry.objects.log_actions(user.pk, [user], 2, "Test", single_object=True)
    for model, row in (
        ("admin_logentry", entry),
        ("desk_login", Login.objects.first()),
        ("statements_revision", Revision.objects.first()),
        ("desk_proposal", propose("G1.C1.1", text_en="X")),
    ):
        page = reverse(f"admin:{model}_change", args=[row.pk])
        assert client.get(page).status_code == 200, model
        assert client.get(reverse(f"admin:{model}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:{model}_add")).status_code == 403
        delete = reverse(f"admin:{model}_delete", args=[row.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403
        if model not in ("statements_revision", "desk_proposal"):
            assert client.post(page, {"change_message": "X"}).status_code == 403
        many = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        client.post(reverse(f"admin:{model}_changelist"), many)
        assert type(row).objects.filter(pk=row.pk).exists()
    assert client.post(f"/admin/auth/user/{user.pk}/delete/").status_code == 403
    assert Proposal.objects.exists()


def test_an_administrator_rises_above_nobody(admin_user):
    administrator = member("administrator")
    client = signed_in(administrator)
    other = member("editor")
    page = client.get(reverse("admin:auth_user_change", args=[other.pk]))
    assert "is_superuser" not in page.context["adminform"].form.fields
    assert "user_permissions" not in page.context["adminform"].form.fields
    for pk in (admin_user.pk, administrator.pk):
        url = reverse("admin:auth_user_change", args=[pk])
        assert client.post(url, {"username": "x"}).status_code == 403
        password = reverse("admin:auth_user_password_change", args=[pk])
        assert client.post(password, {}).status_code == 403


@pytest.mark.parametrize(("language", "title"), [("ko", "2단계"), ("en", "Second")])
def test_the_pages_of_the_login_speak_both_languages(language, title):
    user = with_password(member("publisher"))
    client, _ = log_in(user)
    client.cookies["django_language"] = language
    assert client.get(ENROL).status_code == 200
    enrolled(user)
    answer = client.get(STEP)
    assert title in answer.content.decode()
    assert f'<html lang="{language}"' in answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
