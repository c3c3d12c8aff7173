"""Every public page against the Nu HTML checker."""

import json
import shutil
import subprocess
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.support.crawling import pages_listed, parts_read_by
from tests.support.serving import PROJECT, skip_or_fail

pytestmark = [pytest.mark.audit, pytest.mark.browser]

TOOLS = PROJECT / "scripts" / "audit" / "node_modules"
CHECKER = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"


def read(address: str) -> bytes:
    try:
        with urlopen(address) as answer:
            return answer.read()
    except HTTPError as error:
        return error.read()


def test_every_page_is_valid_html(portal, tmp_path):
    if not (CHECKER.exists() and shutil.which("java")):
        skip_or_fail("The Nu HTML checker is not installed")
    others = [f"{portal}/{language}/nowhere/" for language in ("ko", "en")]
    others += [f"{portal}/ko/statements/?region=atlantis", f"{portal}/en/tasks/?q=x"]
    parts = parts_read_by(lambda path: read(f"{portal}{path}").decode())
    for number, address in enumerate([*pages_listed(parts), *others]):
        (tmp_path / f"{number}.html").write_bytes(read(address))
    command = ["java", "-jar", CHECKER, "--errors-only", "--format", "json", tmp_path]
    result = subprocess.run(command, capture_output=True, check=False)
    messages = json.loads(result.stderr)["messages"]
    assert [f"{m['message']}: {m.get('extract')}" for m in messages][:10] == []
