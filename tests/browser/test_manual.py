"""The jobs of the manual, step by step as it tells them, in both languages.

pytest tests/browser/test_manual.py --pictures     renews the manual's pictures
"""

import re
from base64 import b32decode
from pathlib import Path

import django
import polib
import pytest
from django.urls import reverse
from django_otp.oath import totp
from playwright.sync_api import expect

from tests.support.desk.intake_texts import REPORT
from tests.support.looking import look, sign_in
from tests.support.serving import PROJECT, served
from tests.support.staff import member, signed_in

LOCALES = {"ko": "ko-KR", "en": "en-US"}
pytestmark = pytest.mark.any_engine
SIZE = {"width": 1100, "height": 760}
NEWCOMER = "newcomer"
NEW_PASSWORD = "another horse, another staple"


class Manual:
    """People of a portal of their own, each at a browser, and their pictures."""

    def __init__(self, chromium, portal: str, language: str, takes_pictures: bool):
        self.chromium, self.portal, self.language = chromium, portal, language
        self.takes_pictures = takes_pictures
        self.pages, self.complaints = {}, []

    def person(self, name: str):
        """Their page, signed in."""
        if name not in self.pages:
            self.pages[name] = self.browser()
            sign_in(self.pages[name], name)
        return self.pages[name]

    def browser(self):
        page, complaints = look(
            self.chromium, self.portal, viewport=SIZE, locale=LOCALES[self.language]
        )
        self.complaints.append(complaints)
        return page

    def picture(self, page, name: str, part: str = "#content") -> None:
        assert page.locator("html").get_attribute("lang") == self.language, name
        if self.takes_pictures:
            page.locator(part).first.scroll_into_view_if_needed()
            path = PROJECT / "static" / "manual" / f"{name}-{self.language}.png"
            page.screenshot(path=str(path))


@pytest.fixture(params=["ko", "en"])
def manual(request, chromium, furnished, tmp_path):
    takes_pictures = request.config.getoption("--pictures")
    with served(furnished, tmp_path) as portal:
        manual = Manual(chromium, portal, request.param, takes_pictures)
        yield manual
        for page in manual.pages.values():
            page.context.close()


def note(page) -> None:
    page.fill("#id_change_note_ko", "표현을 다듬음")
    page.fill("#id_change_note_en", "Polished the wording")


def told(page) -> str:
    page.locator(".messagelist .success").first.wait_for()
    return page.locator(".messagelist").inner_text()


def open_statement(page, code: str) -> None:
    page.goto(f"/admin/statements/statement/?q={code}")
    page.get_by_role("link", name=code, exact=True).click()
    page.locator("#id_change_note_ko").wait_for()


def approve_newest(manual: Manual) -> None:
    page = manual.person("publisher")
    page.goto("/admin/desk/proposal/")
    page.locator("#result_list tbody th a").first.click()
    page.locator("button[value=approve]").click()
    told(page)


def public(manual: Manual, code: str, language: str = "en") -> str:
    page = manual.person("publisher")
    return page.request.get(f"/{language}/statements/{code}/").text()


def source(manual: Manual) -> str:
    """The public page of the document that is added."""
    page = manual.person("publisher")
    return page.request.get("/ko/sources/report-2031-2/").text()


def make_an_account(manual: Manual) -> None:
    page, second = manual.person("administrator"), manual.person("staff")
    page.goto("/admin/auth/user/add/")
    page.fill("#id_username", NEWCOMER)
    page.get_by_label("게시 승인자 / Publisher").check()
    page.fill("#id_note", "A new colleague")
    manual.picture(page, "account")
    page.locator("input[name=_save]").click()
    assert NEWCOMER in told(page)
    change = page.locator(".messagelist a").get_attribute("href")
    second.goto(change)
    manual.picture(second, "account-change")
    second.locator("button[value=approve]").click()
    told(second)
    page.goto(change)
    codes = [code_shown(page), code_shown(second)]
    newcomer = manual.pages[NEWCOMER] = manual.browser()
    newcomer.goto("/admin/first-password/")
    newcomer.fill("#id_username", NEWCOMER)
    newcomer.fill("#id_first_code", codes[0])
    newcomer.fill("#id_second_code", codes[1])
    newcomer.fill("#id_password", NEW_PASSWORD)
    newcomer.fill("#id_repeated", NEW_PASSWORD)
    newcomer.locator(".decision button").click()
    newcomer.locator("#id_username").wait_for()


