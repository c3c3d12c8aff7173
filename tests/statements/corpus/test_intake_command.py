"""`manage.py intake FILE --dry-run`: the reading of a document, and no database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.any_engine

TEXT = "표지\nⅠ. 2031년 과제\n□ 숲\nㅇ 나무\n★ 별\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "문서.txt"
    path.write_bytes(TEXT.encode("cp949"))
    return path


def intake(*arguments: object) -> str:
    output = StringIO()
    call_command("intake", *map(str, arguments), stdout=output)
    return output.getvalue()


def test_the_working_text_the_tree_and_the_doubts_are_shown(file):
    shown = intake(file, "--dry-run")
    assert shown.startswith("[cp949, report, levels by marker]\n#표지 표지\nⅠ. 2031년")
    assert "\n2031.T1.1 task: 나무\n" in shown
    assert "\n[2 doubts]\n1: 첫 항목보다 앞에 있어" in shown
    assert "The line begins with a sign that is no known marker: ★ (U+2605)" in shown


def test_json_is_one_object(file):
    shown = json.loads(intake(file, "--dry-run", "--json"))
    assert shown["pieces"][0]["excluded"] == "cover"
    piece = shown["pieces"][4]
    [doubt] = piece.pop("doubts")
    assert piece == {
        "lines": [5, 5],
        "marker": "★",
        "depth": 3,
        "text": "별",
        "excluded": None,
    }
    assert (doubt["code"], doubt["line"]) == ("unknown-sign", 5)
    assert shown["statements"][1] == {
        "code": "2031.T1",
        "kind": "heading",
        "parent": "2031.T",
        "title_ko": "숲",
        "text_ko": "",
    }


def test_kind_year_and_switch_can_be_given(file):
    arguments = ("--kind", "goals", "--year", 2032, "--levels", "indent", "--json")
    shown = json.loads(intake(file, "--dry-run", *arguments))
    assert (shown["kind"], shown["by_indent"]) == ("goals", True)
    assert shown["statements"][0]["code"] == "2032.G1"


@pytest.mark.parametrize(
    "data, arguments, said",
    [
        (b"a", (), ("--dry-run", "담당자 페이지")),
        (b"\n", ("--dry-run",), ("holds no text", "글이 없습니다")),
        (b"PK\0", ("--dry-run",), ("not text", "글이 아닌")),
        (b"a" * 3_000_000, ("--dry-run",), ("too large", "너무 큽니다")),
        (None, ("--dry-run",), ("cannot be opened", "열 수 없습니다")),
    ],
)
def test_what_cannot_be_read_is_told_in_both_languages(file, data, arguments, said):
    file.unlink() if data is None else file.write_bytes(data)
    with pytest.raises(CommandError) as refusal:
        intake(file, *arguments)
    assert all(words in str(refusal.value) for words in said)


def test_it_runs_where_there_is_no_database(file):
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "manage.py", "intake", file, "--dry-run", "--json"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["pieces"]) == 5
