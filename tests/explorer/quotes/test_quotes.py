"""Quotes checked against the documents: by the gold set, on the page, for programs."""

import json

import jsonschema_rs
import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from bench.quotes import false_verbatim, share_right, verdicts_of
from explorer.quotes.check import LONGEST_QUOTE, check_quote
from explorer.quotes.index import quote_index
from statements.gate import Note, gate
from statements.models import DataVersion, PublicationState, Statement
from tests.support.crawling import Page

pytestmark = pytest.mark.django_db
PAGE, API = "/en/quotes/", "/api/v1/quotes/"
TRUE = "한미 동맹 현대화 및 우리 안보 역량 강화"


def test_the_gold_set_is_told_right_and_nothing_is_verbatim_that_is_not():
    assert share_right("verbatim") >= 0.98
    assert share_right("altered") >= 0.95
    assert share_right("absent") == 1
    assert false_verbatim() == []


@pytest.mark.parametrize(
    "text",
    [
        "한미 동맹 현대화 및 not 우리 안보 역량 강화",
        "한미 동맹 현대화 및 우리 안보 역량 강화하지 않음",
        "한미 동맹 현대화 및 우리 안보 역량 강화\n하지 않음",
        "안정적 주둔 여건 보장 및 국민 권익 보호 한미 동맹을 토대로 국익의 견지에서",
        "한미 동맹 현대화 및 … 우리 안보 역량 강화",
        "<b>한미 동맹 현대화 및 우리 안보 역량 강화</b>",
        "한미 동맹 현대화 및 우리 안보 역량 강화?",
        "미 동맹 현대화 및 우리 안보 역량 강화",
        "한미 동맹 현대화 및 우리 안보 역량 강화. 안 한다.",
        "한미 동맹 현대화 및 우리 안보 역량 강화\n\n이것은 사실이 아니다.",
        "False:\n\n한미 동맹 현대화 및 우리 안보 역량 강화",
        "한미 동맹 현대화 및 우리 안보 역량 강화. 완료.",
        "주한미군의 안정적 주둔 여건 보장 및\n우리 안보 역량 강화를 추구",
        "주한미군의 안정적 주둔 여건 보장 및\n서해 등 우리 해양권익 수호 노력 배가",
        "Enhance the strategic value and effectiveness of the ROK-U.S. national "
        "interest and pragmatism, broadening and deepening cooperation",
        "7명), 뉴칼레도니아(6명), 아이티(13명), 이스라엘(163명)",
        "Modernize the ROK-U.S. Alliance and build up Koreas security capabilities",
        "Modernize the ROKU.S. Alliance and build up Korea's security capabilities",
    ],
)
def test_what_was_changed_anywhere_is_not_verbatim(text):
    verdicts, codes = verdicts_of(text)
    assert verdicts == {"altered"}
    assert codes & {"G1.C1.1", "G1.C1.2", "G1.E2", "2024.A7.1"}


def test_a_false_sentence_beside_a_true_one_is_told_apart():
    assert verdicts_of(f"{TRUE}. 코스피가 사흘 연속 상승 마감했다.")[0] == {
        "verbatim",
        "absent",
    }


def test_an_earlier_wording_and_a_withdrawn_statement_say_so(client):
    changed = Statement.objects.get(code="G1.C1.1")
    gone = Statement.objects.get(code="G1.C1.2")
    with gate(None, Note(ko="고침", en="Corrected")):
        changed.text_en = "Bring the alliance up to date in every respect"
        changed.save()
        gone.state = PublicationState.WITHDRAWN
        gone.save()
    answer = client.post(
        API,
        {"text": "build up Korea's security capabilities\n\n" + gone.text_ko},
    )
    earlier, withdrawn = (s["passages"][0] for s in answer.json()["sentences"])
    assert (earlier["code"], earlier["standing"]) == ("G1.C1.1", "earlier")
    assert (withdrawn["code"], withdrawn["standing"]) == ("G1.C1.2", "withdrawn")
    assert earlier["until"] == withdrawn["until"] == answer.json()["as_of"]
    page = client.post(PAGE, {"text": gone.text_ko}).content.decode()
    assert "has not been published since" in page


def test_the_page_says_each_verdict_and_keeps_no_cookie(client):
    text = (
        f"{TRUE}\n\n한미 동맹 근대화 및 우리 안보 역량 강화\n\n협력 강화\n\n비가 내린다"
    )
    answer = client.post(PAGE, {"text": text})
    page = answer.content.decode()
    for word in ("Word for word in", "Not word for word", "Too short", "Not in these"):
        assert word in page
    assert "<del>" in page
    assert "<ins>" in page
    assert set(answer.cookies) <= {settings.LANGUAGE_COOKIE_NAME}
    assert answer["Cache-Control"] == "no-store"
    assert not Page(page).in_wrong_language("en")


