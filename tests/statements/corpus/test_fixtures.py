"""The fixtures are what the sources and the curated files make, word for word."""

import hashlib
import json
import re

import pytest
from django.apps import apps
from django.conf import settings

from statements.corpus.build import FIXTURE_NAMES, build, dump, write_fixtures
from statements.models import Document, Paragraph, Statement

pytestmark = pytest.mark.any_engine

FIXTURES = settings.FIXTURE_DIRS[0]
SOURCES = {"goals": "088668da", "report-2025": "377b23f6"}
#: What the layout adds to the words: bullets, labels, marks of lists, the end mark.
LAYOUT = re.compile(
    r"^\s*•\s(과제목표|주요내용|기대효과)$|^\s*[•□ㅇ※-]\s|끝\.\s*$", re.M
)
GLYPHS = re.compile(r"[\s▴\ue000-\uf8ff]|끝\.$")


@pytest.fixture(scope="module")
def built() -> dict[str, list[dict]]:
    return build(FIXTURES)


def rows(name: str) -> list[dict]:
    """The fields of each row as committed."""
    stored = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    return [row["fields"] for row in stored]


def source(slug: str) -> str:
    [file] = [row["file"] for row in rows("documents") if row["slug"] == slug]
    return (FIXTURES / "sources" / file).read_text("utf-8")


def clause(text: str) -> str:
    """What is compared: two texts are the same clause when this is equal."""
    return GLYPHS.sub("", text)


def test_building_twice_writes_the_same_bytes(tmp_path, built):
    write_fixtures(built, tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_fixtures(build(FIXTURES), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert first.keys() == {f"{name}.json" for name in FIXTURE_NAMES}


@pytest.mark.parametrize("name", FIXTURE_NAMES)
def test_the_committed_fixtures_are_those_that_make_fixtures_builds(built, name):
    committed = (FIXTURES / f"{name}.json").read_bytes().decode()
    assert committed == dump(built[name])


def test_what_is_built_is_what_is_loaded(built):
    assert list(built) == list(FIXTURE_NAMES)


@pytest.mark.parametrize("slug, clauses", [("goals", 92), ("report-2025", 111)])
def test_the_korean_is_the_whole_source_clause_by_clause(slug, clauses):
    said = [
        clause(row[name])
        for row in rows("statements")
        for name in ("title_ko", "text_ko")
        if row["document"] == [slug] and row[name]
    ]
    assert len(said) == clauses
    lines = source(slug).split("\n")[17 if slug == "goals" else 0 :]
    assert "".join(said) == clause(LAYOUT.sub("", "\n".join(lines)))


def test_every_statement_says_what_its_paragraphs_say():
    said: dict[str, str] = {}
    for paragraph in rows("paragraphs"):
        if paragraph["statement"]:
            [code] = paragraph["statement"]
            raw = LAYOUT.sub("", paragraph["raw"])
            assert clause(paragraph["text"]) == clause(raw)
            said[code] = said.get(code, "") + clause(raw)
    assert said == {
        row["code"]: clause(row["title_ko"] + row["text_ko"])
        for row in rows("statements")
    }
    assert len(said) == 182


def test_every_paragraph_is_its_lines_of_the_source():
    for paragraph in rows("paragraphs"):
        [slug] = paragraph["document"]
        lines = source(slug).split("\n")
        first, last = paragraph["first_line"], paragraph["last_line"]
        assert paragraph["raw"] == "\n".join(lines[first - 1 : last])
        digest = hashlib.sha256(paragraph["raw"].encode()).hexdigest()
        assert paragraph["sha256"] == digest


@pytest.mark.parametrize("slug, begins", SOURCES.items())
def test_the_sources_are_unchanged(slug, begins):
    [row] = [row for row in rows("documents") if row["slug"] == slug]
    data = (FIXTURES / "sources" / row["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert row["sha256"].startswith(begins)


@pytest.mark.parametrize("name", FIXTURE_NAMES)
def test_translated_fields_are_written_in_both_languages_and_never_bare(name):
    for row in rows(name):
        for field in row:
            if field.endswith("_ko"):
                assert field.replace("_ko", "_en") in row
                assert field.removesuffix("_ko") not in row


@pytest.mark.django_db
def test_every_row_that_is_loaded_is_valid(built):
    names = {row["model"] for rows in built.values() for row in rows}
    for model in map(apps.get_model, sorted(names)):
        for row in model.objects.all():
            row.full_clean()


@pytest.mark.django_db
def test_the_database_holds_what_the_fixtures_say():
    for name, model in (("statements", Statement), ("paragraphs", Paragraph)):
        assert model.objects.count() == len(rows(name))
    for row in rows("statements"):
        loaded = Statement.objects.get(code=row["code"])
        for name, value in row.items():
            if name in ("document", "parent"):
                related = getattr(loaded, name)
                assert (list(related.natural_key()) if related else None) == value
            elif isinstance(value, list):
                slugs = {tag.slug for tag in getattr(loaded, name).all()}
                assert slugs == {slug for [slug] in value}, row["code"]
            else:
                assert getattr(loaded, name) == value
    assert not any(s.differs_from_source for s in Statement.objects.all())
    assert dict(Document.objects.values_list("slug", "sha256")) == {
        row["slug"]: row["sha256"] for row in rows("documents")
    }
