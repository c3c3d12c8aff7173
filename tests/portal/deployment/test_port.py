"""One port, one portal: the second says so, and touches nothing."""

import socket
import subprocess
import sys

import pytest

from tests.support.serving import PATIENCE, PROJECT, environment, free_port

pytestmark = pytest.mark.any_engine
TAKE = (sys.executable, "scripts/port.py")


def start_portal(port: int, folder) -> subprocess.CompletedProcess[str]:
    """`make run` on the port, which is not ours: it ends before it has a database."""
    return subprocess.run(
        ["sh", "scripts/serve.sh", str(port)],
        cwd=PROJECT,
        env=environment(folder / "none.sqlite3"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def assert_was_refused(
    run: subprocess.CompletedProcess[str], port: int, folder
) -> None:
    assert run.returncode == 1
    assert f"Port {port} is in use" in run.stderr
    assert f"{port}번 포트는 이미 쓰고 있습니다" in run.stderr
    assert "Traceback" not in run.stderr and not run.stdout
    assert not (folder / "none.sqlite3").exists()


def test_a_second_portal_on_a_port_says_so_and_prepares_nothing(portal, tmp_path):
    port = int(portal.rpartition(":")[2])
    assert_was_refused(start_portal(port, tmp_path), port, tmp_path)


def test_a_portal_that_is_still_preparing_has_its_port_already(tmp_path):
    """The first one waits here for its input, as others wait for their migrations."""
    port = free_port()
    first = subprocess.Popen(
        [*TAKE, str(port), "sh", "-c", "echo begun; read line"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert first.stdin and first.stdout
    try:
        assert first.stdout.readline() == b"begun\n"
        assert_was_refused(start_portal(port, tmp_path), port, tmp_path)
    finally:
        first.kill()
        first.wait(timeout=PATIENCE)
        first.stdin.close()
        first.stdout.close()
    # However it ended, the port is free again.
    free = subprocess.run([*TAKE, str(port), "true"], cwd=PROJECT, timeout=PATIENCE)
    assert free.returncode == 0


def test_of_many_that_start_at_once_one_goes_on():
    port = free_port()
    started = [
        subprocess.Popen(
            [*TAKE, str(port), "sh", "-c", "echo begun; read line"],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(5)
    ]
    # Whoever is refused writes nothing, and whoever goes on waits until it is told.
    begun = [process.stdout.readline() for process in started if process.stdout]
    for process in started:
        process.communicate(b"end\n", timeout=PATIENCE)
    assert sorted(begun) == [b"", b"", b"", b"", b"begun\n"]
    assert sorted(process.returncode for process in started) == [0, 1, 1, 1, 1]


def test_closed_connections_keep_nobody_from_starting_again():
    """The side that closed first keeps the port in mind for a minute."""
    port = free_port()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        reader = socket.create_connection(("127.0.0.1", port))
        served, _ = listener.accept()
        served.close()
        assert reader.recv(1) == b""
        reader.close()
    again = subprocess.run([*TAKE, str(port), "true"], cwd=PROJECT, timeout=PATIENCE)
    assert again.returncode == 0