@pytest.mark.parametrize("text", ["", "  \n", "… ?! —", "가" * (LONGEST_QUOTE + 1)])
def test_what_cannot_be_checked_is_said_and_kept(client, text):
    answer = client.post(PAGE, {"text": text})
    assert answer.status_code == 400
    assert answer.context["form"].errors["text"]
    assert text.strip() in answer.content.decode()


@pytest.mark.parametrize("text", ["", "가" * (LONGEST_QUOTE + 1)])
def test_a_program_without_a_text_or_with_too_much_is_told_so(client, text):
    problem = client.post(API, {"text": text})
    assert problem.status_code == 400
    assert problem.json()["errors"][0]["parameter"] == "text"


@pytest.mark.parametrize("text", ["  \n", "… ?! —", "\0", "\u200b", "\ufffe"])
def test_a_program_that_sends_no_letters_gets_no_sentences(client, text):
    assert client.post(API, {"text": text}).json()["sentences"] == []


@pytest.mark.parametrize("address", [PAGE, API])
def test_signs_that_nobody_sees_are_no_part_of_a_quote(client, address):
    hidden = f"\0{TRUE[:5]}\u200b{TRUE[5:]}\x1b"
    answer = client.post(address, {"text": hidden})
    assert answer.status_code == 200
    assert "verbatim" in answer.content.decode()


def test_markup_is_shown_as_it_was_typed(client):
    page = client.post(PAGE, {"text": f"<script>{TRUE}</script>"}).content.decode()
    assert "<script>한미" not in page
    assert "&lt;script&gt;한미" in page


def test_programs_send_json_or_a_form_and_get_what_openapi_says(client):
    as_json = client.post(
        API, json.dumps({"text": TRUE}), content_type="application/json"
    )
    assert as_json.json() == client.post(API, {"text": TRUE}).json()
    assert as_json.json()["sentences"][0]["codes"] == ["G1.C1.1"]
    assert as_json["Access-Control-Allow-Origin"] == "*"
    described = client.get(reverse("api:openapi")).json()
    assert "post" in described["paths"][API]
    schema = {
        "$ref": "#/components/schemas/QuoteCheck",
        "components": described["components"],
    }
    changed = client.post(API, {"text": TRUE.replace("현대화", "근대화")}).json()
    for answer in (as_json.json(), changed):
        jsonschema_rs.validator_for(schema).validate(answer)


@pytest.mark.parametrize("body", ["", "{", "[]", '{"text": 1}', "[" * 3000])
def test_a_body_without_a_text_is_refused(client, body):
    assert client.post(API, body, content_type="application/json").status_code == 400


def test_other_methods_are_told_which_ones_there_are(client):
    refused = client.get(API)
    assert refused.status_code == 405
    assert refused["Allow"] == "POST, OPTIONS"
    assert client.options(API)["Access-Control-Allow-Methods"] == "POST, OPTIONS"


def test_a_page_of_another_site_may_send_json(client):
    answer = client.options(
        API,
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "확인할 글을"), ("en", "Enter the text")]
)
def test_a_body_of_another_kind_is_answered_in_the_language(client, language, words):
    kind = {"content_type": "text/plain"}
    page = client.post(f"/{language}/quotes/", TRUE, **kind)
    assert page.status_code == 400
    assert words in page.content.decode()
    accepted = {"Accept-Language": language}
    problem = client.post(API, TRUE, headers=accepted, **kind)
    assert problem.status_code == 400
    assert words in problem.json()["errors"][0]["detail"]


@pytest.mark.parametrize("address", [PAGE, API])
def test_a_text_far_too_long_is_told_so(client, address):
    accepted = {"Accept-Language": "en"}
    answer = client.post(address, {"text": "가" * 40_000}, headers=accepted)
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_half_a_sign_in_json_is_no_failure(client):
    answer = client.post(
        API, r'{"text": "' + TRUE + r' \ud800"}', content_type="application/json"
    )
    assert answer.status_code in (200, 400)


def test_a_line_is_shown_as_it_was_pasted():
    text = "Modernize the U.S. Alliance"
    index = quote_index(DataVersion.current())
    assert [found.text for found in check_quote(text, index)] == [text]


@override_settings(RATE_LIMITS={"search": 1}, SEARCHES_AT_ONCE=4)
@pytest.mark.parametrize("address", [PAGE, API])
def test_checks_count_as_searches(address, client):
    client.defaults["REMOTE_ADDR"] = f"192.0.2.{len(address)}"
    answers = [
        client.post(address, {"text": TRUE}, headers={"If-None-Match": "*"})
        for _ in range(3)
    ]
    assert 429 in {answer.status_code for answer in answers}
