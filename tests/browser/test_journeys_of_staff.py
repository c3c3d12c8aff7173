"""Editor, translator and publisher in a real browser, up to the public page."""

import pytest

from tests.support.looking import (
    DESKTOP,
    LOCALES,
    PHONE,
    look,
    sign_in,
    violations,
    width_of,
)

pytestmark = pytest.mark.browser
STATEMENT = "2025.T4.2.2"


@pytest.mark.parametrize(
    "language", ["ko", pytest.param("en", marks=pytest.mark.audit)]
)
def test_an_editor_proposes_and_a_publisher_publishes(chromium, portal, language):
    text = {"ko": "A sentence from Korea", "en": "A sentence for all"}[language]
    editor, of_editor = look(
        chromium, portal, viewport=DESKTOP, locale=LOCALES[language]
    )
    sign_in(editor, "editor")
    found = propose(editor, text)
    publisher, of_publisher = look(
        chromium, portal, viewport=DESKTOP, locale=LOCALES[language]
    )
    sign_in(publisher, "publisher")
    found += publish(publisher)
    publisher.goto(f"/en/statements/{STATEMENT}/")
    assert text in publisher.locator("main").inner_text()
    publisher.locator(f"a[href='/en/statements/{STATEMENT}/history/']").click()
    assert "Said it better" in publisher.locator(".step").first.inner_text()
    found += violations(publisher)
    publisher.goto("/en/changes/")
    found += violations(publisher)
    publisher.goto("/admin/second-step/recovery/")
    found += violations(publisher)
    publisher.goto("/admin/second-step/enrol/")
    assert publisher.locator(".qr svg").bounding_box()["width"] > 100
    found += violations(publisher)
    for page in (editor, publisher):
        page.context.close()
    assert "\n".join(found) == ""
    assert of_editor + of_publisher == []


def propose(page, text: str) -> list[str]:
    page.goto(f"/admin/statements/statement/?q={STATEMENT}")
    page.locator("#result_list a", has_text=STATEMENT).first.click()
    page.fill("#id_text_en", text)
    page.fill("#id_change_note_ko", "더 알맞게 고침")
    page.fill("#id_change_note_en", "Said it better")
    found = violations(page)
    page.locator("input[name=_save]").click()
    page.locator(".messagelist .success").first.wait_for()
    page.goto(f"/en/statements/{STATEMENT}/")
    assert text not in page.locator("main").inner_text()
    return found


def publish(page) -> list[str]:
    page.goto("/admin/desk/proposal/")
    page.locator("#result_list tbody th a").first.click()
    page.locator("ins").first.wait_for()
    found = violations(page)
    page.locator(".review-links a").first.click()
    page.locator(".draft-strip").wait_for()
    found += violations(page)
    page.go_back()
    page.locator("button[value=approve]").click()
    page.locator(".messagelist .success").first.wait_for()
    return found


@pytest.mark.parametrize(
    "language", ["en", pytest.param("ko", marks=pytest.mark.audit)]
)
def test_a_translator_checks_proposes_and_brings_a_file_back(
    chromium, portal, language
):
    page, complaints = look(
        chromium, portal, viewport=DESKTOP, locale=LOCALES[language]
    )
    sign_in(page, "translator")
    found = translate(page)
    found += bring_back(page)
    page.context.close()
    assert "\n".join(found) == ""
    assert complaints == []


def translate(page) -> list[str]:
    page.goto("/admin/translations/?kind=task")
    found = violations(page)
    page.locator(".to-translate h3 a").first.click()
    page.fill("#id_text_en", "Hold talks in 2019")
    page.locator("button[value=check]").click()
    page.locator(".warnings", has_text="2019").wait_for()
    found += violations(page)
    page.locator("button[value=propose]").click()
    page.locator(".messagelist .success").first.wait_for()
    return found


def bring_back(page) -> list[str]:
    """Without a mouse’s download: the file is fetched, edited and chosen."""
    exported = page.request.get("/admin/translations/export/?kind=part").text()
    edited = exported.replace("</target>", " edited</target>").encode()
    page.goto("/admin/translations/import/")
    found = violations(page)
    file = {"name": "back.xlf", "mimeType": "application/xml", "buffer": edited}
    page.set_input_files("#id_file", file)
    page.locator(".decision button").click()
    page.locator(".difference ins", has_text="edited").first.wait_for()
    found += violations(page)
    page.set_viewport_size(PHONE)
    assert width_of(page) == PHONE["width"]
    page.locator(".decision button").click()
    page.locator(".messagelist .success").first.wait_for()
    assert width_of(page) == PHONE["width"]
    return found


@pytest.mark.parametrize(
    "language", ["ko", pytest.param("en", marks=pytest.mark.audit)]
)
def test_an_editor_works_on_many_statements_at_once(chromium, portal, language):
    page, complaints = look(
        chromium, portal, viewport=DESKTOP, locale=LOCALES[language]
    )
    sign_in(page, "editor")
    found = []
    for path in ("", "sheets/", "order/", "order/G1/", "replace/", "tags/"):
        page.goto(f"/admin/bulk/{path}")
        found += violations(page)
    found += upload(page, "code,kind,seen\nG9,goal,1\n", ".problems")
    with page.expect_download() as download:
        page.locator("button[formaction]").click()
    sheet = download.value.path().read_text("utf-8-sig")
    edited = sheet.replace("Build solid and mature", f"Build ({language})")
    found += upload(page, edited, "#why")
    page.fill("#id_change_note_ko", "표현을 다듬음")
    page.fill("#id_change_note_en", "Polished the wording")
    page.locator("#why .default").click()
    page.locator(".messagelist .success").first.wait_for()
    page.context.close()
    assert "\n".join(found) == ""
    assert complaints == []


def upload(page, sheet: str, answer: str) -> list[str]:
    page.goto("/admin/bulk/sheets/")
    file = {"name": "sheet.csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    page.set_input_files("#id_sheet", files=[file])
    page.locator("form[method=post].desk-form .default").click()
    page.locator(answer).wait_for()
    return violations(page)
