"""The source documents as they came: the very file, with its size and its hash."""

import hashlib

import pytest

from statements.models import Document
from tests.support import factories
from tests.support.crawling import Page
from tests.support.documents.drafts import draft_document
from tests.support.rows import save
from tests.support.serving import PROJECT

pytestmark = pytest.mark.django_db
SLUGS = ("goals", "report-2025")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_file_comes_as_it_is_and_is_never_shown(client, slug):
    document = Document.objects.get(slug=slug)
    answer = client.get(f"/ko/sources/{slug}/original")
    body = b"".join(answer.streaming_content)
    assert body == (PROJECT / "fixtures" / "sources" / document.file).read_bytes()
    assert hashlib.sha256(body).hexdigest() == document.sha256
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_of_documents_have_the_link_the_size_and_the_hash(client, language):
    for slug in SLUGS:
        document = Document.objects.get(slug=slug)
        path = PROJECT / "fixtures" / "sources" / document.file
        for page in ("sources/", f"sources/{slug}/"):
            markup = client.get(f"/{language}/{page}").content.decode()
            assert f"/{language}/sources/{slug}/original" in Page(markup).links
            assert document.sha256 in markup
            assert f"{path.stat().st_size:,}" in markup


@pytest.mark.parametrize("name", ["../../portal/settings.py", "/etc/passwd"])
def test_no_path_is_made_of_what_a_document_says(client, name):
    with factories.an_open_gate():
        save(Document.objects.get(slug="goals"), file=name, sha256="0" * 64)
    assert client.get("/en/sources/goals/original").status_code == 404
    markup = client.get("/en/sources/goals/").content.decode()
    assert "No original file to download" in markup
    assert "/en/sources/goals/original" not in Page(markup).links


def test_a_document_of_drafts_has_no_file_to_give_out(client):
    draft = draft_document(1, factories.staff_member())
    assert client.get(f"/en/sources/{draft.slug}/original").status_code == 404
