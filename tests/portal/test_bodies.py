"""Bodies that are too long, of no length, or that nobody finishes: none is read."""

import io
import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desk.uploads.largest_body import LARGEST_OF_DESK, LARGEST_OF_READERS
from tests.support.desk.admin_forms import change_page
from tests.support.rows import statement

pytestmark = pytest.mark.any_engine
GIGABYTE = 1 << 30
SHEETS, XLIFF = "/admin/bulk/sheets/", "/admin/translations/import/"
INTAKE = "/admin/intake/"
ADDRESSES = [
    "/preferences/",
    "/i18n/setlang/",
    "/",
    "/ko/",
    "/en/statements/",
    "/en/statements.csv",
    "/robots.txt",
    "/sitemap.xml",
    "/data/statements.json",
    "/admin/",
    "/admin/login/",
    "/admin/password_change/",
    "/admin/statements/statement/add/",
    SHEETS,
    XLIFF,
    INTAKE,
    f"{INTAKE}1/",
]
FORM = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=x"


class Untouched(io.RawIOBase):
    """A body that fails the test when somebody reads it."""

    def read(self, *_size):
        raise AssertionError("the body was read")

    readline = readinto = read


def sent(client: Client, path: str, length: int, method="POST", kind=FORM, **more):
    return client.generic(method, path, **body_of(Untouched(), length, kind), **more)


def body_of(stream: io.RawIOBase, length: int | str, kind: str) -> dict:
    """What the server says of a body that is still to come."""
    return {
        "wsgi.input": stream,
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": kind,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [FORM, FILES, "application/json", "text/plain"])
def test_a_gigabyte_from_nobody_is_refused_unread(client, kind):
    for path in ADDRESSES:
        answer = sent(client, path, GIGABYTE, kind=kind)
        assert answer.status_code == 413, path
        assert "너무 큽니다" in answer.content.decode()
        assert "too large" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_by_whatever_method(client):
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "NONSENSE"):
        answer = sent(client, "/en/statements/", GIGABYTE, method)
        assert answer.status_code == 413, method


@pytest.mark.django_db
def test_where_nothing_is_nothing_is_read(client):
    assert sent(client, "/en/nowhere/", GIGABYTE).status_code in (404, 413)
    assert sent(client, "/healthz", GIGABYTE).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title"),
    [("ko", "요청이 너무 큽니다."), ("en", "The request is too large.")],
)
def test_the_api_refuses_with_a_problem(client, language, title):
    more = {"HTTP_ACCEPT_LANGUAGE": language}
    answer = sent(client, "/api/v1/statements/", GIGABYTE, **more)
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    problem = answer.json()
    assert (problem["status"], problem["title"]) == (413, title)
    page = client.get(urlsplit(problem["type"]).path, headers={"host": "testserver"})
    assert f'id="{urlsplit(problem["type"]).fragment}"' in page.content.decode()


@pytest.mark.django_db
def test_readers_send_choices_and_no_more(client):
    form = {"mode": "dark", "next": "/en/"}
    assert client.post("/preferences/", form).status_code == 302
    for length in (LARGEST_OF_READERS + 1, LARGEST_OF_DESK):
        assert sent(client, "/preferences/", length).status_code == 413


@pytest.mark.django_db
@pytest.mark.parametrize("path", [SHEETS, XLIFF, INTAKE])
def test_files_are_for_those_who_are_signed_in(client, admin_client, path):
    """Anybody else sends as much as a form of the desk has."""
    assert sent(client, path, LARGEST_OF_DESK + 1, kind=FILES).status_code == 413
    # Asked to log in, in the place of the page.
    assert client.post(path, {"text": "가" * 1000}).status_code == 403
    name = "sheet" if path == SHEETS else "file"
    large = SimpleUploadedFile("x", b"x" * 1_400_000)
    assert admin_client.post(path, {name: large}).status_code == 200
    assert sent(admin_client, path, GIGABYTE, kind=FILES).status_code == 413


