"""Two steps to the desk for everybody, and logs that stay."""

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import RequestFactory, override_settings
from django.urls import reverse

from desk.accounts.client_ip import client_ip
from desk.accounts.passwords.first_passwords import has_first_password
from desk.accounts.second_step.devices import Authenticator
from desk.models import Login, Proposal, StaffSession
from statements.models import Revision
from tests.support.logins import (
    CHANGE,
    ENROL,
    PASSWORD,
    STEP,
    code_of,
    entered,
    log_in,
    with_password,
)
from tests.support.staff import member, propose, signed_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
ROLES = ["editor", "translator", "publisher", "administrator", "auditor", "superuser"]


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_nobody_gets_anything_but_the_enrolment_page_with_a_password(role):
    user = member(*([role] if role not in ("superuser", "nobody") else []))
    user.is_superuser = role == "superuser"
    client, answer = log_in(with_password(user))
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(ENROL)
    for path in ("/admin/statements/statement/", "/admin/manual/", "/en/preview/1/"):
        assert client.get(path, follow=True).request["PATH_INFO"] == ENROL, path


def test_both_steps_give_the_session_a_new_key():
    user = with_password(member("editor"))
    device = with_app(user)
    client, _ = log_in(user)
    first = client.session.session_key
    client.post(STEP, {"code": code_of(device)})
    second = client.session.session_key
    assert first != second
    assert not StaffSession.objects.filter(session_key=first).exists()
    log_in_again = {"username": user.username, "password": PASSWORD}
    client.post("/admin/login/", log_in_again)
    assert client.session.session_key != second


def test_the_second_step_leads_to_no_other_site():
    user = with_password(member("publisher"))
    client, _ = log_in(user)
    code = code_of(with_app(user))
    answer = client.post(f"{STEP}?next=https://example.org/", {"code": code})
    assert answer.url == "/admin/"


def test_the_login_leads_through_all_steps_to_the_page_that_was_asked_for():
    user = with_password(member("publisher"))
    device = with_app(user)
    client, _ = log_in(user)
    asked = "/admin/desk/proposal/?state=published"
    answer = client.get(asked, follow=True)
    step = answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]
    assert step.startswith(STEP)
    assert client.post(step, {"code": code_of(device)}).url == asked


def test_a_first_password_opens_nothing_but_the_page_to_change_it():
    user = member("editor")
    client = signed_in(user)
    user.set_password(PASSWORD)
    user.save()
    assert client.get("/admin/").status_code == 302, "the session has ended"
    user.refresh_from_db()
    client, _ = log_in(user)
    device = Authenticator.objects.get(user=user)
    client.post(STEP, {"code": code_of(device)})
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == CHANGE
    same = dict.fromkeys(("old_password", "new_password1", "new_password2"), PASSWORD)
    assert client.post(CHANGE, same).status_code == 200, "it has to be another one"
    own = {
        "new_password1": "quite another horse",
        "new_password2": "quite another horse",
    }
    answer = client.post(CHANGE, {"old_password": PASSWORD, **own}, follow=True)
    assert "Your password was changed" in answer.content.decode()
    assert client.get("/admin/").status_code == 200
    assert not has_first_password(user)


def test_an_account_of_the_operator_needs_no_second_password():
    user = User.objects.create_superuser("operator", password=PASSWORD)
    assert not has_first_password(user)
    assert entered(user).get("/admin/").status_code == 200


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


@pytest.mark.parametrize(
    "password",
    [
        *("short1!", "elevenchars", "123456789012345"),
        *("MofaPortal2026!", "foreignpolicyportal", "외교부관리자비밀번호2026"),
    ],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="somebody"))


def test_a_session_ends_after_hours_and_with_the_browser():
    client, answer = log_in(with_password(member("editor")))
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == ""
    assert cookie["httponly"]
    assert client.session.get_expiry_age() <= 4 * 60 * 60
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    user = with_password(member("editor"))
    client = entered(user)
    client.post("/admin/logout/")
    assert client.get("/admin/").status_code == 302
    assert Login.objects.exclude(logout_time=None).exists()


def test_readers_get_no_session(client):
    assert not client.get("/ko/").cookies


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


@pytest.mark.parametrize(("language", "title"), [("ko", "2단계"), ("en", "Two-step")])
def test_the_pages_of_the_login_speak_both_languages(language, title):
    user = with_password(member("publisher"))
    client, _ = log_in(user)
    client.cookies["django_language"] = language
    assert client.get(ENROL).status_code == 200
    with_app(user)
    answer = client.get(STEP)
    assert title in answer.content.decode()
    assert f'<html lang="{language}"' in answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
