"""One table of spellings, through every place where words are looked for."""

import re
import unicodedata

import pytest

from bench.gold import by_search
from desk.bulk.replace import pattern_of, replaced
from desk.bulk.sheets.sheet_columns import tidy
from desk.translations.queue import QueueFilter
from statements.codes import code_in
from statements.input.letters import any_spelling, composed, squeezed
from statements.models import GlossaryTerm, Statement
from statements.pages.glossary import terms_holding

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

WRITTEN = "불‧EU‧캐"
TAKEN_APART = unicodedata.normalize("NFD", "한미 동맹")
#: Other ways to write a term, and whether its spaces are others too.
SPELLINGS = (
    ("한미 동맹", "한미동맹", True),
    ("한미 동맹", "한미\u3000동맹", True),
    ("한미 동맹", TAKEN_APART, False),
    ("한미 동맹", "한미 동\u00ad맹", False),
    ("한미 동맹", "한\u200b미 동맹\ufeff", False),
    *((WRITTEN, WRITTEN.replace("‧", dot), False) for dot in "·・∙•ㆍ･⋅"),
    (WRITTEN, "불‧ＥＵ‧캐", False),
)
of_table = pytest.mark.parametrize(("written", "typed", "is_spaced"), SPELLINGS)


@of_table
def test_the_search_finds_the_same(written, typed, is_spaced):
    assert by_search(written)
    assert set(by_search(typed)) == set(by_search(written))


@of_table
def test_the_glossary_finds_the_same(written, typed, is_spaced):
    assert terms_holding(written)
    assert terms_holding(typed) == terms_holding(written)
    listed = GlossaryTerm.objects.search(written)
    assert list(GlossaryTerm.objects.search(typed)) == list(listed) != []


@of_table
@pytest.mark.parametrize("model", ["statement", "glossaryterm"])
def test_the_admin_finds_the_same(admin_client, model, written, typed, is_spaced):
    def found(words: str) -> list[int]:
        page = admin_client.get(f"/admin/statements/{model}/", {"q": words})
        return [row.pk for row in page.context["cl"].queryset]

    assert found(written)
    assert found(typed) == found(written)


@of_table
def test_the_translation_queue_finds_the_same(written, typed, is_spaced):
    def found(words: str) -> list[str]:
        statements = QueueFilter({"q": words}, Statement.objects.all()).qs
        return sorted(statements.values_list("code", flat=True))

    assert found(written)
    assert found(typed) == found(written)


@of_table
def test_find_and_replace_changes_only_what_is_found(written, typed, is_spaced):
    """Space counts here: editors mend it."""
    text = f"▴{written}, 다른\u00ad말 ＡＢ‧"
    changed = replaced(text, pattern_of(typed, False, True), "X")
    mended = (
        text if is_spaced and typed != "한미\u3000동맹" else "▴X, 다른\u00ad말 ＡＢ‧"
    )
    assert changed == mended


def test_a_sign_of_which_a_part_is_found_stays_as_it_is():
    assert replaced("끝…", pattern_of(".", False, True), "") == "끝…"
    assert replaced("½개", pattern_of("1", False, True), "2") == "½개"


@of_table
def test_sheets_and_translation_files_take_them_for_the_same(written, typed, is_spaced):
    assert squeezed(typed) == squeezed(written)
    assert re.fullmatch(any_spelling(typed), written, re.IGNORECASE)


@pytest.mark.parametrize("cell", [TAKEN_APART, "한미 동\u00ad맹", "한\u200b미 동맹"])
def test_a_sheet_keeps_what_is_seen_and_nothing_else(cell):
    assert tidy(cell) == composed(cell) == "한미 동맹"
    assert tidy("ＡＢ‧") == "ＡＢ‧"


@pytest.mark.parametrize(
    "typed",
    ["(G1.C2)", "Ｇ１．Ｃ２", "g1.c2", "“G1.C2”", " G1.C2, ", "[Ｇ1.c2]", "‘G1.C2’"],
)
def test_codes_are_read_with_signs_around_them(client, typed):
    assert code_in(typed) == "G1.C2"
    assert by_search(typed) == ["G1.C2"]
    page = client.get("/ko/statements/", {"q": typed}).content.decode()
    assert "출처 문서에 없습니다" not in page


@pytest.mark.parametrize("typed", ["x G1.C2", "한미", "", "()"])
def test_what_is_no_code_alone_is_none(typed):
    assert code_in(typed) == ""
