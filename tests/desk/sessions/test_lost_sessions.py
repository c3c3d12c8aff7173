"""A form that arrives without a session, or after another login, loses no text."""

import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desk.accounts.lockout import unlock
from desk.models import Proposal, StaffSession
from desk.sessions import kept_post
from statements.models import Statement
from tests.support.logins import (
    LOGIN,
    PASSWORD,
    STEP,
    Browser,
    code_of,
    with_password,
    wrong_code,
)
from tests.support.staff import Authenticator, member

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
TEXT = "Typed for an hour <b>&\n“so” 국어"


@pytest.fixture
def user(db):
    return with_password(member("editor"))


@pytest.fixture
def browser(user):
    return Browser(user).enter()


@pytest.fixture
def page(db) -> str:
    pk = Statement.objects.get(code="2025.T4.2.2").pk
    return f"/admin/statements/statement/{pk}/change/"


def filled(browser: Browser, page: str) -> tuple[str, dict]:
    """The token of the page’s form, and what somebody sends of it."""
    answer = browser.open(page)
    form = answer.context["adminform"].form
    values = {name: form[name].value() for name in form.fields if form[name].value()}
    for formset in answer.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        values |= {management.add_prefix(n): v for n, v in management.initial.items()}
    note = {"change_note_ko": "표현을 다듬음", "change_note_en": "Polished"}
    return str(answer.context["csrf_token"]), values | note | {"text_en": TEXT}


def end_all(user) -> None:
    StaffSession.objects.filter(user=user).delete()


def proof(user, **other) -> dict[str, str]:
    code = code_of(Authenticator.objects.get(user=user))
    return {"username": user.username, "password": PASSWORD, "code": code} | other


def send_again(browser: Browser, page: str, answer, **values):
    kept = {kept_post.FIELD: answer.context["kept"].signed()}
    return browser.send(page, kept | values, str(answer.context["csrf_token"]))


def is_proposed() -> bool:
    text = TEXT.replace("\n", " ")
    return any(
        " ".join(str(p.snapshot.get("text_en")).split()) == " ".join(text.split())
        for p in Proposal.objects.all()
    )


def test_the_login_in_place_carries_on_with_what_was_typed(browser, user, page):
    token, values = filled(browser, page)
    end_all(user)
    answer = browser.send(page, values, token)
    assert answer.status_code == 403
    assert answer["Cache-Control"].count("no-store") == 1
    text = answer.content.decode()
    assert "Your session has ended, but nothing that you entered is lost." in text
    assert user.username in text
    answer = send_again(browser, page, answer, **proof(user))
    assert answer.status_code == 302
    assert is_proposed()
    assert browser.open("/admin/").status_code == 200


def test_mistypes_on_the_way_lose_nothing_either(browser, user, page):
    token, values = filled(browser, page)
    end_all(user)
    answer = browser.send(page, values, token)
    answer = send_again(browser, page, answer, **proof(user, password="wrong"))
    assert "correct username" in answer.content.decode()
    wrong = wrong_code(Authenticator.objects.get(user=user))
    answer = send_again(browser, page, answer, **proof(user, code=wrong))
    asked = [field for form in answer.context["asked"] for field in form.fields]
    assert asked == ["code"], "the password was right"
    for _ in range(4):
        answer = send_again(browser, page, answer, code=wrong)
    answer = send_again(browser, page, answer, code=wrong)
    assert answer.status_code == 429
    unlock(user)
    assert not is_proposed()
    code = code_of(Authenticator.objects.get(user=user))
    assert send_again(browser, page, answer, code=code).status_code == 302
    assert is_proposed()


def test_nobody_else_carries_on_with_it(browser, user, page):
    token, values = filled(browser, page)
    end_all(user)
    answer = browser.send(page, values, token)
    other = with_password(member("editor"))
    Browser(other).enter()
    answer = send_again(browser, page, answer, **proof(other))
    assert answer.status_code == 403
    assert (
        "Only the person who started this form can continue." in answer.content.decode()
    )
    assert StaffSession.objects.filter(user=other).count() == 1, "the one before"
    assert not Proposal.objects.exists()


