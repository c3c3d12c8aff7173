"""The API as its readers use it: the examples run, and generated requests hold."""

import subprocess
import sys
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from explorer.exports.columns import STATEMENT_COLUMN_NAMES
from statements.filters.filterset import StatementFilter
from tests.support.serving import PROJECT

EXAMPLES = ("curl", "python", "javascript")
#: The answers to what the description does not allow: those that it tells of, 411 too,
#: since some generated bodies come in pieces, without a length.
REFUSED = """
[checks.negative_data_rejection]
expected-statuses = ["400", "404", "405", "411"]
"""


class Samples(HTMLParser):
    """The examples of the documentation page by name, as a reader copies them."""

    def __init__(self, markup: str):
        super().__init__()
        self.found: dict[str, str] = {}
        self.name = None
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        if tag == "pre":
            self.name = dict(attrs)["id"]
            self.found[self.name] = ""

    def handle_endtag(self, tag):
        if tag == "pre":
            self.name = None

    def handle_data(self, data):
        if self.name:
            self.found[self.name] += data


@pytest.fixture(scope="module")
def samples(portal) -> dict[str, str]:
    with urllib.request.urlopen(f"{portal}/api/v1/docs") as answer:
        return Samples(answer.read().decode()).found


def output_of(*command: str, folder: Path = PROJECT) -> str:
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_the_example_in_curl_runs(samples):
    assert '"2025.T' in output_of("sh", "-c", samples["curl"])


def test_the_example_in_python_runs(samples):
    assert "2024.A5.1" in output_of(sys.executable, "-c", samples["python"])


@pytest.mark.browser
def test_the_example_in_javascript_runs(portal, samples, chromium):
    page = chromium.new_page()
    lines = []
    page.on("console", lambda message: lines.append(message.text))
    page.goto(f"{portal}/api/v1/docs")
    page.evaluate(f"async () => {{ {samples['javascript']} }}")
    page.close()
    assert any("2025.T" in line for line in lines)


@pytest.mark.parametrize("name", ["api.md", "api.ko.md"])
def test_the_written_documentation_is_complete_and_has_the_same_examples(name):
    text = (PROJECT / "docs" / name).read_text()
    for example in EXAMPLES:
        origin = {"origin": "https://portal.example"}
        sample = render_to_string(f"explorer/api/examples/{example}.txt", origin)
        assert sample.strip() in text
    for word in (
        *STATEMENT_COLUMN_NAMES,
        *StatementFilter.base_filters,
        "page",
        "fields",
    ):
        assert f"`{word}`" in text, word


@pytest.mark.audit
def test_generated_requests_are_answered_as_described(portal, tmp_path):
    described = f"{portal}/api/v1/openapi.json"
    asked = ("--checks", "all", "--max-examples", "100", "--seed", "1")
    (tmp_path / "schemathesis.toml").write_text(REFUSED)
    output_of("schemathesis", "run", described, *asked, folder=tmp_path)
