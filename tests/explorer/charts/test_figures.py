"""The figures: each with unit and source, as text."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.utils.translation import override

from statements.models import Figure, Kind
from tests.support import factories
from tests.support.crawling import Page
from tests.support.reading_outputs import content

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def csv_rows(client, query: str = "") -> list[dict]:
    text = content(client.get(f"/en/figures.csv{query}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def unsaved(values: list[int], **fields) -> list[Figure]:
    made = factories.statement(Kind.TASK)
    figures = [factories.figure_of(made) for _ in values]
    for figure, value in zip(figures, values, strict=True):
        figure.value = value
        for name, field in fields.items():
            setattr(figure, name, field)
    return figures


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_figure_is_told_with_its_source_and_leads_to_its_statement(
    client, language
):
    page = Page(client.get(f"/{language}/figures/").content.decode())
    for figure in Figure.objects.select_related("statement"):
        assert figure.quote in page.text
        with override(language):
            assert figure.statement.get_absolute_url() in page.links
    assert page.in_wrong_language(language) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_figure_is_a_bar_that_looks_like_progress(client, language):
    text = client.get(f"/{language}/figures/").content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    assert "<svg" not in main
    assert "<progress" not in main
    assert "<meter" not in main
    assert main.count('class="figure"') == Figure.objects.count() > 0


@pytest.mark.parametrize(
    "told",
    [
        "200 meetings or more",
        "up 31%",
        "30 million people",
        r"first in 4\.5 years",
        "3 years in a row",
        "over the next 5 years",
    ],
)
def test_values_have_unit_and_qualifier(client, told):
    assert re.search(told, client.get("/en/figures/").content.decode())


@pytest.mark.parametrize("query", ["", "?region=africa", "?theme=multilateral-un"])
def test_page_table_and_file_hold_the_same_figures(client, query):
    answer = client.get(f"/en/figures/{query}")
    figures = list(answer.context["figures"])
    rows = csv_rows(client, query)
    assert figures
    assert [(row["code"], row["label_en"], row["value"]) for row in rows] == [
        (figure.statement.code, figure.label_en, figure.digits) for figure in figures
    ]
    text = answer.content.decode()
    assert "<caption>" in text
    assert text.count('<th scope="row">') == len(figures)
    assert f"/en/figures.csv{query}" in Page(text).links


def test_the_file_runs_nothing_in_a_spreadsheet(client):
    (figure,) = unsaved([3], quote="=1+1")
    factories.let_source_say(figure.statement, figure.quote)
    with factories.an_open_gate():
        figure.save()
    body = content(client.get("/ko/figures.csv"))
    assert body.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in [row["quote"] for row in csv_rows(client)]


def test_a_wrong_filter_is_named_and_explained(client):
    text = client.get("/en/figures/?theme=atlantis").content.decode()
    assert "There is no theme “atlantis”" in text
    assert client.get("/en/figures.csv?theme=atlantis").status_code == 400


@pytest.mark.parametrize(
    ("value", "korean", "english"),
    [
        ("30000000.00", "3,000만 명", "30 million people"),
        ("250000000.00", "2억 5,000만 명", "250 million people"),
        ("1500000.00", "150만 명", "1,500,000 people"),
        ("12345.00", "12,345명", "12,345 people"),
        ("97.00", "97명", "97 people"),
    ],
)
def test_a_number_is_written_as_its_language_does(value, korean, english):
    figure = Figure(value=Decimal(value), unit_ko="명", unit_en="people")
    for language, told in (("ko", korean), ("en", english)):
        with override(language):
            assert figure.amount == told
