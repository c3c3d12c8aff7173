"""How long a reader waits while others attack: the table of docs/performance.md.

python -m bench.attackers 32

The portal is served as `make run` serves it. The attackers ask for the worst searches
there are, each another one, from one address and from one address each; or try to log
in. Beside them one reader opens pages.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from multiprocessing import Process, Queue
from statistics import median, quantiles
from threading import Event, Thread
from urllib.parse import quote, urlencode

from bench.tables import row
from tests.support.serving import PROJECT, free_port, wait_until_ready

SECONDS, PAUSE, PATIENCE = 20, 0.1, 30
MOST_P95 = 1.0
PAGES = ("/en/", "/en/statements/", "/ko/statements/G1.C1/", "/en/goals/1/")
LOGIN = "/admin/login/"
WORDS = (
    *(
        "경제쌍방대응민관강화소통",
        "역량자문경제경제강화소통",
        "misspeled",
        "kooperation",
    ),
    *("강화간담민관대응역량쌍방", "쌍방민관소통합동통한자문", "protekshun", "securiti"),
    *("협력", "강화", "외교", "경제", "안보", "평화", "국민", "cooperation", "support"),
)


def search(connection: HTTPConnection, number: int, headers: dict[str, str]) -> int:
    chance = random.Random(number)
    words = " ".join(chance.choices(WORDS, k=8)) + f" x{number}"
    connection.request("GET", f"/en/statements/?q={quote(words)}", headers=headers)
    return read(connection)[0]


def try_to_log_in(
    connection: HTTPConnection, number: int, headers: dict[str, str]
) -> int:
    connection.request("GET", LOGIN, headers=headers)
    status, body, cookies = read(connection)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', body)
    if status != 200 or not token:
        return status
    values = {
        "csrfmiddlewaretoken": token[1],
        "username": f"somebody{number}",
        "password": "wrong",
    }
    sent = {
        **headers,
        "Cookie": cookies,
        "Origin": f"http://127.0.0.1:{connection.port}",
    }
    sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST", LOGIN, urlencode(values), sent)
    return read(connection)[0]


def read(connection: HTTPConnection) -> tuple[int, str, str]:
    answer = connection.getresponse()
    cookies = [c.partition(";")[0] for c in answer.headers.get_all("Set-Cookie", [])]
    return answer.status, answer.read().decode("utf-8", "replace"), "; ".join(cookies)


ATTACKS = {
    "nobody": (None, 1),
    "searches, from one address": (search, 1),
    "searches, each from another address": (search, 1000),
    "logins, from one address": (try_to_log_in, 1),
    "logins, each from another address": (try_to_log_in, 1000),
}


def attack(port: int, name: str, number: int, told: "Queue[Counter[int]]") -> None:
    """So many attackers until time is up, in a process beside the reader's."""
    work, n_addresses = ATTACKS[name]
    counts: Counter[int] = Counter()
    until = time.monotonic() + SECONDS

    def go_on(which: int) -> None:
        headers = {"X-Forwarded-For": f"198.51.100.{1 + which % n_addresses}"}
        at = which * 1_000_000
        while time.monotonic() < until:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            try:
                while time.monotonic() < until:
                    at += 1
                    counts[work(connection, at, headers)] += 1
            except (OSError, HTTPException):
                counts[0] += 1
            connection.close()

    threads = [Thread(target=go_on, args=(n,)) for n in range(number if work else 0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put(counts)


def read_pages(port: int, ended: Event) -> list[float]:
    """The seconds that each page took, as long as the attack lasts."""
    times = []
    headers = {"X-Forwarded-For": "203.0.113.7"}
    while not ended.is_set():
        for path in PAGES:
            start = time.monotonic()
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", path, headers=headers)
            status, _, _ = read(connection)
            connection.close()
            assert status == 200, (path, status)
            times.append(time.monotonic() - start)
            time.sleep(PAUSE)
    return times


def measure(port: int, name: str, number: int) -> tuple[list[float], Counter[int]]:
    told: Queue[Counter[int]] = Queue()
    attackers = Process(target=attack, args=(port, name, number, told))
    attackers.start()
    ended = Event()
    times: list[float] = []
    reader = Thread(target=lambda: times.extend(read_pages(port, ended)))
    reader.start()
    if ATTACKS[name][0] is None:
        time.sleep(SECONDS / 4)
    counts = told.get()
    ended.set()
    reader.join()
    attackers.join()
    return times, counts


@contextmanager
def served(folder: str) -> Iterator[int]:
    """A portal behind one proxy, which the attackers and the reader stand for."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "SECRET_KEY": "k" * 50,
        "PROXIES": "1",
    }
    command = ["sh", "scripts/serve.sh", str(port)]
    server = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        stdout=sys.stderr,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz")
        yield port
    finally:
        server.terminate()
        server.wait()


def main(number: int) -> None:
    print(row(["attack", "median s", "p95 s", f"at most {MOST_P95:g} s", "answers"]))
    print(row(["---"] * 5))
    for name in ATTACKS:
        with tempfile.TemporaryDirectory() as folder, served(folder) as port:
            times, counts = measure(port, name, number)
        p95 = quantiles(times, n=20)[-1]
        told = ", ".join(f"{n} × {status or 'none'}" for status, n in counts.items())
        met = "yes" if p95 <= MOST_P95 else "**no**"
        print(row([name, f"{median(times):.2f}", f"{p95:.2f}", met, told]), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 32)
