"""The state of the English is derived from both texts, whatever wrote them."""

import pytest
from django.db import connection
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from statements.fingerprints import WHITE_SPACE, fingerprint, squeeze
from statements.gate import Note, gate
from statements.input.plain_text import without_foreign
from statements.models import Kind, Statement, TranslationState
from tests.support import factories

pytestmark = pytest.mark.django_db
NOTE = Note(ko="고침", en="Edited")
MISSING, OUTDATED, DRAFT, REVIEWED = (
    TranslationState.MISSING,
    TranslationState.OUTDATED,
    TranslationState.DRAFT,
    TranslationState.REVIEWED,
)

space = st.sampled_from(WHITE_SPACE)
#: No text is saved with the others: they are controls.
STORED_SPACE = without_foreign(WHITE_SPACE)
storable = st.characters(exclude_categories=["Cs"]).filter(without_foreign)
hangul = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
emoji = st.sampled_from("😀🇰🇷👨‍👩‍👧✅️")
words = st.text(
    st.one_of(st.sampled_from(STORED_SPACE), storable, hangul, emoji, st.just("|")),
    max_size=60,
)


def edited(code: str, **fields) -> Statement:
    """The statement after a save of `fields`, as the database has it."""
    with gate(None, NOTE):
        statement = Statement.objects.get(code=code)
        for name, value in fields.items():
            setattr(statement, name, value)
        statement.save()
    return Statement.objects.get(code=code)


def reviewed(code: str) -> Statement:
    with gate(None, NOTE):
        statement = Statement.objects.get(code=code)
        statement.review_english()
        statement.save()
    return Statement.objects.get(code=code)


def states() -> dict[str, str]:
    """Code to state, as SQL derives it."""
    annotated = Statement.objects.with_translation_state()
    return dict(annotated.values_list("code", "translation"))


@settings(deadline=None)
@given(words, words)
def test_python_and_the_database_make_the_same_fingerprint(title, text):
    assume(title and text)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE statements_statement SET title_ko = %s, text_ko = %s, "
            "title_en = %s, text_en = %s WHERE code = 'G1.C1'",
            [title, text, text, title],
        )
    hashes = Statement.objects.values_list("ko_hash", "en_hash").get(code="G1.C1")
    assert hashes == (fingerprint(title, text), fingerprint(text, title))


def test_the_database_leaves_out_every_white_space():
    spaced = edited(
        "G1.C1", title_ko=f"가{STORED_SPACE}나", text_ko=f"{STORED_SPACE}다"
    )
    assert spaced.ko_hash == fingerprint("가나", "다")
    assert spaced.ko_hash != fingerprint("가나다", "")


@given(words, words, space, st.data())
def test_white_space_is_all_that_a_fingerprint_overlooks(title, text, extra, data):
    at = data.draw(st.integers(0, len(text)))
    spaced = text[:at] + extra + text[at:]
    assert fingerprint(title, spaced) == fingerprint(title, text)
    added = data.draw(storable.filter(squeeze))
    assert fingerprint(title, text[:at] + added + text[at:]) != fingerprint(title, text)


def test_the_corpus_is_an_unofficial_translation_throughout():
    assert set(states().values()) == {DRAFT}
    assert len(states()) == 182


@pytest.mark.parametrize(
    "added, state",
    [(".", OUTDATED), (STORED_SPACE, DRAFT)],
    ids=["full stop", "white space"],
)
def test_an_edit_of_the_korean_outdates_the_english_unless_it_is_white_space(
    added, state
):
    with gate(None, NOTE):
        for statement in Statement.objects.all():
            name = "text_ko" if statement.text_ko else "title_ko"
            korean = getattr(statement, name)
            setattr(statement, name, korean[:1] + added + korean[1:])
            statement.save()
    assert list(states().values()) == [state] * 182
    assert {s.translation_state for s in Statement.objects.all()} == {state}


def test_an_edit_in_bulk_outdates_too():
    with gate(None, NOTE):
        Statement.objects.filter(code="G1.O1").update(text_ko="새 글")
    assert states()["G1.O1"] == OUTDATED


def test_even_raw_sql_outdates_the_english():
    reviewed("G1.O1")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE statements_statement SET text_ko = 'X' WHERE code = 'G1.O1'"
        )
    assert states()["G1.O1"] == OUTDATED
    assert Statement.objects.get(code="G1.O1").translation_state == OUTDATED


def test_a_review_holds_until_either_text_changes():
    assert reviewed("G1.C1").translation_state == REVIEWED
    before = Statement.objects.get(code="G1.C1")
    assert edited("G1.C1", position=2).translation_state == REVIEWED
    assert edited("G1.C1", text_en=before.text_en + " too").translation_state == DRAFT
    assert edited("G1.C1", text_en=before.text_en).translation_state == REVIEWED
    assert edited("G1.C1", title_ko="다른 제목").translation_state == OUTDATED


def test_new_english_without_review_stays_outdated():
    edited("G1.O1", text_ko="새 글")
    assert edited("G1.O1", text_en="New text").translation_state == OUTDATED
    assert states()["G1.O1"] == OUTDATED


def test_a_review_clears_what_was_outdated():
    edited("G1.O1", text_ko="새 글", text_en="New text")
    assert reviewed("G1.O1").translation_state == REVIEWED
    assert states()["G1.O1"] == REVIEWED


def test_the_korean_as_it_was_makes_the_english_good_again():
    korean = Statement.objects.get(code="G1.O1").text_ko
    edited("G1.O1", text_ko="새 글")
    assert edited("G1.O1", text_ko=korean).translation_state == DRAFT


@pytest.mark.parametrize("emptied", [{"title_en": ""}, {"text_en": ""}])
def test_english_without_one_of_its_texts_is_missing(emptied):
    reviewed("G1.C1")
    assert edited("G1.C1", **emptied).translation_state == MISSING
    assert states()["G1.C1"] == MISSING


def test_english_that_was_missing_is_made_from_the_korean_of_its_day():
    edited("G1.O1", text_ko="새 글", text_en="")
    assert edited("G1.O1", text_en="New text").translation_state == DRAFT


def test_english_missing_in_bulk_is_missing_too():
    with gate(None, NOTE):
        Statement.objects.filter(code="G1.O1").update(text_en="")
    assert states()["G1.O1"] == MISSING


def test_sql_and_python_derive_the_same_state_for_every_row():
    statements = list(Statement.objects.all())
    with gate(None, NOTE):
        for number, statement in enumerate(statements):
            if number % 2:
                statement.review_english()
            if number % 3 == 0:
                name = "text_ko" if statement.text_ko else "title_ko"
                setattr(statement, name, getattr(statement, name) + ".")
            if number % 5 == 0 and statement.title_en:
                statement.title_en += "."
            if number % 7 == 0:
                statement.title_en = ""
            if number % 11 == 0:
                statement.text_en = ""
            statement.save()
    stored = Statement.objects.all()
    assert {s.code: s.translation_state for s in stored} == states()
    assert set(states().values()) == {MISSING, OUTDATED, DRAFT, REVIEWED}


@pytest.mark.parametrize("kind", Kind)
def test_a_new_statement_of_any_kind_is_an_unofficial_translation(kind):
    made = factories.statement(kind)
    assert made.translation_state == states()[made.code] == DRAFT
    empty = factories.statement(kind, title_en="", text_en="")
    assert empty.translation_state == states()[empty.code] == MISSING
