"""The portal in a real Chromium, served as `make run` serves it."""

import pytest
from django.views import defaults

from tests.support.looking import (
    DESKTOP,
    LANGUAGES,
    LOCALES,
    PAGES,
    PHONE,
    address,
    choose,
    look,
    sign_in,
    violations,
    width_of,
)

pytestmark = pytest.mark.browser
#: A page of every look; test_appearance.py has every page in every look.
LOOKS = ("", "goals/5/", "statements/?q=APEC", "statements/2024.A7.1/", "glossary/")


@pytest.fixture(scope="module")
def reader(chromium, portal):
    """A page that tests share one after the other, and the list of its complaints."""
    page, complaints = look(chromium, portal)
    yield page, complaints
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("language", "size"),
    [
        pytest.param("ko", DESKTOP, id="ko-desk"),
        pytest.param("en", PHONE, id="en-phone"),
        pytest.param("ko", PHONE, id="ko-phone", marks=pytest.mark.audit),
        pytest.param("en", DESKTOP, id="en-desk", marks=pytest.mark.audit),
    ],
)
def test_page_is_accessible_and_keeps_the_policy(reader, language, size, path):
    page, complaints = reader
    complaints.clear()
    page.set_viewport_size(size)
    page.goto(address(language, path))
    page.evaluate("document.fonts.ready")
    assert violations(page) == []
    assert complaints == []
    page.set_viewport_size(PHONE)
    assert width_of(page) <= PHONE["width"]


FAINT = """<!doctype html><html lang=en><title>Faint</title>
<main><h1>Faint</h1><p style="color: rgb(80, 80, 80)">Read<p>and unread</main>"""


@pytest.mark.parametrize("faint", ["#aaa", "rgb(170 170 170)", "rgb(0 0 0 / 30%)"])
def test_faint_text_is_found_whenever_it_turns_faint(chromium, portal, faint):
    page, _ = look(chromium, portal, viewport=DESKTOP)
    page.set_content(FAINT)
    assert violations(page) == []
    page.evaluate("color => document.querySelector('p').style.color = color", faint)
    (found,) = violations(page)
    page.evaluate("document.querySelector('p').style.color = 'rgb(80, 80, 80)'")
    assert violations(page) == []
    page.context.close()
    assert found.startswith("color-contrast: <p")


FAILURES = {
    400: lambda request: defaults.bad_request(request, None),
    403: lambda request: defaults.permission_denied(request, None),
    500: defaults.server_error,
}


@pytest.mark.parametrize("status", FAILURES)
def test_pages_of_failure_are_accessible(reader, portal, rf, status):
    page, complaints = reader
    complaints.clear()
    answer = FAILURES[status](rf.get("/"))
    assert answer.status_code == status
    page.route("**/failing/", lambda route: route.fulfill(body=answer.content.decode()))
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.goto("/failing/")
        assert violations(page) == []
    assert width_of(page) <= PHONE["width"]
    assert complaints == []


@pytest.mark.parametrize(
    "language", ["ko", pytest.param("en", marks=pytest.mark.audit)]
)
@pytest.mark.parametrize("mode", ["dark", "contrast"])
def test_the_looks_that_a_reader_may_choose_are_accessible(
    reader, portal, mode, language
):
    page, _ = reader
    choose(page, portal, mode=mode)
    for path in LOOKS:
        page.goto(address(language, path))
        assert violations(page) == [], path
    page.context.clear_cookies()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_off_a_phone_in_large_text(reader, portal, language):
    page, _ = reader
    choose(page, portal, scale="150")
    page.set_viewport_size(PHONE)
    for path in LOOKS:
        page.goto(address(language, path))
        for size in ("", "200%"):
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert width_of(page) <= PHONE["width"], (path, size)
    page.context.clear_cookies()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citizen_filters_without_javascript(chromium, portal, language):
    page, _ = look(chromium, portal, viewport=PHONE, java_script_enabled=False)
    page.goto(f"/{language}/tasks/")
    box = page.locator("input[name=region][value=africa]")
    for closed in page.locator("details:has(input[value=africa]) > summary").all():
        if not box.is_visible():
            closed.click()
    box.check()
    page.locator("form:has(input[name=region]) button").last.click()
    page.wait_for_url("**region=africa**")
    assert "region=africa" in page.url
    assert page.locator("a[href*='/statements/2025.T4.1.4/']").count() > 0
    page.context.close()


def test_the_language_switch_leads_to_the_same_page(chromium, portal):
    page, _ = look(chromium, portal, viewport=DESKTOP)
    page.goto("/ko/tasks/?region=africa")
    page.locator("a[hreflang=en]").first.click()
    page.wait_for_url(f"{portal}/en/tasks/?region=africa")
    assert page.locator("html").get_attribute("lang") == "en"
    page.context.close()


def test_the_first_tab_stops_lead_to_content_and_menu(chromium, portal):
    page, _ = look(chromium, portal, viewport=DESKTOP)
    page.goto("/ko/goals/1/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#main"
    assert focused.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.context.close()


@pytest.mark.parametrize(
    ("language", "button", "copied"),
    [
        ("ko", "인용문 복사", "복사했습니다."),
        ("en", "Copy quote", "Copied."),
    ],
)
def test_a_button_copies_and_tells_so(chromium, portal, language, button, copied):
    granted = ["clipboard-read", "clipboard-write"]
    page, complaints = look(
        chromium, portal, viewport=DESKTOP, permissions=granted, locale=language
    )
    page.goto(f"/{language}/statements/G1.C2/")
    box = page.locator("[data-copy]", has=page.get_by_role("button", name=button))
    box.get_by_role("button").click()
    box.get_by_role("status").filter(has_text=copied).wait_for()
    quote = page.evaluate("navigator.clipboard.readText()")
    assert quote == page.locator("#quote-text").input_value()
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_edit_in_the_admin_under_the_policy(chromium, portal, language):
    page, complaints = look(
        chromium,
        portal,
        viewport=DESKTOP,
        locale=LOCALES[language],
    )
    page.route("**/*", lambda route: refuse_foreign(route, portal))
    sign_in(page)
    assert page.locator("html").get_attribute("lang") == language
    page.goto("/admin/statements/statement/?q=2025.T4.2.2")
    page.locator("#result_list a", has_text="2025.T4.2.2").first.click()
    # Both at one moment: the form moves down while its page is still coming.
    page.locator("#id_text_en").wait_for()
    page.wait_for_load_state("load")
    korean, english = page.locator("#id_text_ko, #id_text_en").evaluate_all(
        "fields => fields.map(field => field.getBoundingClientRect().toJSON())"
    )
    assert korean["y"] == pytest.approx(english["y"], abs=2)
    assert english["x"] > korean["x"] + 200
    page.fill("#id_change_note_ko", "시험")
    page.fill("#id_change_note_en", "Test")
    page.locator("input[name=_save]").click()
    page.locator(".messagelist .info").wait_for()
    page.goto("/admin/statements/link/")
    page.locator("#result_list tbody th a").first.click()
    page.locator("[aria-labelledby~=select2-id_earlier-container]").click()
    # What is typed before the field has come is lost.
    page.locator(".select2-search__field").fill("2024.A1.1")
    page.locator(".select2-results__option", has_text="2024.A1.1").first.wait_for()
    page.goto("/admin/goals/goal/")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_text("G1.O1", exact=False).first.wait_for(state="attached")
    page.context.close()
    assert complaints == []


def refuse_foreign(route, portal: str) -> None:
    """The machine is offline but for the portal itself."""
    if route.request.url.startswith(portal):
        route.continue_()
    else:
        route.abort()