def code_shown(page) -> str:
    page.locator("button[value=show-code]").click()
    page.locator("#content-main code").wait_for()
    return page.locator("#content-main code").inner_text()


def enter_for_the_first_time(manual: Manual) -> None:
    page = manual.pages[NEWCOMER]
    page.goto("/admin/")
    page.fill("#id_username", NEWCOMER)
    page.fill("#id_password", NEW_PASSWORD)
    page.locator("input[type=submit]").click()
    page.locator(".qr svg").wait_for()
    manual.picture(page, "second-step")
    key = page.locator("#content-main code").inner_text().replace(" ", "")
    page.fill("#id_new_code", f"{totp(b32decode(key + '=' * (-len(key) % 8))):06d}")
    page.locator(".decision button").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    manual.picture(page, "recovery")
    page.goto("/admin/")
    page.locator("#to-review").wait_for()
    manual.picture(page, "desk")


def correct_a_sentence(manual: Manual) -> None:
    page = manual.person("editor")
    open_statement(page, "2025.T4.2.2")
    page.fill("#id_text_en", "A sentence said better")
    note(page)
    manual.picture(page, "edit", "#id_text_en")
    page.locator("input[name=_save]").click()
    told(page)
    assert "A sentence said better" not in public(manual, "2025.T4.2.2")


def review_and_publish(manual: Manual) -> None:
    page = manual.person("publisher")
    page.goto("/admin/desk/proposal/")
    page.locator("#result_list tbody th a").first.click()
    page.locator("ins").first.wait_for()
    manual.picture(page, "review")
    page.locator("button[value=approve]").click()
    told(page)
    assert "A sentence said better" in public(manual, "2025.T4.2.2")


def bring_english_up_to_date(manual: Manual) -> None:
    page = manual.person("editor")
    open_statement(page, "G1.C1.1")
    page.fill("#id_text_ko", page.input_value("#id_text_ko") + " 지속")
    note(page)
    page.locator("input[name=_save]").click()
    told(page)
    approve_newest(manual)
    page = manual.person("translator")
    page.goto("/admin/translations/?translation=outdated")
    page.locator(".to-translate a", has_text="G1.C1.1").first.click()
    page.fill("#id_text_en", page.input_value("#id_text_en") + " continuously")
    page.locator("#id_is_of_present_korean").check()
    manual.picture(page, "translate", "#id_text_en")
    note(page)
    page.locator("button[value=propose]").click()
    page.locator("p.errornote, .messagelist .success").first.wait_for()
    if page.locator("p.errornote").count():
        page.locator("button[value=propose]").click()
    told(page)
    approve_newest(manual)
    page.goto("/admin/translations/?translation=outdated")
    assert "G1.C1.1" not in page.locator(".to-translate").inner_text()


def edit_many_in_a_sheet(manual: Manual) -> None:
    page = manual.person("editor")
    page.goto("/admin/bulk/sheets/")
    manual.picture(page, "sheet")
    with page.expect_download() as download:
        page.locator("button[formaction]").click()
    sheet = download.value.path().read_text("utf-8-sig")
    edited = sheet.replace("Build solid and mature", "Build firm and mature")
    file = {"name": "sheet.csv", "mimeType": "text/csv", "buffer": edited.encode()}
    page.set_input_files("#id_sheet", files=[file])
    page.locator("form[method=post].desk-form .default").click()
    page.locator("#why").wait_for()
    manual.picture(page, "sheet-preview", ".effect")
    note(page)
    page.locator("#why .default").click()
    told(page)
    approve_newest(manual)
    assert "Build firm and mature" in public(manual, "G1.C2")


