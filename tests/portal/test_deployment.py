"""What a portal in production sends and keeps: headers, cookies, files, secrets."""

import re
import stat
import subprocess
import sys
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from desk.sessions.models import StaffSession
from scripts.prepare import keep_private
from tests.support.deployment.observatory import Answer, score
from tests.support.serving import PROJECT, environment, served
from tests.support.staff import member

pytestmark = pytest.mark.any_engine
HOST = "policy.example"
KEY = "zV4q8Yw1nT6rB3mK9pXsD5gH2jL7cF0aQeUiOoPtRyWkMnBvCxZ"
#: A page, results, the API, files, a feed, the desk's door, the widget, nothing.
ADDRESSES = (
    *("/en/", "/ko/statements/", "/api/v1/statements/", "/en/statements.csv"),
    *("/data/statements.json", "/en/statements.atom", "/admin/login/", "/en/nowhere/"),
    *("/en/statements/embed/", "/api/v1/docs", "/sitemap.xml", "/robots.txt"),
)


@pytest.fixture(scope="module")
def https_portal(furnished, tmp_path_factory):
    """A portal behind a proxy that ends HTTPS."""
    folder = tmp_path_factory.mktemp("https")
    with served(furnished, folder, HTTPS="1", ALLOWED_HOSTS=HOST) as address:
        yield urlsplit(address).netloc


def ask(
    portal: str,
    path: str,
    scheme: str = "https",
    method: str = "GET",
    referer: str = "",
) -> Answer:
    connection = HTTPConnection(portal)
    headers = {"Host": HOST, "X-Forwarded-Proto": scheme, "Accept-Language": "fr"}
    headers |= {"Referer": referer} if referer else {}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_observatory_would_give_its_best_grade(https_portal, path):
    answer = ask(https_portal, path)
    redirect = ask(https_portal, path, scheme="http")
    points = score(answer, redirect, HOST)
    assert sum(points.values()) >= 100, points
    assert all(value >= 0 for value in points.values()), points


def test_cookies_are_the_hosts_own(https_portal):
    """Named so that a browser takes them from this host alone, over HTTPS alone."""
    switch = f"https://{HOST}/ko/about/"
    assert ask(https_portal, "/en/about/", referer=switch).cookies
    for path in ("/en/about/", "/admin/login/"):
        for cookie in ask(https_portal, path, referer=switch).cookies:
            assert cookie.startswith("__Host-"), cookie
            for attribute in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
                assert attribute in cookie, cookie
            assert "Domain" not in cookie
    assert ask(https_portal, "/admin/login/").cookies


def test_the_choices_of_a_reader_are_kept_in_such_cookies(settings):
    settings.HTTPS, settings.COOKIE_PREFIX = True, "__Host-"
    client = Client()
    answer = client.post("/preferences/", {"mode": "dark", "next": "/en/about/"})
    cookie = answer.cookies["__Host-mode"]
    assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/"


@pytest.mark.django_db
def test_scripts_of_readers_pages_make_no_markup_of_texts(client):
    for path in ("/en/", "/en/statements/", "/api/v1/docs", "/en/statements/embed/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "require-trusted-types-for 'script'" in policy
        assert "trusted-types 'none'" in policy
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "trusted-types" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "sites"),
    [
        ("/en/", "same-origin"),
        ("/en/statements.csv", "same-origin"),
        ("/admin/login/", "same-origin"),
        ("/en/statements/embed/", "cross-origin"),
        ("/api/v1/statements/", "cross-origin"),
        ("/data/statements.csv", "cross-origin"),
    ],
)
def test_other_sites_load_only_what_is_meant_for_them(client, path, sites):
    answer = client.get(path)
    assert answer["Cross-Origin-Resource-Policy"] == sites
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert ("X-Frame-Options" in answer) == ("embed" not in path)


@pytest.mark.django_db
def test_the_list_of_static_files_is_served_to_nobody(client):
    for name in ("staticfiles.json", "staticfiles.json.gz", "../staticfiles.json"):
        assert client.get(f"/static/{name}").status_code == 404


def production(tmp_path, **values: str) -> subprocess.CompletedProcess:
    """`check --deploy` with the settings of a portal in production."""
    secrets = {"SECRET_KEY": "", "DATABASE_URL": ""}
    for name, value in (
        ("SECRET_KEY", KEY),
        ("DATABASE_URL", "sqlite://:memory:"),
    ):
        file = tmp_path / name.lower()
        file.write_text(f"{value}\n")
        secrets[f"{name}_FILE"] = str(file)
    left_out = (*secrets, "DJANGO_ALLOW_ASYNC_UNSAFE")
    known = {k: v for k, v in environment(tmp_path).items() if k not in left_out}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PROJECT,
        env=known | {k: v for k, v in secrets.items() if v} | {"HTTPS": "1"} | values,
        capture_output=True,
        text=True,
    )


def test_djangos_check_of_a_deployment_finds_nothing(tmp_path):
    run = production(
        tmp_path,
        ALLOWED_HOSTS="policy.example",
        SITE_URL="https://policy.example",
        SECRET_KEY_FALLBACKS=KEY[::-1],
        CSRF_TRUSTED_ORIGINS="https://policy.example",
    )
    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


def test_a_secret_whose_file_cannot_be_read_is_said_without_it(tmp_path):
    run = production(tmp_path, SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    assert run.returncode != 0
    assert "SECRET_KEY_FILE" in run.stderr


def test_what_is_written_is_its_users_alone(tmp_path):
    database = tmp_path / "portal.sqlite3"
    command = [
        sys.executable,
        "manage.py",
        "migrate",
        "--verbosity",
        "0",
        "contenttypes",
    ]
    subprocess.run(command, cwd=PROJECT, env=environment(database), check=True)
    assert mode(database) == 0o600


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_an_earlier_version_left_open_is_closed(tmp_path):
    database = tmp_path / "portal.sqlite3"
    tmp_path.chmod(0o755)
    for ending in ("", "-wal"):
        file = Path(f"{database}{ending}")
        file.touch()
        file.chmod(0o644)
    keep_private(tmp_path, str(database))
    assert mode(tmp_path) == 0o700
    assert mode(database) == mode(Path(f"{database}-wal")) == 0o600


@pytest.mark.django_db
def test_old_records_of_logins_and_expired_sessions_are_purged(settings, capsys):
    settings.LOGIN_RETENTION_DAYS = 30
    now = timezone.now()
    user = member("editor")
    client = Client()
    client.force_login(user)
    for session, days in (("old" * 10, -1), ("new" * 10, 1)):
        expires = now + timedelta(days=days)
        StaffSession.objects.create(session_key=session, expire_date=expires)
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.all().delete()
        for name, days in (("old", 31), ("new", 29)):
            failures = {"failures_since_start": 1} if model is AccessAttempt else {}
            row = model.objects.create(username=name, **failures)
            moment = now - timedelta(days=days)
            model.objects.filter(pk=row.pk).update(attempt_time=moment)
    call_command("purge_logins")
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        assert [row.username for row in model.objects.all()] == ["new"]
    assert not StaffSession.objects.filter(session_key="old" * 10).exists()
    assert client.get("/admin/").status_code in (200, 302)
    assert StaffSession.objects.filter(session_key="new" * 10).exists()
    call_command("purge_logins")
    assert re.findall(r"Deleted: (\d+)", capsys.readouterr().out) == ["3", "0"]
