"""A tag counts alike everywhere: home, dossier, facet, search, files and API."""

import csv
import io
import json

import pytest
from django.test import Client

from statements.models import COUNTED_KINDS, Country, Region, Statement, Theme

pytestmark = pytest.mark.django_db
TAGS = {"region": Region, "country": Country, "theme": Theme}


def codes_of_csv(client: Client, query: str) -> set[str]:
    file = client.get(f"/en/statements.csv?{query}").getvalue().decode("utf-8-sig")
    return {row["code"] for row in csv.DictReader(io.StringIO(file))}


def count_of_json(client: Client, query: str) -> int:
    file = client.get(f"/en/statements.json?{query}")
    return json.loads(file.getvalue())["count"]


def counts_of_facet(client: Client, name: str) -> dict[str, int]:
    facets = client.get("/en/statements/").context["facets"]
    [facet] = [facet for facet in facets if facet.name == name]
    return {choice.value: choice.count for choice in facet.choices}


def counts_of_list(client: Client, name: str) -> dict[str, int]:
    context = client.get("/en/topics/").context
    listed = context["themes"] if name == "theme" else context["regions"]
    if name == "country":
        listed = [country for region in listed for country in region["countries"]]
    return {item["term"].slug: item["counts"].total for item in listed}


def counts_of_home(client: Client) -> dict[str, dict[str, int]]:
    context = client.get("/en/").context
    return {
        "region": {region.slug: count for region, count in context["regions"]},
        "country": {country.slug: count for country, count in context["countries"]},
        "theme": {row.theme.slug: row.count for row in context["gaps"].rows},
    }


@pytest.mark.parametrize("name", TAGS)
def test_every_tag_counts_alike_everywhere(client, name):
    facet, listed = counts_of_facet(client, name), counts_of_list(client, name)
    home = counts_of_home(client)[name]
    assert home
    tags = list(TAGS[name].objects.all())
    assert {tag.slug for tag in tags} == set(facet) == set(listed)
    for tag in tags:
        query = f"{name}={tag.slug}"
        expected = len(codes_of_csv(client, query))
        told = {
            "facet": facet[tag.slug],
            "list of tags": listed[tag.slug],
            "home": home.get(tag.slug, expected),
            "search": client.get(f"/en/statements/?{query}").context["count"],
            "matrix": client.get(f"/en/statements/?{query}&view=matrix").context[
                "count"
            ],
            "dossier": client.get(tag.get_absolute_url()).context["count"],
            "JSON": count_of_json(client, query),
            "API": client.get(f"/api/v1/statements/?{query}").json()["count"],
        }
        assert set(told.values()) == {expected}, (tag.slug, told)


def test_a_detail_counts_where_it_has_the_tag_and_its_parent_has_not(client):
    detail = Statement.objects.get(code="G2.C1.1")
    assert detail.regions.filter(slug="south-asia").exists()
    assert not detail.parent.regions.filter(slug="south-asia").exists()
    assert "G2.C1.1" in codes_of_csv(client, "region=south-asia")
    page = client.get("/en/statements/?region=south-asia").content.decode()
    assert 'href="/en/statements/G2.C1.1/"' in page
    assert detail.parent.title_en.partition("'")[0] in page.partition("row-path")[2]
    dossier = client.get("/en/regions/south-asia/").content.decode()
    assert 'href="/en/statements/G2.C1.1/"' in dossier


def test_what_is_counted_is_all_but_titles(client):
    published = Statement.objects.published()
    counted = published.of_kinds(*COUNTED_KINDS).count()
    assert client.get("/en/statements/").context["count"] == counted == 145
    documents = client.get("/en/").context["documents"]
    assert sum(count for _document, count in documents) == counted
    assert published.count() - counted == 37
