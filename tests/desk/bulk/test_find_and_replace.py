"""Words replaced in many statements, each looked at before."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from desk.bulk.replace import pattern_of, replaced
from desk.models import Proposal
from statements.models import Statement
from tests.support.bulk import PREVIEW, confirm, preview
from tests.support.crawling import Page
from tests.support.rows import everything, statement
from tests.support.staff import approve_all, published

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
REPLACE = "/admin/bulk/replace/"


def find(client: Client, words: str, by: str, *fields: str, **more: str):
    values = {"find": words, "replacement": by, "fields_searched": fields, **more}
    return client.post(REPLACE, values)


def found(client: Client) -> list[str]:
    return [e.statement.code for e in preview(client).context["effects"]]


def test_every_place_is_shown_word_by_word(editor):
    before = everything()
    find(editor, "강화", "심화", "text_ko", match_case="on", document="goals")
    holding = Statement.objects.filter(text_ko__contains="강화", document__slug="goals")
    assert found(editor) == [one.code for one in holding.in_outline_order()]
    markup = preview(editor).content.decode()
    assert "강화" in re.search("<del>(.*?)</del>", markup, re.S)[1]
    assert "심화" in re.search("<ins>(.*?)</ins>", markup, re.S)[1]
    assert everything() == before


def test_only_what_stays_ticked_is_proposed(editor):
    find(editor, "강화", "심화", "text_ko", document="goals")
    first, second, *_rest = found(editor)
    chosen = [statement(first).pk, statement(second).pk]
    confirm(editor, pk=chosen)
    assert {p.statement.code for p in Proposal.objects.all()} == {first, second}
    approve_all()
    assert "강화" not in statement(first).text_ko
    assert "심화" in statement(first).text_ko


def test_nothing_ticked_is_told_and_nothing_proposed(editor):
    find(editor, "강화", "심화", "text_ko")
    answer = confirm(editor)
    assert "Choose at least one statement." in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_note_that_is_missing_keeps_the_ticks(editor):
    find(editor, "강화", "심화", "text_ko", document="goals")
    first = statement(found(editor)[0]).pk
    answer = confirm(editor, pk=[first], change_note_ko="")
    assert set(answer.context["chosen"]) == {first}


def test_only_statements_of_the_preview_can_be_ticked(editor):
    find(editor, "강화", "심화", "text_ko", document="goals")
    other = Statement.objects.exclude(text_ko__contains="강화").first().pk
    confirm(editor, pk=[other])
    assert not Proposal.objects.exists()


def test_kinds_fields_and_case_narrow_it(editor):
    find(editor, "rok", "Korea", "title_en", match_case="on")
    assert preview(editor).url == "/admin/bulk/"
    find(editor, "rok", "Korea", "title_en", kind="key-content")
    assert {statement(code).kind for code in found(editor)} == {"key-content"}
    assert "Korea" in preview(editor).content.decode()


@pytest.mark.parametrize(
    ("words", "whole", "case", "text", "result"),
    [
        ("강화", True, True, "강화를 강화 하고", "강화를 X 하고"),
        ("강화", False, True, "강화를 강화", "X를 X"),
        ("aid", True, False, "Aid, said: AID.", "X, said: X."),
        ("aid", False, True, "Aid said aid", "Aid sX X"),
        ("a.b", False, True, "a.b axb", "X axb"),
        ("(한미)", True, True, "(한미) 동맹", "X 동맹"),
        ("  ", False, True, "가  나", "가X나"),
    ],
)
def test_words_are_found_as_they_are_written(words, whole, case, text, result):
    assert replaced(text, pattern_of(words, whole, case), "X") == result


#: Signs that are written in one way only.
PLAIN = st.text(st.sampled_from("한미 동맹aAéß\n\\.([*?-漢😀"))


@given(PLAIN.filter(bool), st.text(), PLAIN)
def test_a_literal_search_is_what_str_replace_does(words, replacement, text):
    pattern = pattern_of(words, whole=False, match_case=True)
    expected = text.replace(words, replacement)
    assert replaced(text, pattern, replacement) == expected


def test_a_text_that_could_not_stand_is_left_out_and_told(editor):
    published("G1.C1.1", text_ko="없어질 말")
    published("G1.C1.2", text_ko="없어질 말 말고도")
    find(editor, "없어질 말", "", "text_ko")
    answer = preview(editor)
    assert [e.statement.code for e in answer.context["effects"]] == ["G1.C1.2"]
    told = " ".join(map(str, get_messages(answer.wsgi_request)))
    assert "G1.C1.1" in told
    assert "cannot be empty" in told


@pytest.mark.parametrize(
    ("words", "by", "fields", "field", "message"),
    [
        ("", "x", ["text_en"], "find", "required"),
        ("   ", "x", ["text_en"], "find", "Enter the words"),
        ("ROK", "ROK", ["text_en"], "replacement", "The two texts are the same"),
        ("ROK", "x", [], "fields_searched", "required"),
        ("zzzzzz", "x", ["text_en"], "find", "Nothing was found to change"),
    ],
)
def test_what_cannot_be_searched_is_told(editor, words, by, fields, field, message):
    answer = find(editor, words, by, *fields)
    assert message in " ".join(answer.context["form"].errors[field])


def test_a_translator_replaces_english_alone(translator):
    answer = find(translator, "강화", "심화", "text_ko")
    assert "fields_searched" in answer.context["form"].errors
    find(translator, "cooperation", "collaboration", "text_en", document="goals")
    confirm(translator, pk=[statement(found(translator)[0]).pk])
    assert Proposal.objects.get().changes.keys() == {"text_en"}


def test_white_space_alone_is_told_since_no_word_shows_it(editor):
    old = statement("G1.C1.1").text_ko
    first = " ".join(old.split()[:2])
    find(editor, first, first.replace(" ", "  "), "text_ko", kind="detail")
    assert "Only the spacing changes." in preview(editor).content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_speak_the_readers_language(editor, language):
    editor.cookies["django_language"] = language
    assert not Page(editor.get(REPLACE).content.decode()).in_wrong_language(language)
    find(editor, "강화", "심화", "text_ko", document="goals")
    markup = editor.get(PREVIEW).content.decode()
    assert not Page(markup).in_wrong_language(language)
