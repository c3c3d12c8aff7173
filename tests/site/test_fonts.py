"""The portal's own fonts show every character that its texts hold."""

import pytest

from scripts.fonts import build
from scripts.fonts.characters import ROOT

pytestmark = pytest.mark.any_engine


def test_no_text_holds_a_character_that_the_fonts_lack():
    assert build.missing_characters() == {}


def test_a_character_that_the_fonts_lack_is_told_with_its_file(monkeypatch):
    texts = [(ROOT / "a.html", {"가", "ꙮ"}), (ROOT / "b.po", {"ꙮ", "A"})]
    monkeypatch.setattr(build, "needed_by_file", lambda: texts)
    assert build.missing_characters() == {"ꙮ": ["a.html", "b.po"]}


def test_the_words_of_both_documents_are_among_those_texts():
    files = {path.relative_to(ROOT).as_posix() for path, _ in build.needed_by_file()}
    assert {"fixtures/statements.json", "fixtures/paragraphs.json"} <= files
    assert any(file.startswith("templates/") for file in files)
