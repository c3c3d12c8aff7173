"""Sheets: out to Excel or CSV, edited, and back in, all of it or nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.bulk.sheets.sheet_columns import (
    SHEET_COLUMN_NAMES,
    cell_of,
    unescape_cell,
)
from desk.models import Proposal
from explorer.exports.formats import neutral
from statements.models import Statement, TranslationState
from tests.support import factories
from tests.support.bulk import (
    PREVIEW,
    SHEETS,
    as_csv,
    cells_of,
    change_by_sheet,
    confirm,
    downloaded,
    preview,
    problems,
    read,
    row_of,
    upload,
)
from tests.support.crawling import Page
from tests.support.rows import everything, save, statement
from tests.support.staff import (
    approve_all,
    member,
    propose,
    published,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_a_sheet_holds_what_was_chosen_with_the_revision_of_each(editor):
    rows = downloaded(editor, document="goals", kind="objective")
    wanted = Statement.objects.filter(kind="objective").in_outline_order()
    assert [row["code"] for row in rows] == [one.code for one in wanted]
    assert list(rows[0]) == list(SHEET_COLUMN_NAMES)
    for row, one in zip(rows, wanted, strict=True):
        assert row["text_ko"] == one.text_ko
        assert row["regions"] == ";".join(t.slug for t in one.regions.all())
        assert int(row["seen"]) == one.revisions.first().pk


def test_a_sheet_can_be_of_one_state_of_translation(editor):
    published("G1.C1.1", text_en="")
    rows = downloaded(editor, translation="missing")
    assert [row["code"] for row in rows] == ["G1.C1.1"]


def test_withdrawn_statements_are_in_no_sheet(editor):
    published("G1.C1.1", state="withdrawn")
    assert "G1.C1.1" not in {row["code"] for row in downloaded(editor)}


def test_the_list_of_the_admin_gives_the_chosen_ones_as_excel(editor):
    chosen = [statement(code).pk for code in ("G1", "2025.T1.1")]
    answer = editor.post(
        "/admin/statements/statement/",
        {"action": "download_as_excel", "_selected_action": chosen},
    )
    assert answer["Content-Disposition"].endswith(".xlsx")
    head, *rows = cells_of(read(answer))
    assert head == list(SHEET_COLUMN_NAMES)
    assert [row[0] for row in rows] == ["G1", "2025.T1.1"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_comes_back_unchanged_changes_nothing(editor, ending):
    before = everything()
    content = read(editor.get(f"{SHEETS}statements.{ending}"))
    answer = upload(editor, content, f"sheet.{ending}")
    assert answer.status_code == 200
    assert problems(answer) == []
    assert "The sheet would change nothing." in told(answer)
    assert everything() == before
    assert not Proposal.objects.exists()


cells = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"\n\t;, _x0D▴‧한국어각가"),
        st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"], codec="utf-8"),
    ),
    max_size=40,
)
marked = st.tuples(st.sampled_from(["", *"=+-@'\"", "'="]), cells).map("".join)


@given(marked)
def test_any_text_stands_in_a_cell_and_comes_back_as_it_was(text):
    """As CSV, whose texts are marked where they would be formulas."""
    cell = neutral(cell_of(text))
    assert cell == neutral(cell_of(text)) and not cell.startswith(tuple("=+-@"))
    if not cell_of(text).startswith("'"):
        assert unescape_cell(cell) == cell_of(text)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@given(text=marked)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_goes_out_and_back_in_unchanged(editor, ending, text):
    korean = f"{text} 협력".strip()
    with factories.an_open_gate():
        save(statement("G1.C1.1"), text_ko=korean, text_en=text)
    query = {"kind": "detail", "document": "goals"}
    content = read(editor.get(f"{SHEETS}statements.{ending}", query))
    answer = upload(editor, content)
    assert problems(answer) == []
    assert "The sheet would change nothing." in told(answer)


@given(text=marked)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_typed_into_a_sheet_is_what_is_proposed(editor, text):
    Proposal.objects.all().delete()
    row = row_of(editor, "G1.C1.1") | {"text_en": neutral(f"{text} X")}
    upload(editor, as_csv([row]))
    confirm(editor)
    proposal = Proposal.objects.get()
    assert proposal.changes["text_en"] == unescape_cell(neutral(f"{text} X"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_change_is_shown_before_it_is_proposed(editor, language):
    editor.cookies["django_language"] = language
    old = row_of(editor, "G1.C1.1")
    rows = [
        old | {"text_ko": old["text_ko"].replace("강화", "심화")},
        row_of(editor, "2025.T1.1") | {"themes": "alliance-security;cyber-ai"},
    ]
    before = everything()
    upload(editor, as_csv(rows))
    markup = preview(editor).content.decode()
    assert "강화" in re.search("<del>(.*?)</del>", markup, re.S)[1]
    assert "심화" in re.search("<ins>(.*?)</ins>", markup, re.S)[1]
    assert "2025.T1.1" in markup
    assert not Page(markup).in_wrong_language(language)
    assert everything() == before
    assert not Proposal.objects.exists()


def test_a_confirmed_sheet_becomes_one_proposal_a_statement(editor):
    rows = [
        row_of(editor, "G1.C1.1") | {"text_en": "One", "editor_note_ko": "주"},
        row_of(editor, "G1.C1.2") | {"text_en": "Two", "regions": "europe; africa;"},
        row_of(editor, "G1.C1.3"),
    ]
    upload(editor, as_csv(rows))
    answer = confirm(editor, is_minor="on")
    assert "2 proposals submitted" in told(answer)
    first, second = Proposal.objects.order_by("pk")
    assert first.changes == {"text_en": "One", "editor_note_ko": "주"}
    assert set(second.changes["regions"]) == {"europe", "africa"}
    assert (first.note_ko, first.is_minor) == ("영문을 다듬음", True)
    assert statement("G1.C1.1").text_en != "One"
    approve_all()
    assert statement("G1.C1.1").text_en == "One"


def test_a_preview_without_a_note_keeps_the_changes(editor):
    upload(editor, as_csv([row_of(editor, "G1.C1.1") | {"text_en": "One"}]))
    answer = confirm(editor, change_note_en="")
    assert "change_note_en" in answer.context["form"].errors
    assert not Proposal.objects.exists()
    confirm(editor)
    assert Proposal.objects.get().changes == {"text_en": "One"}


def test_a_repeated_import_changes_nothing_and_says_so(editor):
    content = as_csv([row_of(editor, "G1.C1.1") | {"text_en": "One"}])
    upload(editor, content)
    confirm(editor)
    upload(editor, content)
    answer = preview(editor)
    assert "Nothing would change" in told(answer)
    approve_all()
    upload(editor, content)
    assert "Nothing would change" in told(preview(editor))
    assert Proposal.objects.count() == 1


def test_a_job_is_confirmed_once(editor):
    upload(editor, as_csv([row_of(editor, "G1.C1.1") | {"text_en": "One"}]))
    token = preview(editor).context["job"].token
    confirm(editor)
    answer = editor.post(PREVIEW, {"token": token})
    assert "This preview has expired. Please start again." in told(answer)
    assert Proposal.objects.count() == 1


def test_another_job_is_not_confirmed_from_an_old_window(editor):
    upload(editor, as_csv([row_of(editor, "G1.C1.1") | {"text_en": "One"}]))
    token = preview(editor).context["job"].token
    upload(editor, as_csv([row_of(editor, "G1.C1.2") | {"text_en": "Two"}]))
    values = {"change_note_ko": "가", "change_note_en": "A", "token": token}
    assert "This preview has expired. Please start again." in told(
        editor.post(PREVIEW, values)
    )
    assert not Proposal.objects.exists()


def test_a_job_can_be_dropped(editor):
    upload(editor, as_csv([row_of(editor, "G1.C1.1") | {"text_en": "One"}]))
    confirm(editor, drop="1", change_note_ko="", change_note_en="")
    assert not Proposal.objects.exists()
    assert preview(editor).status_code == 302


def test_an_old_sheet_overwrites_nothing_that_was_published_since(editor):
    rows = [row_of(editor, "G1.C1.1"), row_of(editor, "G1.C1.2")]
    published("G1.C1.1", text_ko="그 사이 바뀐 문장", text_en="Changed meanwhile")
    published("G1.C1.2", text_en="This too")
    rows[0]["editor_note_en"] = "A note"
    rows[1]["text_en"] = "Typed into an old sheet"
    upload(editor, as_csv(rows))
    shown = preview(editor).content.decode()
    assert "it cannot be approved until you combine the two texts" in shown
    assert "This too" in shown
    confirm(editor)
    first, second = Proposal.objects.in_review().order_by("pk")
    assert first.changes == {"editor_note_en": "A note"}
    assert not first.conflicts
    assert second.conflicts == {"text_en": "Typed into an old sheet"}


def test_rows_of_sheets_from_different_days_keep_what_each_has_seen(editor):
    old = row_of(editor, "G1.C1.1") | {"text_en": "Mine"}
    published("G1.C1.1", text_en="Theirs")
    published("G1.C1.2", text_en="New")
    new = row_of(editor, "G1.C1.2") | {"text_en": "Newer"}
    upload(editor, as_csv([old, new]))
    confirm(editor)
    first, second = Proposal.objects.in_review().order_by("pk")
    assert first.conflicts == {"text_en": "Mine"}
    assert not second.conflicts


def test_an_empty_cell_takes_english_away_only_when_asked(editor):
    row = row_of(editor, "G1.C1.1") | {"text_en": ""}
    assert "The sheet would change nothing." in told(upload(editor, as_csv([row])))
    upload(editor, as_csv([row]), empties="on")
    confirm(editor)
    approve_all()
    assert statement("G1.C1.1").translation_state == TranslationState.MISSING


def test_columns_may_be_left_out_and_stand_in_any_order(editor):
    row = row_of(editor, "G1.C1.1") | {"text_en": "One"}
    upload(editor, as_csv([row], ["text_en", "seen", "code", "kind"]))
    confirm(editor)
    assert Proposal.objects.get().changes == {"text_en": "One"}


@pytest.mark.parametrize("column", ["text_ko", "editor_note_ko", "themes", "regions"])
def test_a_translator_changes_english_alone(translator, column):
    row = row_of(translator, "G1.C1.1")
    wrong = row | {column: "africa" if column == "regions" else "바꿈", "text_en": "E"}
    [(_, where, what), *_more] = problems(upload(translator, as_csv([wrong])))
    assert where == column
    assert "Translators can change only the English." in what
    change_by_sheet(translator, "G1.C1.1", text_en="E", editor_note_en="N")
    assert Proposal.objects.get().changes == {"text_en": "E", "editor_note_en": "N"}


def test_who_lost_the_right_meanwhile_confirms_nothing(editor):
    upload(editor, as_csv([row_of(editor, "G1.C1.1") | {"text_ko": "바꿈"}]))
    token = preview(editor).context["job"].token
    user = preview(editor).wsgi_request.user
    user.groups.set(member("translator").groups.all())
    values = {"change_note_ko": "가", "change_note_en": "A", "token": token}
    assert editor.post(PREVIEW, values).status_code == 403
    assert not Proposal.objects.exists()


def test_a_draft_is_saved_at_once(editor):
    with factories.an_open_gate():
        draft = factories.statement("task", statement("2025.T1.1"), state="draft")
    change_by_sheet(editor, draft.code, text_en="Better")
    draft.refresh_from_db()
    assert draft.text_en == "Better"
    assert not Proposal.objects.exists()


def test_colleagues_who_propose_the_same_statement_are_told_of(editor):
    codes = ("G1.C1.1", "G1.C1.2")
    propose("G1.C1.1", text_en="Theirs")
    upload(editor, as_csv([row_of(editor, one) | {"text_en": "Mine"} for one in codes]))
    assert "Other proposals are also waiting for review: G1.C1.1" in told(
        confirm(editor)
    )


def test_reading_and_checking_a_sheet_takes_no_more_queries_for_more_rows(editor):
    rows = downloaded(editor)

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            upload(editor, as_csv(rows[:count]))
        return len(captured)

    assert queries(3) == queries(300)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_speak_the_readers_language(editor, language):
    editor.cookies["django_language"] = language
    for path in ("/admin/bulk/", SHEETS):
        markup = editor.get(path).content.decode()
        assert not Page(markup).in_wrong_language(language)
    answer = upload(editor, b"code,kind,seen\nX,goal,1\n")
    assert not Page(answer.content.decode()).in_wrong_language(language)
