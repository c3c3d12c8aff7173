import pytest

from portal.mirror.page_copy import PageCopy

pytestmark = pytest.mark.any_engine

PAGE = """<!DOCTYPE html>
<html lang="en">
  <head><link rel="canonical" href="https://site/en/?x=1">
  <link rel="alternate" type="application/atom+xml" href="/feed?q=1"></head>
  <body>
    <a class="skip" href="#main">Skip</a>
    <header><form id="find" role="search" action="/en/statements/">
      <input name="q"><a href="/kept/">x</a></form></header>
    <main id="main" data-x='a"b'><!-- note -->
      <p>R&amp;D &#8211; 1 < 2 한국</p><svg viewBox="0 0 1 1"><path d="M0 0" /></svg>
      <a href="/kept/?page=2">2</a> <a href="/search?q=1">find</a>
      <form method="post" action="/preferences/"><button>Large</button></form>
    </main>
  </body>
</html>
"""
PLACES = {"/kept/?page=2": "/kept/page-2/", "#main": "#main"}


@pytest.fixture(scope="module")
def page() -> PageCopy:
    return PageCopy(
        PAGE,
        PLACES.get,
        notice="<aside>Copy</aside>",
        elsewhere="/en/mirror/",
        instead=lambda is_search: "no search" if is_search else "no form",
    )


def test_a_link_leads_to_its_place_or_to_the_words_about_copies(page):
    assert '<a href="/kept/page-2/">2</a>' in page.markup
    assert '<a href="/en/mirror/">find</a>' in page.markup


def test_what_a_page_is_called_stays_and_a_feed_that_is_no_file_goes(page):
    assert '<link rel="canonical" href="https://site/en/?x=1">' in page.markup
    assert "atom" not in page.markup


def test_a_sentence_stands_in_the_place_of_each_form(page):
    assert '<p id="find">no search</p></header>' in page.markup
    assert "<p>no form</p>" in page.markup
    assert not {"<form", "<input", "<button", "preferences"} & set(page.markup.split())
    assert "Large" not in page.markup


def test_the_notice_follows_the_ways_past_the_head_of_the_page(page):
    skip, notice = page.markup.index("Skip"), page.markup.index("<aside>")
    assert skip < notice < page.markup.index("<header>")
    assert page.markup.count("<aside>Copy</aside>") == 1


def test_what_does_not_change_stays_sign_for_sign(page):
    text = "<p>R&amp;D &#8211; 1 < 2 한국</p>"
    drawing = '<svg viewBox="0 0 1 1"><path d="M0 0" /></svg>'
    start = '<main id="main" data-x=\'a"b\'><!-- note -->'
    for part in (text, drawing, start, "<!DOCTYPE html>"):
        assert part in page.markup
    assert page.ids == {"find", "main"}
