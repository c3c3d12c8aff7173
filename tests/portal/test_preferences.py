"""Text size and colors: asked for at the top of every page, kept in cookies."""

import re

import pytest

from portal.preferences import MODE, SCALE

pytestmark = pytest.mark.any_engine

PREFERENCES = "/preferences/"
MARKS = "all => all.map(one => getComputedStyle(one, '::before').content)"
CHOICES = [(p.name, value) for p in (SCALE, MODE) for value in p.choices]


def look(client) -> str:
    answer = client.get("/look.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    return answer.content.decode()


def chosen(sheet: str) -> set[tuple[str, str]]:
    return set(re.findall(r'\[name="(\w+)"\]\[value="(\w+)"\]', sheet))


@pytest.mark.parametrize(("name", "value"), CHOICES)
@pytest.mark.django_db
def test_a_choice_is_kept_and_shows_in_the_sheet_of_every_page(client, name, value):
    answer = client.post(PREFERENCES, {name: value, "next": "/en/goals/?q=a"})
    assert (answer.status_code, answer.url) == (302, "/en/goals/?q=a")
    assert answer.cookies[name].value == value
    assert answer.cookies[name]["samesite"] == "Lax"
    assert (name, value) in chosen(look(client))
    for path in ("/ko/about/", "/en/nowhere/"):
        assert 'href="/look.css"' in client.get(path).content.decode()


@pytest.mark.django_db
def test_a_page_is_the_same_for_everybody(client):
    plain = client.get("/ko/about/")
    client.cookies["scale"], client.cookies["mode"] = "150", "contrast"
    answer = client.get("/ko/about/", headers={"accept-language": "en"})
    assert answer.content == plain.content
    assert answer["ETag"] == plain["ETag"]
    assert "Cookie" not in answer["Vary"]


def test_without_a_choice_pages_are_as_the_device_has_them(client):
    sheet = look(client)
    assert chosen(sheet) == {("scale", "100"), ("mode", "auto")}
    assert "font-size" not in sheet
    assert "@media screen and (prefers-color-scheme: dark)" in sheet


def test_a_nonsense_cookie_is_as_none(client):
    plain = look(client)
    client.cookies["scale"], client.cookies["mode"] = '900"><b>', "sepia"
    assert look(client) == plain


@pytest.mark.parametrize("data", [{"scale": "900"}, {"mode": "sepia"}])
def test_a_nonsense_choice_is_refused(client, data):
    answer = client.post(PREFERENCES, data)
    assert answer.status_code == 400
    assert not answer.cookies


def test_a_choice_is_posted(client):
    assert client.get(PREFERENCES).status_code == 405


@pytest.mark.parametrize(
    "address", ["", "https://example.org/", "//example.org/", "javascript:alert(1)"]
)
def test_no_one_is_led_to_another_site(client, address):
    answer = client.post(PREFERENCES, {"mode": "dark", "next": address})
    assert answer.url in ("/ko/", "/en/")


@pytest.mark.django_db
def test_the_form_names_the_page(client):
    text = client.get("/en/statements/?q=APEC&region=europe").content.decode()
    assert 'name="next" value="/en/statements/?q=APEC&amp;region=europe"' in text


def test_only_what_is_chosen_is_in_the_sheet_and_never_for_print(client):
    def media(mode: str) -> list[str]:
        client.cookies["mode"] = mode
        return re.findall(r"@media ([^{]*) {", look(client))

    assert media("light") == []
    assert media("dark") == media("contrast") == ["screen"]
    assert media("auto") == ["screen and (prefers-color-scheme: dark)"]


def test_the_sheet_is_asked_for_each_time_and_kept_by_no_cache_for_others(client):
    answer = client.get("/look.css")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]
    known = {"if-none-match": answer["ETag"]}
    assert client.get("/look.css", headers=known).status_code == 304
    client.cookies["mode"] = "dark"
    assert client.get("/look.css", headers=known).status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_choosing_works_without_javascript(chromium, portal, width):
    context = chromium.new_context(
        base_url=portal,
        viewport={"width": width, "height": 800},
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto("/en/tasks/?region=africa")
    fold = page.locator(".utility-fold > summary")
    if fold.is_visible():
        fold.click()
    page.locator(".preference summary", has_text="Text size").click()
    page.get_by_role("button", name="Largest").click()
    page.wait_for_url("**/en/tasks/?region=africa")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == (
        "24px"
    )
    marks = page.locator(".choices [name=scale]").evaluate_all(MARKS)
    assert ["✓" in mark for mark in marks] == [False] * 4 + [True]
    assert "Selected" in marks[-1]
    context.close()
