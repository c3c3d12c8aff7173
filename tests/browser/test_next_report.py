"""Next year's report, from paste to publication and back, by two people who click."""

import re

import pytest

from tests.support.looking import DESKTOP, LANGUAGES, LOCALES, look, sign_in
from tests.support.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.audit, pytest.mark.any_engine]
MOST_CLICKS = 25
#: Invented; with a chapter as Hancom's PDF has it.
REPORT = """
Ⅰ. 2025년 성과 및 평가

□ 다자 정상외교

 ㅇ 2025년 APEC 정상회의 개최

  - 정상선언 채택

Ⅱ. 2026년 주요 추진과제

\uf000 바다의 협력

□ 해양 회의

 ㅇ 먼바다 포럼(26.5월) 개최

 ㅇ APEC 후속조치 이행

  ※ 잠정 계획
"""
SAID = ("2025년 APEC 정상회의 개최", "먼바다 포럼(26.5월) 개최", "잠정 계획")
PATHS = (
    *("", "goals/", "goals/1/", "achievements/", "tasks/", "statements/", "topics/"),
    *("timeline/", "continuity/", "sources/", "statements/2025.T1.1/"),
    *("statements.csv", "continuity.csv", "statements/?view=matrix"),
)
SHARED = ("/sitemap-statements-1.xml", "/api/v1/statements/", "/data/statements.csv")


#: On the first page, which tells of what came and went.
CHANGES = re.compile(
    r"\s*<section[^>]*aria-labelledby=.changes.*?</section>", re.DOTALL
)


class Person:
    """Somebody at a browser, whose clicks are counted."""

    def __init__(self, chromium, portal: str, name: str, language: str) -> None:
        locale = LOCALES[language]
        self.page, self.complaints = look(
            chromium, portal, viewport=DESKTOP, locale=locale
        )
        sign_in(self.page, name)
        self.clicks = 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"#id_{name}", value)

    def told(self) -> str:
        self.page.locator(".messagelist .success").first.wait_for()
        return self.page.locator(".messagelist").inner_text()

    def read(self, path: str) -> str:
        return self.page.request.get(path).text()


def pages(person: Person) -> dict[str, str]:
    """Every page as readers have it, by its path."""
    paths = [f"/{language}/{path}" for language in LANGUAGES for path in PATHS]
    read = {path: person.read(path) for path in (*paths, *SHARED)}
    # Where the list of changes stood, an end of line stays behind.
    return {
        path: CHANGES.sub("", text).replace("\n\n", "\n") for path, text in read.items()
    }


def from_paste_to_publication(editor: Person, publisher: Person) -> None:
    editor.page.goto("/admin/")
    editor.click(".desk-ways a[href$='/intake/']")
    editor.fill(pasted=REPORT)
    editor.click(".intake-form button")
    editor.click("button[value=facts]")
    editor.click("button[value=make]")
    editor.told()
    decide(editor, publisher, "publish")


def decide(editor: Person, publisher: Person, act: str) -> None:
    """One asks for an act on the whole document, the other approves."""
    for person in (editor, publisher):
        person.page.goto("/admin/")
        person.click(".desk-ways a[href$='/documents/']")
        person.click("tbody th a[href*=report-2026]")
        if person is editor:
            person.click(f"#id_act input[value={act}]")
            editor.fill(change_note_ko="다음 보고", change_note_en="The next report")
            person.click(".desk-form .default")
        else:
            person.click("button[value=approve]")
        person.told()


def link_with_a_task(editor: Person, publisher: Person) -> str:
    """A suggestion is taken, and another person approves; returns the task's page."""
    editor.page.goto("/admin/linking/suggestions/?statement=2025.A1.1")
    pair = editor.page.locator(".pair", has_text="→ 2025.T").first
    task = pair.locator("h2").inner_text().partition("→")[2].strip()
    pair.locator(".default").click()
    editor.fill(
        rationale_ko="공통점: APEC.",
        rationale_en="In common: APEC.",
        change_note_ko="연결함",
        change_note_en="Linked",
    )
    editor.page.locator("input[name=_save]").click()
    editor.told()
    publisher.page.goto("/admin/desk/proposal/")
    publisher.page.locator("#result_list tbody th a").first.click()
    publisher.page.locator("button[value=approve]").click()
    publisher.told()
    return publisher.read(f"/en/statements/{task}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_report_comes_to_readers_and_goes_again(
    chromium, furnished, tmp_path, language
):
    with served(furnished, tmp_path) as portal:
        editor, publisher = (
            Person(chromium, portal, name, language) for name in ("editor", "publisher")
        )
        before = pages(editor)
        from_paste_to_publication(editor, publisher)
        assert editor.clicks + publisher.clicks <= MOST_CLICKS
        are_right(pages(editor))
        linked = link_with_a_task(editor, publisher)
        assert "2025.A1.1" in linked
        decide(editor, publisher, "withdraw")
        after = pages(editor)
        assert [path for path in before if after[path] != before[path]] == []
        gone = editor.page.request.get("/en/statements/2026.T1.1.1/")
        assert gone.status == 410
        assert editor.complaints + publisher.complaints == []
        for person in (editor, publisher):
            person.page.context.close()


def are_right(now: dict[str, str]) -> None:
    """The new years stand under their own headings, in pages, files and API."""
    for language in LANGUAGES:
        tasks, achievements = (
            now[f"/{language}/{page}/"] for page in ("tasks", "achievements")
        )
        assert SAID[1] in tasks and SAID[2] in tasks and "2026" in title_of(tasks)
        assert SAID[0] in achievements and "2025" in title_of(achievements)
        assert "?year=2025" in tasks and "?year=2024" in achievements
        assert "2025.T1.1.1" not in tasks and "2024.A1.1" not in achievements
        assert all(said in now[f"/{language}/statements.csv"] for said in SAID[:2])
        assert "report-2026" in now[f"/{language}/sources/"]
    assert "2026.T1.1.1" in now["/sitemap-statements-1.xml"]
    assert all(said in now["/data/statements.csv"] for said in SAID)


def title_of(page: str) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]
