"""The explorer with JavaScript: the same pages, without a reload."""

import pytest
from playwright.sync_api import expect

from tests.support.looking import look


@pytest.mark.browser
def test_filters_apply_without_a_reload_and_the_way_back_works(chromium, portal):
    page, complaints = look(chromium, portal)
    page.goto("/en/statements/")
    page.evaluate("window.isTheSamePage = true")
    page.get_by_role("checkbox", name="Achievement 25").check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/en/statements/?kind=achievement")
    found = page.locator("#found")
    expect(found).to_be_focused()
    expect(found).to_have_text("25 statements")
    switch = page.locator("a.other-language").get_attribute("href")
    assert switch.endswith("/ko/statements/?kind=achievement")
    page.get_by_role("link", name="Table").click()
    expect(page.locator("table.statement-table")).to_be_visible()
    page.go_back()
    expect(page.locator("ol.rows")).to_be_visible()
    page.go_back()
    expect(found).to_have_text("145 statements")
    assert page.evaluate("window.isTheSamePage")
    assert complaints == []
    page.context.close()
