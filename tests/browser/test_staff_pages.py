"""Every page of the desk, as the URL configuration has them, in both languages."""

import re
from typing import NamedTuple

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction

from desk.accounts.roles import Role
from desk.models import (
    AccountChange,
    Batch,
    FailedLogin,
    Login,
    ProblemReport,
    Proposal,
)
from tests.support.access import READERS, allowed
from tests.support.addresses import addresses
from tests.support.crawling import HANGUL, Page
from tests.support.factories import LONG_AGO
from tests.support.furnishing import OF_STAFF, staff_pages, unpublished
from tests.support.looking import (
    DESKTOP,
    LANGUAGES,
    LOCALES,
    PHONE,
    look,
    sign_in,
    violations,
    width_of,
)
from tests.support.rows import everything
from tests.support.staff import signed_in

#: What is no page: a file, a jump to another page, or nothing at all.
NO_PAGES = {
    *("admin:autocomplete", "admin:jsi18n", "admin:view_on_site"),
    *("admin:login", "admin:logout", "admin:None"),
    # Files, what is sent by a form alone, and what only leads on.
    *("staff:sheet", "staff:translation_export", "staff:upkeep", "staff:bulk_preview"),
    "desk:preview_document",
    *("staff:intake_text", "staff:intake_original"),
}
#: A list searched, counted, ordered the other way round, and found empty.
NARROWED = "?q=nothing&_facets=True&o=-1"
#: What is called the same in Korean.
NAMES = {"SHA-256:", "XLIFF", "/admin/"}
#: These have a name in both languages at once.
ROLES = re.compile("|".join(role.value for role in Role))
#: What the second step shows to be typed into an app.
SECRET = re.compile("[A-Z2-7]{4}( [A-Z2-7]{4})+")


class DeskAsRead(NamedTuple):
    """Path and texts of every page of the desk by its name, and what the data says."""

    pages: dict[str, str]
    english: dict[str, list[tuple[str, str]]]
    korean: dict[str, list[tuple[str, str]]]
    data: set[str]


@pytest.fixture(scope="module")
def desk_as_read(django_db_setup, django_db_blocker) -> DeskAsRead:
    """The desk read once, as the superuser finds it, from rows that do not stay."""
    with django_db_blocker.unblock(), transaction.atomic():
        superuser = User.objects.create_superuser("admin", date_joined=LONG_AGO)
        pages = staff_pages(superuser, unpublished(superuser))
        english = texts_of(signed_in(superuser, "en"), pages, "en")
        client = signed_in(superuser, "ko")
        data = {str(value) for row in rows_shown() for value in row.values()}
        korean = texts_of(client, pages, "ko")
        transaction.set_rollback(True)
    return DeskAsRead(pages, english, korean, data)


def texts_of(client, pages: dict[str, str], language: str) -> dict[str, list]:
    return {
        name: texts_at(client, path.format(language=language))
        for name, path in pages.items()
    }


def texts_at(client, path: str) -> list[tuple[str, str]]:
    page = Page(client.get(path).content.decode())
    texts = [*page.texts, *page.attribute_texts]
    return [(lang, text.strip()) for lang, text in texts if text.strip()]


@pytest.mark.django_db
@pytest.mark.any_engine
def test_every_address_of_the_desk_is_a_page_or_known_to_be_none(desk_as_read):
    known = {name for name, _ in addresses() if name.startswith(OF_STAFF)}
    opened = {name for name in known if allowed(name) & READERS}
    assert opened - desk_as_read.pages.keys() == NO_PAGES


@pytest.mark.django_db
@pytest.mark.any_engine
def test_english_pages_mark_all_korean_as_korean(desk_as_read):
    found = {
        f"{name}: {text[:60]}"
        for name, texts in desk_as_read.english.items()
        for language, text in texts
        if language == "en" and HANGUL.search(ROLES.sub("", text))
    }
    assert "\n".join(sorted(found)) == ""


@pytest.mark.django_db
@pytest.mark.any_engine
def test_korean_pages_say_nothing_in_english_but_what_the_data_says(desk_as_read):
    data = NAMES | desk_as_read.data
    found = {
        f"{name}: {text[:60]}"
        for name, texts in desk_as_read.korean.items()
        for language, text in texts
        if language == "ko" and is_english(text) and plain(text) not in data
        if not name.startswith("desk:")  # a page of the readers
    }
    assert "\n".join(sorted(found)) == ""


