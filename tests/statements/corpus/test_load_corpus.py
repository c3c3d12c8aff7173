"""load_corpus fills an empty database, whole or not at all."""

import json
import shutil
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, connection
from django.utils import translation

from statements.corpus.build import FIXTURE_NAMES, dump
from statements.models import DataVersion, Document, NeverChanged, Revision, Statement
from tests.support.rows import everything

pytestmark = pytest.mark.django_db
FIXTURES = settings.FIXTURE_DIRS[0]


@pytest.fixture
def empty_database():
    """As after `migrate`; the corpus is back when the test's transaction ends."""
    tables = apps.get_app_config("statements").get_models(include_auto_created=True)
    for model in tables:
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)
    connection.check_constraints()
    assert not any(everything().values())


@pytest.fixture
def fixtures(tmp_path, settings):
    """A copy of the fixtures that a test may break."""
    for name in FIXTURE_NAMES:
        shutil.copy(FIXTURES / f"{name}.json", tmp_path)
    settings.FIXTURE_DIRS = [tmp_path]
    return tmp_path


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_corpus", *options, stdout=out)
    return out.getvalue()


def test_a_database_with_documents_is_left_as_it_is():
    before = everything()
    with pytest.raises(CommandError) as refusal:
        load()
    assert "already holds documents" in str(refusal.value)
    assert "이미 문서가 있습니다" in str(refusal.value)
    assert everything() == before


def test_a_database_with_documents_may_be_passed_over_in_silence():
    before = everything()
    assert load("--if-empty") == ""
    assert everything() == before


def test_an_empty_database_is_filled_whatever_the_language(empty_database):
    with translation.override("en"):
        assert load("--if-empty").startswith("The corpus is loaded.")
    assert Document.objects.count() == 2
    assert Statement.objects.published().count() == 182
    goal = Statement.objects.get(code="G1")
    assert goal.title_ko.startswith("국익 중심")
    assert goal.title_en.startswith("Enhance")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM statements_statement WHERE code = 'G1'")
        assert cursor.fetchone() == (goal.title_ko,)


def test_the_history_begins_with_one_revision_of_each_statement_by_nobody():
    revisions = Revision.objects.all()
    assert Counter(r.statement_id for r in revisions) == Counter(
        Statement.objects.values_list("pk", flat=True)
    )
    assert len(revisions) == 182
    assert {(r.by, r.note_ko, r.note_en) for r in revisions} == {
        (None, "최초 게시", "First published")
    }
    for revision in revisions.select_related("statement"):
        assert revision.snapshot["code"] == revision.statement.code
        assert revision.snapshot["text_ko"] == revision.statement.text_ko
    assert DataVersion.objects.count() == 1


def test_what_follows_from_other_fields_is_filled_in():
    point = Statement.objects.get(code="2025.T3.3.2.1")
    assert (point.root.code, point.year, point.parent_kind) == ("2025.T", 2025, "task")
    goal = Statement.objects.get(code="G1")
    assert (goal.root, goal.year, goal.parent_kind) == (None, None, "")
    assert {s.translation_state.value for s in Statement.objects.all()} == {"draft"}


@pytest.mark.parametrize(
    "name, index, broken, error, says",
    [
        ("statements", -1, {"regions": [["x"]]}, DeserializationError, "Region"),
        ("statements", 1, {"code": "G1"}, NeverChanged, "G1"),
        ("events", -1, {"end": "1999-12-31"}, IntegrityError, "event_ends_after_start"),
        ("events", 0, {"quote": "99회"}, ValidationError, "G3.C2: .*99회"),
        ("figures", 0, {"quote": "99회"}, ValidationError, "G1: .*99회"),
        (
            "paragraphs",
            -1,
            {"statement": None, "exclusion": "label"},
            ValidationError,
            "2025.T5.2.2",
        ),
    ],
    ids=["tag", "code", "date", "event", "figure", "source"],
)
def test_one_row_is_broken_and_nothing_is_loaded(
    empty_database, fixtures, name, index, broken, error, says
):
    path = fixtures / f"{name}.json"
    rows = json.loads(path.read_text("utf-8"))
    rows[index]["fields"].update(broken)
    path.write_text(dump(rows), "utf-8")
    with pytest.raises(CommandError, match=says) as refusal:
        load()
    assert "Nothing was loaded. / 아무것도 넣지 않았습니다." in str(refusal.value)
    assert isinstance(refusal.value.__cause__, error)
    assert not any(everything().values())