@pytest.mark.django_db
def test_a_file_that_is_a_little_too_large_is_told_by_its_form(admin_client):
    for path, name, size, words in (
        (SHEETS, "sheet", 5 << 20, "larger than 5 MB"),
        (XLIFF, "file", 1_500_000, "too large"),
        (INTAKE, "file", 1_000_000, "larger than 1 MB"),
    ):
        file = SimpleUploadedFile("x", b"x" * (size + 1))
        answer = admin_client.post(
            path, {name: file}, headers={"accept-language": "en"}
        )
        assert words in str(answer.context["form"].errors)


@pytest.mark.django_db
def test_texts_of_the_desk_are_not_files(admin_client):
    path = change_page(statement("G1.C1.1"))
    for kind in (FORM, FILES):
        answer = sent(admin_client, path, LARGEST_OF_DESK + 1, kind=kind)
        assert answer.status_code == 413
    assert admin_client.post(path, {"text_ko": "가" * 30_000}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/preferences/", "/admin/login/", SHEETS, INTAKE])
def test_a_body_without_a_length_is_not_waited_for(client, path):
    answer = sent(client, path, 0, HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411
    assert "Content-Length" in answer.content.decode()
    assert sent(client, "/api/v1/statements/", 0, HTTP_TRANSFER_ENCODING="x").json()


@pytest.mark.django_db
def test_a_length_that_is_no_number_reads_nothing(client):
    statuses = {"": 302, "-1": 302, "x": 400, "1.5": 400, "0x9": 400, "9" * 30: 413}
    for length, status in statuses.items():
        answer = sent(client, "/preferences/", length)
        assert answer.status_code == status, length


@pytest.mark.django_db
def test_many_fields_and_many_files_are_refused(admin_client):
    fields = {f"f{n}": "" for n in range(1001)}
    assert admin_client.post(SHEETS, fields).status_code == 400
    files = {f"f{n}": SimpleUploadedFile("x", b"x") for n in range(2)}
    assert admin_client.post(SHEETS, files).status_code == 400


@pytest.mark.django_db
def test_a_text_of_a_file_form_is_no_way_around_the_limits(admin_client):
    answer = admin_client.post(SHEETS, {"text": "x" * 2_700_000})
    assert answer.status_code == 413


class Broken(io.RawIOBase):
    """The body of somebody who went away."""

    def read(self, *_size):
        raise OSError("connection lost")

    readline = readinto = read


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [FORM, FILES])
def test_who_goes_away_is_no_fault_of_ours(kind):
    body = body_of(Broken(), 1000, kind)
    answer = Client().generic("POST", "/preferences/", **body)
    assert answer.status_code == 400


def answer_of(portal: str, head: str, body: bytes = b"") -> bytes:
    """The first bytes of the answer to a request that is only begun."""
    address = urlsplit(portal)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.settimeout(60)
        connection.sendall(f"{head}\r\nHost: {address.netloc}\r\n\r\n".encode() + body)
        return connection.recv(100)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("length", "status"),
    [
        (f"Content-Length: {GIGABYTE}", b"HTTP/1.1 413"),
        ("Transfer-Encoding: chunked", b"HTTP/1.1 411"),
    ],
)
def test_the_served_portal_answers_before_the_body_is_there(portal, length, status):
    head = f"POST /preferences/ HTTP/1.1\r\n{length}\r\nContent-Type: {FORM}"
    assert answer_of(portal, head, b"400\r\n" + b"x" * 1000).startswith(status)


@pytest.mark.browser
def test_the_connection_that_sent_too_much_takes_no_further_request(portal):
    address = urlsplit(portal)
    connection = HTTPConnection(address.hostname, address.port, timeout=60)
    connection.putrequest("POST", "/preferences/")
    connection.putheader("Content-Length", str(GIGABYTE))
    connection.endheaders(b"x" * 100)
    answer = connection.getresponse()
    assert answer.status == 413
    assert answer.read()
    connection.close()
