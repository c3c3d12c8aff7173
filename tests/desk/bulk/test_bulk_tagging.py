"""One tag for many statements, by an action of the admin's list."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from desk.models import Proposal
from tests.support.bulk import choose, confirm, preview
from tests.support.crawling import Page
from tests.support.factories import TERMS
from tests.support.rows import everything, statement
from tests.support.staff import approve_all, member, published, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
TAGS = "/admin/bulk/tags/"


def slugs(code: str, name: str) -> set[str]:
    return {term.slug for term in getattr(statement(code), name).all()}


def tag(client: Client, what: str, term: str, *codes: str):
    choose(client, *codes)
    return client.post(TAGS, {"what": what, "term": term})


@pytest.mark.parametrize(
    "term",
    [
        "regions africa",
        "countries czechia",
        "themes passport-mobility",
        "organisations mofa",
    ],
)
def test_a_tag_is_added_and_removed(editor, term):
    name, slug = term.split()
    if name == "organisations":
        slug = TERMS[name].objects.first().slug
    codes = ("G1.C1", "2025.T1.1.1")
    before = {code: slugs(code, name) for code in codes}
    tag(editor, "add", f"{name} {slug}", *codes)
    confirm(editor)
    assert {code: slugs(code, name) for code in codes} == before
    approve_all()
    for code in codes:
        assert slugs(code, name) == before[code] | {slug}
    tag(editor, "remove", f"{name} {slug}", *codes)
    confirm(editor)
    approve_all()
    assert all(slug not in slugs(code, name) for code in codes)


def test_only_statements_that_change_are_shown_and_proposed(editor):
    published_tags = slugs("G1.C1", "regions")
    has = next(iter(published_tags))
    choose(editor, "G1.C1", "2025.T5.2.1")
    editor.post(TAGS, {"what": "add", "term": f"regions {has}"})
    shown = [e.statement.code for e in preview(editor).context["effects"]]
    assert shown == ["2025.T5.2.1"]
    before = everything()
    confirm(editor)
    assert everything() == before
    proposal = Proposal.objects.get()
    assert proposal.statement.code == "2025.T5.2.1"
    assert proposal.changes.keys() == {"regions"}


def test_the_last_region_gone_is_the_parents_again(editor):
    tag(editor, "add", "regions africa", "G1.C1.1")
    confirm(editor)
    approve_all()
    for slug in slugs("G1.C1.1", "regions"):
        tag(editor, "remove", f"regions {slug}", "G1.C1.1")
        if preview(editor).status_code == 200:
            confirm(editor)
            approve_all()
    assert slugs("G1.C1.1", "regions") == slugs("G1.C1", "regions")


def test_who_tags_takes_no_other_tag_back(editor):
    tag(editor, "add", "regions africa", "G1.C1.1")
    published("G1.C1.1", text_en="Changed meanwhile")
    confirm(editor)
    approve_all()
    assert "africa" in slugs("G1.C1.1", "regions")
    assert statement("G1.C1.1").text_en == "Changed meanwhile"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"what": "add", "term": ""}, "required"),
        ({"what": "add", "term": "regions atlantis"}, "valid choice"),
        (
            {"what": "remove", "term": "regions africa"},
            "None of the selected statements would change.",
        ),
    ],
)
def test_what_cannot_be_done_is_told(editor, values, message):
    choose(editor, "G1.C1")
    answer = editor.post(TAGS, values)
    assert message in answer.content.decode()
    assert not Proposal.objects.exists()


def test_without_a_choice_the_page_leads_to_the_list(editor):
    assert "/admin/statements/statement/" in editor.get(TAGS).content.decode()


def test_translators_are_not_offered_tags():
    translator = signed_in(member("translator"))
    page = translator.get("/admin/statements/statement/").content.decode()
    assert "download_as_excel" in page
    assert "add_or_remove_tag" not in page
    assert choose(translator, "G1.C1").status_code == 302
    assert translator.get(TAGS).status_code == 403
    assert TAGS not in translator.get("/admin/bulk/").content.decode()


def test_auditors_are_offered_no_action():
    page = signed_in(member("auditor")).get("/admin/statements/statement/")
    assert "download_as_excel" not in page.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_speak_the_readers_language(editor, language):
    editor.cookies["django_language"] = language
    tag(editor, "add", "regions africa", "G1.C1")
    for page in (editor.get(TAGS), preview(editor)):
        assert not Page(page.content.decode()).in_wrong_language(language)


def test_the_action_tells_where_to_go_on(editor):
    answer = choose(editor, "G1.C1")
    assert answer.url == TAGS
    assert list(get_messages(answer.wsgi_request)) == []
