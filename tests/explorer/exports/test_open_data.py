"""The whole corpus to take away: files, checksums, catalogue, history, gaps."""

import hashlib
import json
import re

import pytest

from statements.gate import Note, gate
from statements.models import Statement
from tests.support import factories
from tests.support.crawling import Page
from tests.support.reading_outputs import REQUIRED, content

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def test_checksums_and_sizes_are_those_of_the_bytes_served(client):
    page = client.get("/en/data/")
    files = page.context["files"]
    assert [file["name"] for file in files] == ["CSV", "XLSX", "JSON"]
    for file in files:
        data = content(client.get(file["address"]))
        assert len(data) == file["size"]
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
        assert file["sha256"] in page.content.decode()


def test_checksums_follow_a_change(client):
    before = client.get("/en/data/").context["files"]
    factories.statement("goal")
    after = client.get("/en/data/").context["files"]
    assert all(a["sha256"] != b["sha256"] for a, b in zip(before, after, strict=True))
    for file in after:
        data = content(client.get(file["address"]))
        assert hashlib.sha256(data).hexdigest() == file["sha256"]


def test_the_files_hold_every_statement_of_every_kind(client):
    data = json.loads(content(client.get("/data/statements.json")))
    assert data["count"] == len(data["results"]) == 182
    assert len({row["kind"] for row in data["results"]}) == 12
    assert client.get("/data/statements.zip").status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_explains_the_data_in_both_languages(client, language):
    answer = client.get(f"/{language}/data/")
    page = Page(answer.content.decode())
    for name in REQUIRED:
        assert name in page.text
    assert "원문에 없음" in page.text or "not in the source" in page.text
    assert len(page.headings) == 1
    assert not page.in_wrong_language(language)
    assert all(c["ko"] != c["en"] for c in answer.context["columns"])


def test_the_change_log_gives_notes_and_numbers_but_no_persons(client):
    person = factories.staff_member()
    statement = Statement.objects.get(code="G1.C1")
    statement.text_en = "Another text."
    with gate(person, Note(ko="오탈자를 고침", en="A slip corrected")):
        statement.save()
    english = client.get("/en/data/").content.decode()
    assert "A slip corrected" in english
    assert "오탈자를 고침" in client.get("/ko/data/").content.decode()
    assert person.username not in english


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_describes_a_dataset_for_search_engines(client, language):
    found = LINKED_DATA.search(client.get(f"/{language}/data/").content.decode())
    dataset = json.loads(found.group(1))
    assert dataset["@type"] == "Dataset"
    assert 50 <= len(dataset["description"]) <= 5000
    assert len(dataset["distribution"]) == 3
    assert dataset["inLanguage"] == ["ko", "en"]


def test_no_text_can_end_the_element_of_the_description(client, settings):
    settings.SITE_NAME = "</script><script>alert(1)</script>"
    with factories.an_open_gate():
        document = Statement.objects.first().document
        document.publisher_ko = "</script><script>alert(1)</script>"
        document.save()
    text = client.get("/ko/data/").content.decode()
    assert "<script>alert" not in text
    publishers = json.loads(LINKED_DATA.search(text).group(1))["creator"]
    assert "</script><script>alert(1)</script>" in {p["name"] for p in publishers}


def test_the_catalogue_is_dcat_with_checksums(client):
    answer = client.get("/data/catalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    catalog = json.loads(answer.content)
    assert catalog["@type"] == "dcat:Catalog"
    (dataset,) = catalog["dcat:dataset"]
    assert {title["@language"] for title in dataset["dct:title"]} == {"ko", "en"}
    for distribution in dataset["dcat:distribution"]:
        data = content(client.get(distribution["dcat:downloadURL"]["@id"]))
        assert distribution["dcat:byteSize"]["@value"] == str(len(data))
        checksum = distribution["spdx:checksum"]["spdx:checksumValue"]["@value"]
        assert checksum == hashlib.sha256(data).hexdigest()
    labels = [
        label["@value"]
        for source in dataset["dct:source"]
        for label in source["dct:rights"]["rdfs:label"]
    ]
    assert "문서에 적혀 있지 않음" in labels
