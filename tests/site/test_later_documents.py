"""The pages and outputs with documents that come after the first two: nothing says the
years of those, or how many they are.
"""

import json
import re
from html import unescape

import pytest

from statements.models import Document, Kind, Statement, Theme
from tests.support import factories
from tests.support.crawling import sitemap_parts
from tests.support.documents.later import (
    GOALS_WORD,
    REPORT_WORD,
    goals_of_2027,
    report_of_2026,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LANGUAGES = ("ko", "en")
PAGES = (
    *("", "goals/", "achievements/", "tasks/", "statements/", "continuity/", "data/"),
    *(
        "timeline/",
        "figures/",
        "topics/",
        "sources/",
        "about/",
        "plain-language/",
    ),
    *("copyright/", "changes/", "past/", "statements/embed/", "nowhere/"),
    *("regions/korean-peninsula/", "countries/north-korea/", "continuity/?goal=1"),
    *("continuity/?goal=2027.G1", "goals/?document=goals", "tasks/?year=2025"),
    *("achievements/?year=2024", "statements/?view=table", "statements/?view=matrix"),
)
#: Said of the documents, none of which may be told by heart.
COUNTED = re.compile(
    r"two (?:\w+ )?documents|both documents|neither document|five (?:\w+ )*goals?\b"
    r"|두 문서|문서 두 건|다섯 가지",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def later(db) -> None:
    report_of_2026()
    goals_of_2027()


def text_of(client, path: str) -> str:
    return unescape(b"".join(client.get(path)).decode())


def sections(text: str, css_class: str) -> list[tuple[str, str]]:
    """The heading and the words of each section of a class."""
    parts = re.split(rf'<section class="{css_class}', text)[1:]
    cut = [part.partition("</section>")[0] for part in parts]
    return [
        (TAG.sub(" ", re.search(r"<h[234][ >].*?</h", part, re.S)[0]), part)
        for part in cut
    ]


def codes_in(text: str) -> list[str]:
    return re.findall(r'class="code"[^>]*>([^<]+)<', text)


def link_across_time() -> None:
    codes = ("2027.G1.C1", "2026.T1.1.1", "2025.T1.1.1")
    goal, task, earlier = (Statement.objects.get(code=code) for code in codes)
    factories.link([goal, task], [task, earlier])


def own_words(page: str) -> str:
    """The page without what the documents' own descriptions say."""
    for document in Document.objects.all():
        for words in (document.contains_ko, document.contains_en):
            page = page.replace(words, "")
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_counts_the_documents_or_files_an_item_under_another_year(
    client, later, language
):
    link_across_time()
    codes = [s.code for s in Statement.objects.filter(document__slug="report-2026")]
    addresses = [*PAGES, *(f"statements/{code}/" for code in codes)]
    addresses += [f"sources/{d.slug}/" for d in Document.objects.all()]
    addresses += [f"themes/{theme.slug}/" for theme in Theme.objects.all()[:2]]
    for path in addresses:
        page = text_of(client, f"/{language}/{path}")
        assert not COUNTED.search(own_words(page)), path
        for heading, section in sections(page, "flow-column"):
            years = re.findall(r"20\d\d", heading)
            for code in codes_in(section):
                assert not years or code[:4] in years, (path, heading, code)


def test_the_lists_show_the_newest_edition_and_lead_to_the_others(client, later):
    newest = text_of(client, "/en/tasks/")
    assert "<h1>2026 tasks</h1>" in newest
    assert "<title>2026 tasks" in newest
    assert "Plans for 2026 when the report was written" in newest
    assert {code[:6] for code in codes_in(newest)} == {"2026.T"}
    assert 'href="?year=2025"' in newest
    earlier = text_of(client, "/en/tasks/?year=2025")
    assert "<h1>2025 tasks</h1>" in earlier
    assert {code[:6] for code in codes_in(earlier)} == {"2025.T"}
    done = text_of(client, "/ko/achievements/")
    assert "<h1>성과(2025년까지)</h1>" in done
    assert {code[:6] for code in codes_in(done)} == {"2025.A"}
    both = text_of(client, "/en/achievements/?year=2024&year=2025")
    assert {code[:6] for code in codes_in(both)} == {"2024.A", "2025.A"}


@pytest.mark.parametrize(
    "path",
    [
        *("achievements/?year=2026", "tasks/?year=2024", "tasks/?year=x"),
        *("goals/?document=report-2026", "goals/?document=nothing"),
    ],
)
def test_an_edition_that_there_is_not_is_a_filter_that_could_not_be_applied(
    client, later, path
):
    page = text_of(client, f"/en/{path}")
    assert "Some filters could not be applied" in page
    assert 'class="row"' not in page
    assert "goal-row " not in page


def test_without_a_report_the_lists_are_empty_and_say_no_year(client, db):
    with factories.an_open_gate():
        Statement.objects.update(state="withdrawn")
    for path, heading in (("tasks", "Tasks"), ("achievements", "Achievements")):
        assert f"<h1>{heading}</h1>" in text_of(client, f"/en/{path}/")
    assert client.get("/en/goals/").status_code == 200
    assert client.get("/en/").status_code == 200


def test_goals_of_an_earlier_document_stay_and_say_so(client, later):
    newest = text_of(client, "/en/goals/")
    assert "/en/goals/2027.G7/" in newest
    assert "/en/goals/1/" not in newest
    assert "This is from an earlier goals document:" not in newest
    for path in (
        *("goals/?document=goals", "goals/1/", "goals/1/compare/"),
        *("statements/G1.C1/", "plain-language/"),
    ):
        page = text_of(client, f"/en/{path}")
        assert "This is from an earlier goals document" in page, path
        assert "the editors inferred the year 2025" in page, path
    rows = text_of(client, "/en/statements/?goal=1&kind=goal")
    assert "Goal (earlier document)" in rows
    assert "Goal (earlier document)" not in text_of(
        client, "/en/statements/?goal=2027.G1&kind=goal"
    )


def test_a_goal_of_a_later_document_has_an_address_of_its_own(client, later):
    page = text_of(client, "/en/goals/2027.G1/")
    assert 'href="/en/goals/2027.G1/compare/"' in page
    assert 'href="/en/goals/2/"' not in page
    assert client.get("/en/goals/2027.G1/compare/").status_code == 200
    moved = client.get("/en/statements/2027.G1/", follow=True)
    assert moved.redirect_chain == [("/en/goals/2027.G1/", 301)]
    assert client.get("/en/goals/2027.G8/").status_code == 404
    assert client.get("/en/goals/0/").status_code == 404
    listed = "".join(sitemap_parts(client).values())
    for path in ("2027.G7/", "2027.G7/compare/", "5/", "5/compare/"):
        assert f"/en/goals/{path}<" in listed


def test_the_goal_page_has_everything_in_the_order_of_the_document(client, later):
    under = Statement.objects.filter(code__startswith="2027.G1.").in_outline_order()
    codes = [statement.code for statement in under]
    assert len(codes) == 9
    for path in ("goals/2027.G1/", "goals/2027.G1/compare/"):
        page = text_of(client, f"/ko/{path}")
        ids = re.findall(r'class="(?:sentence|content)[^"]*" id="([^"]+)"', page)
        assert ids == codes, path
        assert page.count(GOALS_WORD) >= 8
    assert "<b>4</b>" in text_of(client, "/en/goals/2027.G1/")


def test_details_stay_in_the_section_that_they_stand_in(client, later):
    page = text_of(client, "/en/goals/2027.G1/compare/")
    names = re.findall(r'pair-section">\s*<span lang="ko">([^<]+)', page)
    assert names == ["과제목표", "주요내용", "기대효과", "참고"]


def test_the_list_of_tasks_has_everything_in_the_order_of_the_document(client, later):
    page = text_of(client, "/ko/tasks/")
    assert REPORT_WORD in page
    rows = [code for code in codes_in(page) if code.startswith("2026.T")]
    whole = Statement.objects.filter(code__startswith="2026.T").in_outline_order()
    headings = whole.of_kinds(Kind.PART, Kind.CHAPTER, Kind.HEADING)
    above = {statement.code for statement in headings}
    assert [code for code in rows if code not in above] == [
        statement.code for statement in whole if statement.code not in above
    ]


def test_a_statement_shows_the_points_under_its_points_and_its_whole_path(
    client, later
):
    page = text_of(client, "/ko/statements/2026.T1.1.1/")
    under = page[page.index('id="children"') :]
    assert codes_in(under)[:4] == [
        *("2026.T1.1.1.1", "2026.T1.1.1.1.1", "2026.T1.1.1.1.1.1", "2026.T1.1.1.2"),
    ]
    assert 'class="point level-3"' in under
    deepest = text_of(client, "/ko/statements/2026.T1.1.1.1.1.1/")
    path = deepest.partition('class="path"')[2].partition("</nav>")[0]
    assert codes_in(path) == [
        *("2026.T", "2026.T1", "2026.T1.1", "2026.T1.1.1", "2026.T1.1.1.1"),
        "2026.T1.1.1.1.1",
    ]


def test_the_document_says_when_it_is_from_and_what_it_replaces(client, later):
    page = text_of(client, "/en/sources/report-2026/")
    assert "Report of achievements and tasks" in page
    assert "Document of 2026" in page
    assert '<time datetime="2026-01-20">' in page
    assert 'href="https://example.org/report-2026"' in page
    assert "Inferred by the editors" in page
    assert "A test says so." in page
    assert re.search(
        r"Earlier edition</dt><dd><a href=\"/en/sources/report-2025/", page
    )
    assert 'Other: <span lang="ko">서명란</span>' in page
    assert page.count("(가) 뺀 문단") == 8
    before = text_of(client, "/en/sources/report-2025/")
    assert "Later edition" in before
    assert "Not stated in the document" in before
    assert client.get("/en/sources/report-2026/compare/").status_code == 200


def test_a_document_in_draft_is_named_by_none(client, later):
    report = Statement.objects.filter(document__slug="report-2026")
    with factories.an_open_gate():
        report.update(state="draft")
    assert "report-2026" not in text_of(client, "/en/sources/report-2025/")
    assert "<h1>2025 tasks</h1>" in text_of(client, "/en/tasks/")


def test_a_topic_shows_each_edition_apart_the_earlier_ones_folded(client, later):
    page = text_of(client, "/en/regions/korean-peninsula/")
    columns = page.partition("dossier-columns")[2].partition("</article>")[0]
    _head, *editions = re.split(r"(?=<h3>|<summary>)", columns)
    names = [re.match(r"<(h3|summary)>([^<]+) <small>", text) for text in editions]
    assert [match.groups() for match in names] == [
        ("h3", "Goals document"),
        ("summary", "Earlier goals document: Foreign Policy Goals"),
        ("h3", "Achievements (through 2025)"),
        ("summary", "Achievements (through 2024)"),
        ("h3", "2026 tasks"),
        ("summary", "2025 tasks"),
    ]
    for edition in editions:
        years = re.findall(r"20\d\d", edition.partition("<small>")[0])
        codes = re.findall(r'class="said [^>]*id="([^"]+)"', edition)
        assert codes
        assert not years or all(code[:4] in years for code in codes)
    groups = client.get("/en/regions/korean-peninsula/").context["groups"]
    for group, count, _rows in groups:
        query = f"region=korean-peninsula&{group.query}"
        found = json.loads(text_of(client, f"/api/v1/statements/?{query}"))["count"]
        assert found == count
        assert re.search(rf"{re.escape(group.name)} <small>{count} statement", page)


def test_the_filter_by_year_names_what_reports_have_in_each(client, later):
    page = client.get("/en/statements/").context["filter"]
    assert page.filters["year"].extra["choices"] == [
        ("2024", "Achievements (through 2024)"),
        ("2025", "Achievements (through 2025) · 2025 tasks"),
        ("2026", "2026 tasks"),
    ]


def test_the_home_page_is_of_the_newest_documents(client, later):
    context = client.get("/en/").context
    codes = [panel.goal.code for panel in context["panels"]]
    assert codes == [f"2027.G{number}" for number in range(1, len(codes) + 1)]
    assert not any(panel.sentence for panel in context["panels"])
    assert [group.query for group in context["gaps"].groups] == [
        "document=goals-2027",
        *("document=report-2026&year=2025", "document=report-2026&year=2026"),
    ]


def test_the_outputs_hold_the_later_documents(client, later):
    described = json.loads(text_of(client, "/api/v1/openapi.json"))
    parameters = {
        p["name"]: p
        for p in described["paths"]["/api/v1/statements/"]["get"]["parameters"]
    }
    assert parameters["year"]["schema"]["items"]["enum"] == [
        *("2024", "2025", "2026", ""),
    ]
    assert "20" not in parameters["year"]["description"]
    assert "2027.G1" in parameters["goal"]["schema"]["items"]["enum"]
    found = json.loads(text_of(client, "/api/v1/statements/?goal=2027.G1"))["results"]
    assert {row["document"] for row in found} == {"goals-2027"}
    address = found[0]["url_en"]
    assert address.endswith("/en/statements/2027.G1.O1/")
    (goal,) = json.loads(text_of(client, "/api/v1/statements/?kind=goal&q=2027.G1"))[
        "results"
    ]
    assert goal["url_en"].endswith("/en/goals/2027.G1/")
    tasks = text_of(client, "/en/statements.csv?year=2026")
    assert tasks.count("2026.T") and "2025.T" not in tasks
    assert "2026.T1.1.1" in text_of(client, "/en/statements.atom?year=2026")


def test_the_catalog_describes_every_document_with_what_is_known(client, later):
    catalog = json.loads(text_of(client, "/data/catalog.jsonld"))
    (dataset,) = catalog["dcat:dataset"]
    assert not COUNTED.search(json.dumps(dataset["dct:description"]))
    by_address = {d["@id"].rpartition("sources/")[2]: d for d in dataset["dct:source"]}
    assert len(by_address) == 4
    report = by_address["report-2026/"]
    assert report["dct:issued"]["@value"] == "2026-01-20"
    assert report["dct:replaces"]["@id"].endswith("/sources/report-2025/")
    assert report["foaf:page"]["@id"] == "https://example.org/report-2026"
    assert "dct:issued" not in by_address["goals/"]
