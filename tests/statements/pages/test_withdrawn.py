"""Withdrawn statements: 410 at every address of theirs, and a history that says so."""

import pytest
from django.utils import timezone

from statements.gate import gate
from statements.models import Kind, PublicationState, Statement
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
#: Words of the change note that a withdrawal is made with, and what says it, in each.
REASONS = {"ko": factories.NOTE.ko, "en": factories.NOTE.en}
SAYS = {"ko": "게시를 중단", "en": "no longer published"}
HISTORY_SAYS = {
    "ko": "게시를 중단한 항목입니다. 항목 페이지에 마지막 본문이 남아 있습니다.",
    "en": "This statement is no longer published",
}
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
KINDS = pytest.mark.parametrize("kind", list(Kind))


def first_of(kind: Kind) -> Statement:
    return Statement.objects.published().of_kinds(kind).in_outline_order()[0]


def put(statement: Statement, state: PublicationState) -> None:
    with gate(None, factories.NOTE):
        statement.state = state
        statement.save()


def addresses(statement: Statement, language: str) -> list[str]:
    """Every address that names the statement, but for its history and its past."""
    page = f"/{language}/statements/{statement.code}/"
    found = [
        *(page, f"{page}cite.bib", f"{page}cite.json"),
        f"/{language}/statements/embed/?q={statement.code}",
        f"/api/v1/statements/{statement.code}/",
    ]
    if statement.kind == Kind.GOAL:
        goal = f"/{language}/goals/{statement.number}/"
        found += [goal, f"{goal}compare/"]
    return found


@KINDS
def test_a_withdrawn_statement_is_gone_at_every_address_of_both_languages(client, kind):
    statement = first_of(kind)
    places = {language: addresses(statement, language) for language in SAYS}
    for address in (*places["ko"], *places["en"]):
        assert client.get(address, follow=True).status_code == 200, address
    put(statement, PublicationState.WITHDRAWN)
    for language, says in SAYS.items():
        for address in places[language]:
            answer = client.get(address, headers={"Accept-Language": language})
            assert answer.status_code == 410, address
            assert says in answer.content.decode(), address
            assert statement.code in answer.content.decode(), address


@LANGUAGES
def test_citations_say_when_and_why_in_their_own_form(client, language):
    statement = first_of(Kind.TASK)
    put(statement, PublicationState.WITHDRAWN)
    page = f"/{language}/statements/{statement.code}/"
    text, problem = (client.get(f"{page}cite.{form}") for form in ("bib", "json"))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    title, why, address = text.content.decode().splitlines()
    assert statement.code in title
    assert REASONS[language] in why
    assert str(timezone.localdate().year) in why
    assert address == f"http://testserver{page}"
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json() == {
        "title": title,
        "status": 410,
        "detail": why,
        "instance": f"{page}cite.json",
        "page": address,
    }


@LANGUAGES
def test_the_widget_shows_nothing_else_in_place_of_a_withdrawn_statement(
    client, language
):
    statement = first_of(Kind.ACHIEVEMENT)
    put(statement, PublicationState.WITHDRAWN)
    typed = f" {statement.code.lower()} "
    answer = client.get(f"/{language}/statements/embed/", {"q": typed})
    assert answer.status_code == 410
    assert list(answer.context["statements"]) == []
    assert f'href="/{language}/statements/{statement.code}/"' in answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]


@LANGUAGES
@pytest.mark.parametrize("kind", [Kind.GOAL, Kind.POINT])
def test_its_history_stays_and_says_so(client, kind, language):
    statement = first_of(kind)
    address = f"/{language}/statements/{statement.code}/history/"
    assert HISTORY_SAYS[language] not in client.get(address).content.decode()
    put(statement, PublicationState.WITHDRAWN)
    answer = client.get(address)
    assert answer.status_code == 200
    assert HISTORY_SAYS[language] in answer.content.decode()


def test_what_is_published_again_is_there_again(client):
    statement = first_of(Kind.GOAL)
    for state in (PublicationState.WITHDRAWN, PublicationState.PUBLISHED):
        put(statement, state)
    for address in addresses(statement, "ko"):
        assert client.get(address, follow=True).status_code == 200, address


@LANGUAGES
def test_a_draft_is_not_there_at_any_address(client, language):
    statement = factories.statement(Kind.TASK, state=PublicationState.DRAFT)
    page, *others = addresses(statement, language)
    widget = f"/{language}/statements/embed/?q={statement.code}"
    for address in (page, f"{page}history/", *others):
        expected = 200 if address == widget else 404
        answer = client.get(address)
        assert answer.status_code == expected, address
        assert statement.text_ko not in answer.content.decode()


@LANGUAGES
def test_a_goal_that_never_was_is_not_there(client, language):
    for address in (f"/{language}/goals/99/", f"/{language}/goals/99/compare/"):
        assert client.get(address).status_code == 404
