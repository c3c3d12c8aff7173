"""What left a source's text and what came to it, word by word."""

import pytest

from statements.gate import Note, gate
from statements.history.word_diff import Run, WordChange, diff_words
from tests.support import rows

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
NONE, REMOVED, ADDED = WordChange.NONE, WordChange.REMOVED, WordChange.ADDED


def test_what_was_added_and_removed_is_told_word_by_word():
    found = diff_words("한미 동맹 현대화 및 강화", "한미 동맹 발전 및 강화 추진")
    assert found == [
        Run(NONE, "한미 동맹"),
        Run(REMOVED, "현대화"),
        Run(ADDED, "발전"),
        Run(NONE, "및 강화"),
        Run(ADDED, "추진"),
    ]


def test_white_space_is_no_difference():
    found = diff_words("한미 동맹\n강화", "한미동맹 강화")
    assert {run.change for run in found} == {NONE}


def test_a_list_mark_counts_and_is_shown_as_a_bullet():
    runs = diff_words("▴협력 강화 ▴교류 확대", "협력 강화, 교류 확대")
    assert [run for run in runs if run.change != NONE][0] == Run(REMOVED, "•")
    assert "▴" not in "".join(run.text for run in runs)


def test_what_is_kept_and_removed_is_the_source_and_with_what_is_added_the_text():
    source, current = "가 나 다 라 마", "나 바 라 사 마 아"
    runs = diff_words(source, current)
    old = [run.text for run in runs if run.change != ADDED]
    new = [run.text for run in runs if run.change != REMOVED]
    assert (" ".join(old), " ".join(new)) == (source, current)


def test_a_particle_that_changes_takes_its_word_with_it():
    found = diff_words(
        "한미동맹을 현대화하고 협력을 강화", "한미동맹이 현대화하고 협력을 심화"
    )
    assert found == [
        Run(REMOVED, "한미동맹을"),
        Run(ADDED, "한미동맹이"),
        Run(NONE, "현대화하고 협력을"),
        Run(REMOVED, "강화"),
        Run(ADDED, "심화"),
    ]


def test_a_short_word_between_two_changes_is_part_of_them():
    found = diff_words("경제 및 안보 협력 증진", "외교 및 국방 협력 증진")
    assert found[:2] == [Run(REMOVED, "경제 및 안보"), Run(ADDED, "외교 및 국방")]
    english = diff_words(
        "Expand the cooperation of ASEAN", "Deepen the partnership of Africa"
    )
    assert [run.text for run in english] == [
        "Expand the cooperation of ASEAN",
        "Deepen the partnership of Africa",
    ]


@pytest.mark.parametrize(
    ("language", "removed", "added"),
    [("ko", "삭제:", "추가:"), ("en", "removed:", "added:")],
)
def test_a_page_shows_and_says_how_its_text_differs(client, language, removed, added):
    with gate(None, Note("시험", "Test")):
        statement = rows.statement("G1.C1.1")
        rows.save(statement, text_ko=statement.text_ko.replace("강화", "<강화> 추진"))
    markup = client.get(f"/{language}/statements/G1.C1.1/").content.decode()
    shown = markup.partition('id="differences"')[2].partition("</section>")[0]
    was, _, now = shown.partition("</del>")
    assert removed in was.partition("<del>")[2]
    assert "강화" in was.partition("<del>")[2]
    assert added in now.partition("<ins>")[2]
    assert "&lt;강화&gt; 추진" in now.partition("<ins>")[2].partition("</ins>")[0]


def test_a_page_true_to_its_source_shows_no_difference(client):
    markup = client.get("/ko/statements/G1.C1.1/").content.decode()
    assert "<ins" not in markup
    assert 'id="differences"' not in markup
