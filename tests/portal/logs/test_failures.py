"""Each class of failure leaves one record, of its level and in its logger."""

import subprocess
import sys
from base64 import b32decode

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django_otp.oath import totp

from portal import urls, wsgi
from tests.support.deployment.logs import recorded
from tests.support.logins import ENROL, STEP, code_of, log_in, wrong_code
from tests.support.serving import PROJECT, environment
from tests.support.staff import member, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
#: What nobody is to find in a record.
TEXT = "오늘의 초안 문장 hunter2"
PASSWORD = "correct horse battery"


def fails(request, error: type[Exception]) -> HttpResponse:
    local = TEXT
    raise error(f"{local} {request.POST.get('text')}")


def breaks_off(request) -> StreamingHttpResponse:
    def body():
        yield b"begun"
        raise RuntimeError(TEXT)

    return StreamingHttpResponse(body())


def refuses(request, status: int) -> HttpResponse:
    return HttpResponse("no", status=status)


def stumble(get_response):
    def middleware(request):
        if request.path == "/stumble/":
            raise RuntimeError(TEXT)
        return get_response(request)

    return middleware


ERRORS = (
    *(RuntimeError, BadRequest, PermissionDenied),
    *(SuspiciousOperation, TooManyFieldsSent),
)
urlpatterns = [
    *(
        path(f"{e.__name__}/", fails, {"error": e})
        for e in (*ERRORS, TooManyFieldsSent)
    ),
    *(path(f"{s}/", refuses, {"status": s}) for s in (400, 403, 413, 429, 503)),
    path("breaks-off/", breaks_off),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def failing_site(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.stumble"]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


ERROR, WARNING = ("django.request", "ERROR"), ("portal.security", "WARNING")
CLASSES = {
    "/RuntimeError/": (500, ERROR),
    "/stumble/": (500, ERROR),
    "/503/": (503, ERROR),
    "/PermissionDenied/": (403, WARNING),
    "/SuspiciousOperation/": (400, WARNING),
    "/TooManyFieldsSent/": (400, WARNING),
    "/403/": (403, WARNING),
    "/413/": (413, WARNING),
    "/429/": (429, WARNING),
    # What the access record says as well.
    "/BadRequest/": (400, None),
    "/400/": (400, None),
    "/nowhere/": (404, None),
}


@pytest.mark.parametrize("address", CLASSES)
def test_each_failure_of_a_request_leaves_one_record_and_its_access(client, address):
    status, expected = CLASSES[address]
    with recorded() as lines:
        answer = client.post(f"{address}?q={TEXT}&{TEXT}=1", {"text": TEXT})
    assert answer.status_code == status
    found = [(r["logger"], r["level"]) for r in lines.without_access()]
    assert found == ([expected] if expected else [])
    [access] = lines.access()
    assert (access["status"], access["path"], access["method"]) == (
        status,
        address,
        "POST",
    )
    assert {r["request_id"] for r in lines.records} == {answer["X-Request-ID"]}
    assert not any(word in text for text in lines.texts for word in traces_of(TEXT))


def traces_of(text: str) -> list[str]:
    """The words of a text, as they are and as JSON writes them."""
    words = text.split()
    return [*words, *(word.encode("unicode_escape").decode() for word in words)]


@pytest.mark.parametrize("address", ["/RuntimeError/", "/stumble/"])
def test_a_500_has_its_traceback_without_messages_or_local_variables(client, address):
    with recorded() as lines:
        client.post(address, {"text": TEXT})
    [record] = lines.without_access()
    assert "Traceback (most recent call last)" in record["exception"]
    assert __file__ in record["exception"]


def test_a_body_that_breaks_off_leaves_one_record(client):
    with recorded() as lines, pytest.raises(RuntimeError):
        b"".join(client.get("/breaks-off/"))
    [record] = lines.without_access()
    assert (record["logger"], record["level"]) == ERROR
    assert "in body" in record["exception"]
    assert TEXT not in record["exception"]
    [access] = lines.access()
    assert access["request_id"] == record["request_id"]


def test_a_body_that_nobody_reads_is_recorded_when_it_is_closed(client):
    with recorded() as lines:
        client.get("/breaks-off/").close()
    assert lines.without_access() == []
    assert len(lines.access()) == 1


def test_what_django_stumbles_over_is_answered_and_recorded_once(monkeypatch):
    def stumbles(environ, start_response):
        raise ValueError(TEXT)

    statuses = []
    monkeypatch.setattr(wsgi.front, "application", stumbles)
    with recorded() as lines:
        environ = RequestFactory().get("/").environ
        body = wsgi.application(
            environ, lambda status, headers: statuses.append(status)
        )
    assert statuses == ["500 Internal Server Error"]
    assert b"Something went wrong" in b"".join(body)
    [record] = lines.records
    assert (record["logger"], record["level"]) == ("portal.server", "ERROR")
    assert "hunter2" not in record["exception"]


def test_a_refused_form_leaves_one_record_that_repeats_no_address():
    client = Client(enforce_csrf_checks=True)
    headers = {"referer": f"https://other.example/?q={TEXT}"}
    with recorded() as lines:
        answer = client.post("/admin/login/", {"password": TEXT}, headers=headers)
    assert answer.status_code == 403
    [record] = lines.without_access()
    assert (record["logger"], record["level"]) == WARNING
    assert record["event"] == "csrf"
    assert not any("hunter2" in text or "other.example" in text for text in lines.texts)


def events(lines) -> list[str]:
    return [r["event"] for r in lines.records if r["logger"] == "portal.security"]


def account() -> User:
    user = member("editor")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_logins_are_recorded_without_what_was_typed(client):
    user = account()
    device = with_app(user)
    values = {"username": user.username, "password": f"{PASSWORD}!"}
    with recorded() as lines:
        client.post("/admin/login/", values)
    assert events(lines) == ["login-failed"]
    assert lines.without_access()[0]["address"] == "127.0.0.1"
    with recorded() as more:
        client.post("/admin/login/", {**values, "password": PASSWORD})
        client.post(STEP, {"code": wrong_code(device)})
        code = code_of(device)
        client.post(STEP, {"code": code})
    assert events(more) == ["factor-failed", "login"]
    assert {record["user_id"] for record in more.without_access()} == {user.pk}
    assert {record["user_id"] for record in more.access()} == {user.pk}
    session = client.cookies["sessionid"].value
    typed = (PASSWORD, user.username, code)
    secrets = (*typed, session, client.cookies["csrftoken"].value)
    assert not any(s in text for s in secrets for text in (*lines.texts, *more.texts))


def test_a_lock_is_recorded(client):
    values = {"username": account().username, "password": "wrong"}
    with recorded() as lines:
        for _ in range(5):
            client.post("/admin/login/", values)
    assert events(lines).count("lock") == 1


def test_a_change_of_roles_and_of_the_second_step_is_recorded():
    user = account()
    with recorded() as lines:
        user.groups.set(Group.objects.exclude(user=user)[:1])
    assert "role changed" in events(lines)
    assert {r["account_id"] for r in lines.without_access()} == {user.pk}
    client, _ = log_in(user)
    secret = b32decode(client.get(ENROL).context["secret"].replace(" ", ""))
    with recorded() as more:
        client.post(ENROL, {"new_code": f"{totp(secret):06d}"})
    assert "factor" in events(more)
    assert {r["user_id"] for r in more.without_access() if "event" in r} == {user.pk}


def test_a_command_that_fails_leaves_one_record(tmp_path):
    nowhere = environment(tmp_path / "missing" / "portal.sqlite3")
    command = [sys.executable, "manage.py", "publish_due"]
    run = subprocess.run(command, cwd=PROJECT, env=nowhere, capture_output=True)
    assert run.returncode == 1
    [line] = run.stderr.decode().splitlines()
    assert '"logger": "portal.commands"' in line
    assert '"level": "ERROR"' in line
    assert "OperationalError" in line


def test_a_name_is_taken_from_our_own_proxy_alone(client):
    def named(name: str) -> str:
        answer = client.get("/healthz", headers={"x-request-id": name})
        return answer["X-Request-ID"]

    assert named("proxy-0123456789") != "proxy-0123456789"
    with override_settings(PROXIES=1):
        assert named("proxy-0123456789") == "proxy-0123456789"
        for nonsense in ("", "short", "x" * 65, 'a"}{"level": 1', "a b c d e f g h"):
            assert named(nonsense) != nonsense


def test_files_of_the_portal_leave_no_record(client):
    with recorded() as lines:
        page = client.get("/en/about/").content.decode()
        sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert client.get(sheet).status_code == 200
    assert [r["path"] for r in lines.access()] == ["/en/about/"]


@pytest.mark.parametrize("address", ["/RuntimeError/", "/403/", "/BadRequest/"])
def test_the_page_says_the_name_of_the_request_in_both_languages(client, address):
    answer = client.get("/PermissionDenied/" if address == "/403/" else address)
    text = answer.content.decode()
    assert answer["X-Request-ID"] in text
    assert "문의하실 때 알려 주실 번호" in text
    assert "please give this number" in text


def test_a_page_records_how_many_queries_it_took(client):
    with recorded() as lines:
        client.get("/en/goals/")
        client.get("/en/statements.csv").getvalue()
    assert all(record["queries"] > 0 for record in lines.access())
    assert all(record["duration_ms"] > 0 for record in lines.access())