def record_a_status(manual: Manual) -> None:
    page = manual.person("editor")
    page.goto("/admin/statements/statusupdate/add/")
    page.locator(".field-statement .select2-selection").click()
    page.locator(".select2-search__field").fill("2025.T5.1.2")
    page.locator(".select2-results__option", has_text="2025.T5.1.2").first.click()
    page.select_option("#id_status", "started")
    page.fill("#id_as_of", "2026-01-15")
    page.fill("#id_note_ko", "보도자료에 따라 시작을 기록함")
    page.fill("#id_note_en", "Recorded as started, after the press release")
    page.fill("#id_evidence", "https://www.mofa.go.kr/")
    note(page)
    manual.picture(page, "status", "#id_status")
    page.locator("input[name=_save]").click()
    told(page)
    approve_newest(manual)
    said = {"ko": "보도자료에 따라", "en": "after the press release"}
    assert said[manual.language] in public(manual, "2025.T5.1.2", manual.language)


def confirm_a_link(manual: Manual) -> None:
    page = manual.person("editor")
    page.goto("/admin/linking/drafts/?statement=G1.C1")
    page.locator(".pair-decision input[value=confirmed]").first.check()
    manual.picture(page, "links", ".pair")
    page.locator(".decision .default").click()
    told(page)
    approve_newest(manual)
    said = {"ko": "담당자 확인", "en": "Confirmed by staff"}
    assert said[manual.language] in public(manual, "G1.C1", manual.language)


def withdraw_at_a_time(manual: Manual) -> None:
    page = manual.person("editor")
    open_statement(page, "2025.T3.4.5")
    page.select_option("#id_state", "withdrawn")
    page.fill("#id_publish_at", "2030-01-02T09:00")
    note(page)
    manual.picture(page, "withdraw", "#id_state")
    page.locator("input[name=_save]").click()
    told(page)
    approve_newest(manual)
    answer = page.request.get("/en/statements/2025.T3.4.5/")
    assert answer.status == 200


def return_to_an_earlier_revision(manual: Manual) -> None:
    page = manual.person("editor")
    open_statement(page, "2025.T4.2.2")
    page.locator(".object-tools a[href*=revision]").first.click()
    page.locator("#result_list tbody th a").last.click()
    page.locator("ins").first.wait_for()
    note(page)
    manual.picture(page, "return", ".decision")
    page.locator(".decision .default").click()
    told(page)
    approve_newest(manual)
    assert "A sentence said better" not in public(manual, "2025.T4.2.2")


def add_a_document(manual: Manual) -> None:
    page = manual.person("editor")
    page.goto("/admin/")
    page.locator(".desk-ways a[href$='/intake/']").click()
    page.fill("#id_pasted", REPORT.replace("이웃", "먼 이웃"))
    page.locator(".intake-form button").click()
    text = page.locator("#id_working_text")
    wrong, right = "ㅇ 기후 회의", "ㅇ 바다 회의 대응\n      ㅇ 기후 회의"
    text.fill(text.input_value().replace(wrong, right))
    page.locator(".intake-form .default").click()
    page.get_by_text("2031.T1.3").wait_for()
    manual.picture(page, "intake")
    page.locator("button[value=facts]").click()
    page.locator("button[value=make]").click()
    assert "10" in told(page)
    assert "바다 회의" not in source(manual)


def publish_a_document(manual: Manual) -> None:
    editor, publisher = manual.person("editor"), manual.person("publisher")
    editor.goto("/admin/")
    editor.locator(".desk-ways a[href$='/documents/']").click()
    editor.locator("tbody th a[href*=report-2031-2]").click()
    editor.locator("#id_act input[value=publish]").check()
    note(editor)
    editor.locator(".desk-form .default").click()
    told(editor)
    publisher.goto(editor.url)
    manual.picture(publisher, "document", ".decision")
    publisher.locator("button[value=approve]").click()
    told(publisher)
    assert "바다 회의" in source(manual)


def add_a_statement(manual: Manual) -> None:
    page = manual.person("editor")
    page.goto("/admin/documents/report-2031-2/add/")
    page.locator(".roots a[href$='.T1']").click()
    page.fill("#id_korean", "정오표에 실린 과제")
    page.select_option("#id_kind", "task")
    page.fill("#id_first_line", "60")
    manual.picture(page, "add-statement")
    page.locator(".desk-form .default").click()
    assert ".T1.4" in told(page)
    assert "정오표에" not in source(manual)


