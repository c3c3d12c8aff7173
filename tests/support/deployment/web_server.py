"""A real nginx with the portal's own configuration, and an app behind it.

What differs from a host is put in place by `render`: ports, folders, the user.
"""

import gzip
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple

from tests.support.serving import PATIENCE, PROJECT, free_port, skip_or_fail

CONFIGURATION = PROJECT / "deploy" / "nginx"
HOST = "portal.example"
#: A sheet as whitenoise names and packs it.
SHEET = "/static/css/main.0123456789ab.css"
#: An app as small as can be, in the server that the portal has; and the portal itself.
STAND_IN = (
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
    *("--log-level", "error", "tests.support.deployment.stand_in:application"),
)
PORTAL = ("scripts/server.sh", "--blocking-threads", "4", "--backpressure", "32")
MAIN = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/tmp-body;
    proxy_temp_path {folder}/tmp-proxy;
    fastcgi_temp_path {folder}/tmp-fastcgi;
    uwsgi_temp_path {folder}/tmp-uwsgi;
    scgi_temp_path {folder}/tmp-scgi;
    include {folder}/portal.conf;
}}
"""


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class WebServer(NamedTuple):
    """Where it listens, and its folder: `mirror`, `public`, `portal.sock`."""

    folder: Path
    port: int
    plain_port: int

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        **headers: str,
    ) -> Reply:
        """The answer over TLS; headers by names with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection(HOST)
        connection.sock = self.connect(HOST)
        connection.request(method, path, body=body, headers=named)
        return reply_of(connection)

    def connect(self, name: str) -> ssl.SSLSocket:
        """A connection by the name that it asks for; the certificate is our own."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        return context.wrap_socket(raw, server_hostname=name)


def reply_of(connection: HTTPConnection) -> Reply:
    answer: HTTPResponse = connection.getresponse()
    body = answer.read()
    connection.close()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return Reply(answer.status, headers, body)


def require_nginx() -> str:
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        skip_or_fail("nginx is not installed")
    return program


def render(folder: Path, **more: str) -> Path:
    """Writes the configuration for a test into the folder; the path of its main file.

    `more` are words of the configuration by names, each with what stands for it.
    """
    port, plain_port = free_port(), free_port()
    places = {
        "[::]:80": "",
        "/run/portal/portal.sock": f"{folder}/portal.sock",
        "/var/cache/nginx/portal": f"{folder}/cache",
        "/var/lib/portal/mirror": f"{folder}/mirror",
        "/srv/portal/public": f"{folder}/public",
        "/etc/portal/tls": str(folder),
        "listen 80": f"listen 127.0.0.1:{plain_port}",
        "listen 443": f"listen 127.0.0.1:{port}",
        **more,
    }
    for source in (CONFIGURATION / "portal.conf", *CONFIGURATION.glob("snippets/*")):
        text = re.sub(r"\n *listen \[::\].*", "", source.read_text())
        for name, place in places.items():
            text = text.replace(name, place)
        target = folder / source.relative_to(CONFIGURATION)
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)
    # A module of its own, which Debian packs and tests do without.
    (folder / "snippets" / "portal-brotli.conf").unlink()
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    (folder / "ports").write_text(f"{port} {plain_port}")
    return folder / "nginx.conf"


def furnish_folder(folder: Path) -> None:
    """A certificate, the pages of errors, static files and a copy of one page."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", f"/CN={HOST}"),
            *("-addext", f"subjectAltName=DNS:{HOST}"),
            *("-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )
    public = folder / "public"
    shutil.copytree(CONFIGURATION / "pages", public / "portal-pages")
    for path, content in ((SHEET, b"a{color:red}" * 100), ("/static/plain.txt", b"p")):
        file = public / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(content))
    page = folder / "mirror" / "current" / "en" / "copied" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>the copy</p>")


@contextmanager
def web_server(folder: Path, **more: str) -> Iterator[WebServer]:
    """nginx, listening; it ends with the block."""
    program = require_nginx()
    furnish_folder(folder)
    configuration = render(folder, **more)
    process = subprocess.Popen(
        [program, "-e", folder / "error.log", "-c", configuration, "-g", "daemon off;"]
    )
    port, plain_port = map(int, (folder / "ports").read_text().split())
    try:
        wait_until(lambda: process.poll() is not None or can_connect(port))
        assert process.poll() is None, (folder / "error.log").read_text()
        yield WebServer(folder, port, plain_port)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def can_connect(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except OSError:
        return False
    return True


def wait_until(holds) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)


class App(NamedTuple):
    """A server with its workers, at the socket of a web server."""

    process: subprocess.Popen

    def workers(self) -> set[int]:
        """The ids of its processes that answer."""
        pid = self.process.pid
        return set(
            map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        )

    def kill(self) -> None:
        """Ends it as a machine would that ran out of memory: at once, with no word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=PATIENCE)


@contextmanager
def app(folder: Path, *command: str, **environment: str) -> Iterator[App]:
    """A server at the folder's socket, with its records in the folder's `app.log`."""
    path = folder / "portal.sock"
    path.unlink(missing_ok=True)
    with (folder / "app.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--uds", path],
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)} | environment,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_until(lambda: process.poll() is not None or answers(path))
        assert process.poll() is None, (folder / "app.log").read_text()
        yield App(process)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=PATIENCE)


def answers(path: Path) -> bool:
    """Whether an app answers at the socket."""
    try:
        return ask_socket(path, "/healthz").status == 200
    except OSError:
        return False


def ask_socket(path: Path, address: str, **headers: str) -> Reply:
    """The answer of an app itself; headers by names with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", timeout=PATIENCE)
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(PATIENCE)
    connection.sock.connect(str(path))
    connection.request("GET", address, headers={"Host": HOST, **named})
    return reply_of(connection)
