"""What the browser tests look at, and how."""

from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT

#: Milliseconds that a busy machine may take for what it does in a few.
PATIENCE = 60_000
LANGUAGES = ("ko", "en")
LOCALES = {"ko": "ko-KR", "en": "en-US"}
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

#: A page of every type; under the language's prefix, or with the language in it.
PAGES = (
    *("", "goals/", "goals/1/", "goals/5/", "achievements/", "tasks/", "statements/"),
    *("statements/?region=atlantis", "tasks/?region=africa&theme=consular-protection"),
    *("statements/?region=europe&theme=bilateral-relations", "statements/?q=APEC"),
    *("statements/G1.C1/", "statements/2025.T3.3.2.1/", "statements/2024.A/"),
    *("statements/2024.A7.1/", "sources/", "sources/goals/", "sources/report-2025/"),
    *("sources/goals/booklet/", "sources/report-2025/booklet/?text=both"),
    *("goals/4/compare/", "sources/goals/compare/", "sources/report-2025/compare/"),
    *("continuity/", "continuity/?goal=2", "continuity/?goal=9"),
    *("continuity/unlinked/", "timeline/passed/", "glossary/?category=place"),
    *("timeline/", "timeline/?region=atlantis", "figures/", "topics/"),
    *("regions/northeast-asia/", "countries/czechia/", "themes/consular-protection/"),
    *("statements/?view=matrix", "statements/?view=table&region=europe"),
    *("quotes/", "words/", "words/?q=APEC&q=ODA"),
    *("glossary/", "glossary/?q=ODA", "data/", "/api/v1/docs?language={language}"),
    *("statements/embed/?region=africa", "about/", "plain-language/", "accessibility/"),
    *("privacy/", "copyright/", "nowhere/"),
    *("changes/", "past/", "statements/G1.C1/history/"),
    "statements/G1.C1/report/",
    *("compare/", "compare/?a=G1.C1&b=2025.T3.1"),
    "changes/?from=2020-01-01&to=2020-01-02",
)
#: Of these, the ones whose every kind of element is on a shorter page too.
LONG = (
    *("sources/goals/booklet/", "sources/report-2025/booklet/?text=both"),
    "glossary/",
    "sources/goals/compare/",
    "sources/report-2025/compare/",
)


def address(language: str, path: str) -> str:
    is_whole = path.startswith("/")
    return path.format(language=language) if is_whole else f"/{language}/{path}"


def look(chromium, portal: str, **options):
    """A new page, and the list that its complaints will be added to."""
    context = chromium.new_context(base_url=portal, **options)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []

    def note(message) -> None:
        is_plain_404 = "404 (Not Found)" in message.text
        if message.type == "error" and not is_plain_404:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


#: Of everybody at the desk of a portal; all have these codes for the second step.
PASSWORD = "correct horse battery"
CODES = [f"code{number:03d}" for number in range(200)]
#: Each works once.
codes = iter(CODES)


def sign_in(page, name: str = "staff") -> None:
    """Both steps of the login."""
    page.goto("/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.locator("input[type=submit]").click()
    page.fill("#id_code", next(codes))
    page.locator(".decision button").click()
    page.wait_for_url("**/admin/")


@contextmanager
def window(chromium, portal: str, **options):
    """A page that many tests share, one after the other: what it loads, it keeps."""
    page, _ = look(chromium, portal, **options)
    yield page
    page.context.close()


def choose(page, portal: str, **preferences: str) -> None:
    """What the reader has chosen of `mode` and `scale`, and nothing else."""
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": n, "value": v, "url": portal} for n, v in preferences.items()]
    )


#: axe reads the color of every element anew, half of its time; a page has few colors.
READ_COLORS_ONCE = """
(() => {
  const color = axe.commons.color.Color.prototype;
  const read = color.parseString;
  const known = new Map();
  color.parseString = function (text) {
    if (!known.has(text)) {
      const {r, g, b, alpha} = read.call(this, text);
      known.set(text, {r, g, b, alpha});
    }
    return Object.assign(this, known.get(text));
  };
})();
"""


def violations(page, *more_rules: str) -> list[str]:
    """What axe finds on the page as it stands: WCAG 2.2 AA and best practice."""
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {rule: {"enabled": True} for rule in more_rules},
        "resultTypes": ["violations"],
        # The style sheets it would fetch serve a rule that is experimental and off.
        "preload": {"assets": ["media"]},
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT + READ_COLORS_ONCE)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


def width_of(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")