def test_after_another_persons_login_it_is_shown_and_not_sent(browser, user, page):
    token, values = filled(browser, page)
    end_all(user)
    kept = browser.send(page, values, token).context["kept"]
    other = with_password(member("editor"))
    browser.user = other
    browser.enter()
    fresh = browser.token("/admin/")
    answer = browser.send(page, {kept_post.FIELD: kept.signed()}, fresh)
    assert answer.status_code == 403
    assert "Typed for an hour" in answer.content.decode()
    answer = browser.send(page, values, token)
    assert answer.status_code == 403
    assert "another person" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_form_older_than_the_login_is_sent_again(browser, user, page):
    token, values = filled(browser, page)
    end_all(user)
    browser.enter()
    answer = browser.send(page, values, token)
    assert answer.status_code == 403
    assert "Send it again" in answer.content.decode()
    assert send_again(browser, page, answer).status_code == 302
    assert is_proposed()


def test_in_another_window_one_may_log_in_meanwhile(browser, user, page):
    token, values = filled(browser, page)
    end_all(user)
    answer = browser.send(page, values, token)
    browser.enter()
    again = send_again(browser, page, answer, username="", password="", code="")
    assert again.status_code == 403, "its token is older than the login"
    assert send_again(browser, page, again).status_code == 302
    assert is_proposed()


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil"]
)
def test_what_another_site_sends_is_neither_kept_nor_shown(browser, user, page, origin):
    token, values = filled(browser, page)
    for is_ended in (False, True):
        if is_ended:
            end_all(user)
        answer = browser.send(page, values, token, HTTP_ORIGIN=origin)
        assert answer.status_code == 403
        text = answer.content.decode()
        assert "kept_post" not in text
        assert "Typed for an hour" not in text


@pytest.mark.parametrize("token", ["", "x", "é" * 64, "a" * 64, "-" * 64])
def test_what_no_page_of_ours_sent_is_not_kept(browser, user, page, token):
    _, values = filled(browser, page)
    for is_ended in (False, True):
        if is_ended:
            end_all(user)
        answer = browser.send(page, values, token)
        assert answer.status_code == 403
        assert "kept_post" not in answer.content.decode()
        assert "Typed for an hour" in answer.content.decode(), "to be copied"


def test_a_kept_form_cannot_be_made_or_moved(browser, user, page):
    _, values = filled(browser, page)
    token = browser.token(page)
    elsewhere = "/admin/auth/user/add/"
    forged = [
        "nonsense",
        signing.dumps({"owner": user.pk}, salt="another"),
        kept_post.KeptPost(user.pk, elsewhere, [["a", "b"]], []).signed(),
    ]
    for one in forged:
        answer = browser.send(page, {kept_post.FIELD: one}, token)
        assert answer.status_code == 403
        assert not Proposal.objects.exists()


def test_a_stolen_kept_form_of_the_thief_is_not_the_victims(browser, user, page):
    """An insider signs a form of their own and has the victim’s browser send it."""
    thief = with_password(member("editor"))
    _, values = filled(browser, page)
    fields = [[name, str(value)] for name, value in values.items()]
    kept = kept_post.KeptPost(thief.pk, page, fields, []).signed()
    answer = browser.send(page, {kept_post.FIELD: kept}, browser.token(page))
    assert answer.status_code == 403
    assert not Proposal.objects.exists()


def test_fields_with_many_values_and_files_are_kept_as_far_as_can_be(browser, user):
    page = "/admin/bulk/sheets/"
    token = browser.token(page)
    end_all(user)
    many = {"a": ["1", "2", "1"], "b": "", "sheet": SimpleUploadedFile("s.csv", b"x")}
    answer = browser.send(page, many, token)
    kept = answer.context["kept"]
    assert kept.as_query().getlist("a") == ["1", "2", "1"]
    assert kept.as_query()["b"] == ""
    assert kept.file_fields == ["sheet"]
    text = answer.content.decode()
    assert 'type="file"' in text
    assert "Browsers do not send a file twice. Choose the file again." in text
    chosen = SimpleUploadedFile("s.csv", b"code,seen\n")
    answer = send_again(browser, page, answer, sheet=chosen, **proof(user))
    assert answer.status_code == 200
    assert list(answer.wsgi_request.FILES) == ["sheet"]
    assert "password" not in answer.wsgi_request.POST


