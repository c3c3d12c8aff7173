"""Text size and colors: asked for at the top of every page, kept in cookies."""

import re

import pytest

from portal.preferences import MODE, SCALE

pytestmark = pytest.mark.any_engine

PREFERENCES = "/preferences/"
CHOICES = [(p.name, value) for p in (SCALE, MODE) for value in p.choices]


def page_root(answer) -> str:
    return re.search(r"<html[^>]*>", answer.content.decode())[0]


@pytest.mark.parametrize(("name", "value"), CHOICES)
@pytest.mark.django_db
def test_a_choice_is_kept_and_shows_on_every_page(client, name, value):
    answer = client.post(PREFERENCES, {name: value, "next": "/en/goals/?q=a"})
    assert (answer.status_code, answer.url) == (302, "/en/goals/?q=a")
    assert answer.cookies[name].value == value
    assert answer.cookies[name]["samesite"] == "Lax"
    for path in ("/ko/about/", "/en/nowhere/"):
        assert f'data-{name}="{value}"' in page_root(client.get(path))


@pytest.mark.django_db
def test_without_a_choice_pages_are_as_the_device_has_them(client):
    root = page_root(client.get("/ko/about/"))
    assert 'data-scale="100"' in root
    assert 'data-mode="auto"' in root


@pytest.mark.django_db
def test_a_nonsense_cookie_is_as_none(client):
    client.cookies["scale"], client.cookies["mode"] = '900"><b>', "sepia"
    root = page_root(client.get("/ko/about/"))
    assert 'data-scale="100"' in root
    assert 'data-mode="auto"' in root


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
def test_the_form_names_the_page_and_marks_what_is_chosen(client):
    client.cookies["scale"] = "130"
    text = client.get("/en/statements/?q=APEC&region=europe").content.decode()
    assert 'name="next" value="/en/statements/?q=APEC&amp;region=europe"' in text
    pressed = re.findall(r'name="(\w+)" value="(\w+)" aria-pressed="true"', text)
    assert pressed == [("scale", "130"), ("mode", "auto")]


@pytest.mark.django_db
def test_only_what_is_chosen_is_loaded_and_never_for_print(client):
    def sheets(mode: str) -> list[tuple[str, str]]:
        client.cookies["mode"] = mode
        text = client.get("/ko/about/").content.decode()
        return re.findall(r'css/(dark|contrast)[^"]*" media="([^"]*)"', text)

    assert sheets("light") == []
    assert sheets("dark") == [("dark", "screen")]
    assert sheets("contrast") == [("contrast", "screen")]
    assert sheets("auto") == [("dark", "screen and (prefers-color-scheme: dark)")]


@pytest.mark.django_db
def test_caches_are_told_that_pages_differ_by_cookie(client):
    assert "Cookie" in client.get("/ko/about/")["Vary"]
    assert "Cookie" not in client.get("/robots.txt").get("Vary", "")


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
    assert page.locator("html").get_attribute("data-scale") == "150"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == (
        "24px"
    )
    context.close()