def answer_a_report(manual: Manual) -> None:
    reader, page = manual.browser(), manual.person("editor")
    reader.goto(f"/{manual.language}/statements/2025.T4.2.2/")
    reader.locator("a[href$='/report/']").click()
    reader.locator("input[name=problem]").first.check()
    reader.fill("#id_text", "The second word differs from the source.")
    reader.locator(".report-form button").click()
    reader.wait_for_url("**/reports/*/")
    page.goto("/admin/desk/problemreport/")
    page.locator("#result_list tbody th a").first.click()
    page.select_option("#id_state", "unchanged")
    page.fill("#id_answer_ko", "원문과 같음을 확인했습니다.")
    page.fill("#id_answer_en", "We compared it: it is as in the source.")
    manual.picture(page, "report", "#id_state")
    page.locator("button[value=answer]").click()
    told(page)
    reader.reload()
    answer = {"ko": "원문과 같음을", "en": "as in the source"}
    assert answer[manual.language] in reader.locator("main").inner_text()


def record_a_check(manual: Manual) -> None:
    page = manual.person("editor")
    open_statement(page, "2025.T4.2.2")
    manual.picture(page, "check", "button[value=check]")
    page.locator("button[value=check]").click()
    told(page)
    assert "Checked by staff" in public(manual, "2025.T4.2.2")


JOBS = (
    make_an_account,
    enter_for_the_first_time,
    correct_a_sentence,
    review_and_publish,
    bring_english_up_to_date,
    edit_many_in_a_sheet,
    record_a_status,
    confirm_a_link,
    withdraw_at_a_time,
    return_to_an_earlier_revision,
    add_a_document,
    publish_a_document,
    add_a_statement,
    answer_a_report,
    record_a_check,
)


@pytest.mark.audit
@pytest.mark.browser
def test_every_job_of_the_manual_can_be_done_as_it_says(manual):
    for job in JOBS:
        job(manual)
    assert sum(manual.complaints, []) == []


@pytest.mark.parametrize("name", ["manual.md", "manual.ko.md"])
def test_the_manual_tells_of_each_job_and_its_pictures_are_there(name):
    text = (PROJECT / "docs" / name).read_text("utf-8")
    assert len(re.findall(r"^## \d+\. ", text, re.MULTILINE)) == len(JOBS)
    pictures = re.findall(r"\]\(\.\./(static/manual/[\w-]+\.png)\)", text)
    assert len(pictures) >= len(JOBS)
    for picture in pictures:
        assert (PROJECT / picture).exists(), picture


def words_of_the_interface(language: str) -> set[str]:
    """What the pages say in that language: our own strings, and those of Django."""
    contrib = Path(django.__file__).parent / "contrib"
    files = [
        PROJECT / "locale/ko/LC_MESSAGES/django.po",
        PROJECT / "locale/overrides/ko/LC_MESSAGES/django.po",
        *(
            contrib / app / "locale/ko/LC_MESSAGES/django.po"
            for app in ("admin", "auth")
        ),
    ]
    entries = [entry for file in files for entry in polib.pofile(str(file))]
    said = {entry.msgstr if language == "ko" else entry.msgid for entry in entries}
    return {text[:1].upper() + text[1:] for text in said if text}


@pytest.mark.parametrize(
    ("name", "language"), [("manual.md", "en"), ("manual.ko.md", "ko")]
)
def test_the_manual_calls_things_as_the_pages_do(name, language):
    text = " ".join((PROJECT / "docs" / name).read_text("utf-8").split())
    named = set(re.findall(r"\*\*(.+?)\*\*", text))
    assert len(named) > 15
    assert named - words_of_the_interface(language) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_everyone_at_the_desk_reads_it_with_its_pictures(language):
    answer = signed_in(member("auditor"), language).get(reverse("staff:manual"))
    page = answer.content.decode()
    assert page.count("<img ") >= len(JOBS)
    assert f"-{language}." in page
    assert "../static" not in page