def test_no_password_is_kept(browser, user, admin_user):
    with_password(admin_user)
    boss = Browser(admin_user).enter()
    page = "/admin/auth/user/add/"
    token = boss.token(page)
    end_all(admin_user)
    secret = "a secret horse"
    values = {"username": "new", "password1": secret, "password2": secret}
    answer = boss.send(page, values, token)
    kept = answer.context["kept"]
    assert kept.fields == [["username", "new"]]
    assert secret not in answer.content.decode()


@pytest.mark.parametrize("path", [STEP, "/admin/password_change/", "/admin/logout/"])
def test_forms_of_proofs_are_not_kept(browser, user, path):
    token = browser.token("/admin/sessions/")
    end_all(user)
    answer = browser.send(path, {"code": "123456"}, token)
    assert answer.status_code == 302


def test_the_login_form_itself_can_be_too_old(browser, user):
    stranger = Client(enforce_csrf_checks=True)
    values = {"username": user.username, "password": PASSWORD}
    answer = stranger.post(LOGIN, values, HTTP_ORIGIN="http://testserver")
    assert answer.status_code == 403
    assert "css/admin" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()


@pytest.mark.parametrize("n", [100_000, 1_000_000])
def test_long_texts_are_kept_too(browser, user, page, n):
    token, values = filled(browser, page)
    end_all(user)
    values["text_en"] = "가" * (n // 3)
    answer = browser.send(page, values, token)
    kept = answer.context["kept"]
    assert kept.as_query()["text_en"] == values["text_en"]
    answer = send_again(browser, page, answer, **proof(user))
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "입력한 내용을 보내지 못했습니다"), ("en", "not sent")],
)
def test_readers_are_told_in_our_frame_in_both_languages(language, said):
    client = Client(enforce_csrf_checks=True)
    client.cookies["django_language"] = language
    answer = client.post("/i18n/setlang/", {"language": "en"})
    assert answer.status_code == 403
    text = answer.content.decode()
    assert said in text
    assert 'class="masthead"' in text
    assert "CSRF" not in text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_page_of_the_desk_is_django_s_own(browser, user, language):
    browser.client.cookies["django_language"] = language
    for path, status in (
        ("/admin/auth/user/", 403),
        ("/admin/password_change/", 200),
        ("/admin/password_change/done/", 200),
        ("/admin/sessions/", 200),
        ("/admin/second-step/recovery/", 200),
        ("/admin/second-step/enrol/", 200),
    ):
        answer = browser.open(path)
        text = answer.content.decode()
        assert answer.status_code == status, path
        assert f'<html lang="{language}"' in text, path
        assert "css/admin" in text, path
        title = re.search("<h1>(.+?)</h1>", text)[1]
        assert bool(re.search("[가-힣]", title)) == (language == "ko"), title
    answer = browser.send("/admin/logout/", {}, browser.token("/admin/"))
    assert "quality time" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["12/24/2098 10:00", "2098-12-24 10:00"])
def test_a_time_is_read_as_it_was_typed_before_the_session_was_lost(
    browser, user, page, typed
):
    token, values = filled(browser, page)
    end_all(user)
    answer = browser.send(page, values | {"publish_at": typed}, token)
    answer = send_again(browser, page, answer, **proof(user))
    if typed.startswith("2098"):
        assert f"{Proposal.objects.get().publish_at:%F %R}" == "2098-12-24 01:00"
    else:
        field = answer.context["adminform"].form["publish_at"]
        assert field.errors and field.value() == typed
        assert not Proposal.objects.exists()
