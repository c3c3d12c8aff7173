"""Two people edit the same statement, each in a browser of their own."""

import pytest

from tests.support.looking import DESKTOP, LOCALES, look, sign_in, violations

pytestmark = pytest.mark.browser
#: The portal is the same for all: each test in each language has its own statement.
STATEMENTS = {
    "meanwhile": {"ko": "G5.C3.1", "en": "G5.C4.2"},
    "both wait": {"ko": "G4.C1.1", "en": "G4.C2.1"},
}
TOLD = {
    "ko": {
        "meanwhile": "편집하는 동안",
        "both wait": "두 변경안 모두",
        "clash": "두 사람이 같은 부분을",
    },
    "en": {
        "meanwhile": "was changed by someone else while you were editing it",
        "both wait": "has also submitted a proposal",
        "clash": "Two people changed the same part",
    },
}
FIRST, SECOND, BOTH = "Said by the first", "Said by the second", "Said by both"


@pytest.fixture(params=["ko", pytest.param("en", marks=pytest.mark.audit)])
def language(request):
    return request.param


@pytest.fixture
def people(chromium, portal, language):
    """Two editors and a publisher, each signed in; their pages complain of nothing."""
    opened, complaints = [], []
    for name in ("editor", "colleague", "publisher"):
        page, of_page = look(
            chromium, portal, viewport=DESKTOP, locale=LOCALES[language]
        )
        sign_in(page, name)
        opened.append(page)
        complaints.append(of_page)
    yield opened
    for page in opened:
        page.context.close()
    assert sum(complaints, []) == []


def open_form(page, code: str) -> None:
    page.goto(f"/admin/statements/statement/?q={code}")
    page.locator("#result_list").get_by_role("link", name=code, exact=True).click()
    page.locator("#id_text_en").wait_for()


def send(page, text: str) -> None:
    page.fill("#id_text_en", text)
    page.fill("#id_change_note_ko", "더 알맞게 고침")
    page.fill("#id_change_note_en", "Said it better")
    page.locator("input[name=_save]").click()
    page.locator(".messagelist .success").wait_for()


def approve(page, code: str) -> None:
    """The newest proposal."""
    page.goto("/admin/desk/proposal/")
    page.locator("#result_list").get_by_role("link", name=code).first.click()
    page.locator("button[value=approve]").click()
    page.locator(".messagelist .success").wait_for()


def public_text(page, code: str) -> str:
    page.goto(f"/en/statements/{code}/")
    return page.locator("main").inner_text()


def test_who_saves_after_a_publication_is_told_and_shown_both_texts(people, language):
    first, second, publisher = people
    code, told = STATEMENTS["meanwhile"][language], TOLD[language]
    open_form(second, code)
    open_form(first, code)
    send(first, FIRST)
    approve(publisher, code)
    send(second, SECOND)
    warning = second.locator(".messagelist .warning")
    assert told["meanwhile"] in warning.inner_text()
    assert violations(second) == []
    warning.get_by_role("link").click()
    clash = second.locator(".clashes")
    for words in (told["clash"], FIRST, SECOND):
        assert words in clash.inner_text()
    assert violations(second) == []
    assert FIRST in public_text(publisher, code)
    publisher.goto(second.url)
    assert publisher.locator("button[value=approve]").count() == 0

    second.locator(".review-links a[href*='/statements/']").last.click()
    assert second.input_value("#id_text_en") == SECOND
    assert violations(second) == []
    send(second, BOTH)
    approve(publisher, code)
    assert BOTH in public_text(publisher, code)


def test_who_edits_what_waits_is_told_and_led_to_the_other_text(people, language):
    first, second, publisher = people
    code, told = STATEMENTS["both wait"][language], TOLD[language]
    open_form(second, code)
    open_form(first, code)
    send(first, FIRST)
    send(second, SECOND)
    warning = second.locator(".messagelist .warning")
    assert "editor" in warning.inner_text().lower()
    assert told["both wait"] in warning.inner_text()
    warning.get_by_role("link").click()
    assert FIRST in second.locator(".review").inner_text()
    open_form(first, code)
    waiting = first.locator(".waiting")
    assert "colleague" in waiting.inner_text()
    assert violations(first) == []
    approve(publisher, code)
    assert SECOND in public_text(publisher, code)
    first.goto(second.url)
    for words in (FIRST, SECOND):
        assert words in first.locator(".clashes").inner_text()