def rows_shown() -> list[dict]:
    content = [row for table in everything().values() for row in table]
    others = (User, Proposal, Batch, AccountChange, Login, FailedLogin, LogEntry)
    rows = [row for model in others for row in model.objects.values()]
    rows += [{**vars(one), "": one} for one in ProblemReport.objects.all()]
    changes = AccountChange.objects.all()
    named = [{**change.old, **change.new, "": change} for change in changes]
    return content + rows + named


def plain(text: str) -> str:
    """Without the mark of a step on the way, and without a time."""
    return re.sub(r"^› |,? \d{4}-\d\d-\d\d \d\d:\d\d$", "", text)


def is_english(text: str) -> bool:
    is_said = re.search("[A-Za-z]{3}", text) and not SECRET.fullmatch(text)
    return bool(is_said) and not HANGUL.search(text)


#: A page of every kind; the audit has all of them.
SOME = (
    *("admin:index", "admin:statements_statement_changelist"),
    *("admin:goals_goal_change", "admin:statements_link_add"),
    *("admin:statements_region_delete", "admin:statements_event_history"),
    *("admin:desk_proposal_change", "admin:auth_user_change", "admin:second_step"),
)


@pytest.fixture(scope="module", params=["ko", "en"])
def desk(request, chromium, portal):
    """A superuser’s browser, offline but for the portal; and what it complains of."""
    language = request.param
    page, complaints = look(chromium, portal, locale=LOCALES[language])
    page.on("request", lambda request: note_foreign(request, portal, complaints))
    sign_in(page)
    yield page, complaints, language
    page.context.close()


def note_foreign(request, portal: str, complaints: list[str]) -> None:
    if not request.url.startswith((portal, "data:")):
        complaints.append(f"asks for {request.url}")


def faults_of(page, complaints: list[str], path: str) -> list[str]:
    """What is wrong at a desk and on a phone, with one visit."""
    complaints.clear()
    page.set_viewport_size(DESKTOP)
    answer = page.goto(path)
    assert answer.status == 200 and page.url.endswith(path), page.url
    found = set(violations(page))
    page.set_viewport_size(PHONE)
    found |= set(violations(page)) | set(complaints)
    if width_of(page) > PHONE["width"]:
        found.add("runs off a phone")
    return [f"{path}: {fault}" for fault in found]


@pytest.mark.browser
def test_a_page_of_every_kind_of_the_desk_is_accessible(desk, staff_pages):
    page, complaints, language = desk
    found = []
    for name in SOME:
        path = staff_pages[name].format(language=language)
        found += faults_of(page, complaints, path)
    assert found == []


@pytest.mark.browser
@pytest.mark.audit
@pytest.mark.parametrize("part", range(4))
def test_every_page_of_the_desk_is_accessible(desk, staff_pages, part):
    page, complaints, language = desk
    found = []
    for path in list(staff_pages.values())[part::4]:
        found += faults_of(page, complaints, path.format(language=language))
    assert found == []


@pytest.mark.browser
@pytest.mark.audit
def test_lists_of_the_desk_are_accessible_however_they_are_narrowed(desk, staff_pages):
    page, complaints, _ = desk
    found = []
    for name, path in staff_pages.items():
        if name.endswith("_changelist"):
            found += faults_of(page, complaints, path + NARROWED)
    assert found == []


@pytest.mark.browser
@pytest.mark.audit
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_before_and_after_the_work_are_accessible(chromium, portal, language):
    page, complaints = look(chromium, portal, locale=LOCALES[language])
    found = faults_of(page, complaints, "/admin/login/?next=/")
    page.fill("#id_username", "staff")
    page.fill("#id_password", "not this one")
    page.locator("input[type=submit]").click()
    page.locator(".errornote").wait_for()
    found += violations(page)
    sign_in(page)
    page.locator("#logout-form button").click()
    page.wait_for_url("**/logout/")
    found += violations(page)
    page.context.close()
    assert found == []


@pytest.mark.browser
@pytest.mark.audit
@pytest.mark.parametrize("role", ["translator", "auditor"])
def test_forms_are_accessible_to_who_may_change_little(
    chromium, portal, staff_pages, role
):
    page, complaints = look(chromium, portal, locale=LOCALES["ko"])
    sign_in(page, role)
    found = []
    for name, path in staff_pages.items():
        is_read = name.startswith(("admin:statements", "admin:goals_goal"))
        if is_read and name.endswith("_change"):
            found += faults_of(page, complaints, path)
    page.context.close()
    assert found == []
