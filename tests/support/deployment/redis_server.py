"""A redis of a test's own, at a port or none."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.deployment.web_server import can_connect, wait_until
from tests.support.serving import PATIENCE, skip_or_fail


@contextmanager
def redis_server(port: int) -> Iterator[subprocess.Popen]:
    program = shutil.which("redis-server")
    if not program:
        skip_or_fail("redis is not installed")
    command = [str(program), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: process.poll() is not None or can_connect(port))
        assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)
