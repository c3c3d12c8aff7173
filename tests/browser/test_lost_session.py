"""A session ends while somebody types: they log in where they are, and it is saved."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.looking import (
    LOCALES,
    PASSWORD,
    PHONE,
    codes,
    look,
    sign_in,
    violations,
    width_of,
)
from tests.support.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.any_engine]
STATEMENT = "2025.T4.2.2"


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.audit)])
def test_what_was_typed_is_proposed_after_a_login_in_place(
    chromium, furnished, tmp_path, times
):
    with served(furnished, tmp_path) as address:
        page, complaints = look(chromium, address, locale=LOCALES["ko"])
        sign_in(page, "editor")
        for n in range(times):
            text = f"Typed for an hour, {n}"
            type_text(page, text)
            end_all_sessions(tmp_path)
            page.locator("input[name=_save]").click()
            log_in_place(page, is_first=n == 0)
            assert text in newest_proposal(page)
        page.context.close()
    refused = "403 (Forbidden)"
    assert [c for c in complaints if refused not in c] == []


def type_text(page, text: str) -> None:
    page.goto(f"/admin/statements/statement/?q={STATEMENT}")
    page.get_by_role("link", name=STATEMENT, exact=True).click()
    page.fill("#id_text_en", text)
    page.fill("#id_change_note_ko", "더 알맞게 고침")
    page.fill("#id_change_note_en", "Said it better")


def end_all_sessions(folder) -> None:
    with closing(sqlite3.connect(folder / "portal.sqlite3", timeout=60)) as database:
        database.execute("DELETE FROM desk_staffsession")
        database.commit()


def log_in_place(page, is_first: bool) -> None:
    page.locator("input[name=kept_post]").wait_for(state="attached")
    assert page.input_value("#id_username") == "editor"
    if is_first:
        assert violations(page) == []
        size = page.viewport_size
        page.set_viewport_size(PHONE)
        assert width_of(page) <= PHONE["width"]
        page.set_viewport_size(size)
    page.fill("#id_password", PASSWORD)
    page.fill("#id_code", next(codes))
    page.locator(".decision button").click()
    page.locator(".messagelist .success").wait_for()


def newest_proposal(page) -> str:
    page.goto("/admin/desk/proposal/")
    page.locator("#result_list tbody th a").first.click()
    page.locator("ins").first.wait_for()
    return page.locator("#content").inner_text()
