"""Files from tools that cannot be taken: each says why, and on which line."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.translations.xliff.document import NAMESPACE
from desk.translations.xliff.reader import Unreadable, read_xliff
from desk.translations.xliff.views import LARGEST
from tests.support.desk.translating import upload

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
MARKS = f"{'0' * 32}:{'1' * 32}"


def file_of(body: str, languages: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff xmlns="{NAMESPACE}" version="1.2">\n'
        f'<file original="x" source-language="ko" datatype="plaintext"{languages}>\n'
        f"<body>\n{body}\n</body></file></xliff>"
    )


def unit_of(unit_id: str, target: str = "X") -> str:
    return (
        f'<trans-unit id="{unit_id}" extradata="{MARKS}"><source>가</source>'
        f"<target>{target}</target></trans-unit>"
    )


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        (unit_of("G99.C1:text"), 5, "no statement with this number"),
        (unit_of("G1.C1.1:title"), 5, "do not have this text"),
        (unit_of("G1.C1.1:editor_note"), 5, "do not have this text"),
        (unit_of("nonsense"), 5, "no statement with this number"),
        (unit_of("G1:title", "X" * 301), 5, "at most 300"),
        (unit_of("G1:title", "X\u202eY"), 5, "cannot be shown: U+202E"),
        (unit_of("G1.C1.1:text", "X" * 50_001), 5, "at most 50000 characters"),
        (f"{unit_of('G1:title')}\n{unit_of('G1:title', 'Y')}", 6, "also on line 5"),
    ],
)
def test_a_unit_that_cannot_be_taken_keeps_all_of_the_file_out(
    translator, body, line, reason
):
    page = upload(translator, file_of(f"{body}\n{unit_of('G1.C1.1:text')}"))
    markup = page.content.decode()
    assert f"Line {line}, unit" in markup
    assert reason in markup
    assert 'name="packed"' not in markup


@pytest.mark.parametrize(
    ("markup", "line", "reason"),
    [
        ("<xliff", 1, "not well-formed XML"),
        (file_of("<group>"), 6, "not well-formed XML"),
        ("<html/>", 1, "not XLIFF 1.2"),
        (f'<xliff xmlns="{NAMESPACE[:-3]}2.0"/>', 1, "not XLIFF 1.2"),
        (file_of(""), 1, "no translation unit"),
        (file_of(unit_of("G1:title"), ' target-language="fr"'), 3, "fr, not en"),
        (file_of(unit_of("G1:title").replace(MARKS, "x")), 5, "lost its extradata"),
        (file_of(unit_of("G1:title", "a <ph id='1'>b</ph>")), 5, "has &lt;ph&gt;"),
        (file_of(unit_of("G1:title", "a</target><target>")), 5, "second"),
        ('<?xml version="1.0" encoding="EUC-KR"?><xliff/>', 1, "encoding"),
        ('<?xml version="1.0" encoding="nothing"?><xliff/>', 1, "encoding"),
        ('<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x/>', 1, "document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', 1, "document type"),
        ("", None, "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_on_which_line(
    translator, markup, line, reason
):
    page = upload(translator, markup).content.decode()
    assert reason in page.replace("&quot;", '"')
    assert line is None or f"Line {line}:" in page


def test_a_file_that_is_too_large_is_not_read(translator):
    page = upload(translator, b"<" * (LARGEST + 1))
    assert "too large" in page.content.decode()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_happens_to_a_file_it_is_read_or_refused_in_words(data):
    whole = file_of(unit_of("G1:title") + unit_of("G1.C1:text")).encode()
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    damaged = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + cut :]
    try:
        assert read_xliff(damaged)
    except Unreadable as error:
        assert re.match(r"(Line|\d+행)", str(error))
