"""The translation desk: what is to do, where it is done, and who finds it right."""

import re

import pytest
from django.urls import reverse

from desk.models import Proposal
from statements.models import (
    GlossaryTerm,
    Kind,
    PublicationState,
    Statement,
)
from tests.support import factories
from tests.support.counting_queries import queries
from tests.support.crawling import Page
from tests.support.desk.admin_forms import WHY, change_page, edit
from tests.support.desk.translating import (
    DRAFT,
    MISSING,
    OUTDATED,
    QUEUE,
    hidden,
    listed,
    send,
    work_page,
)
from tests.support.mutations import ENGLISH_PATHS, write_english_by
from tests.support.rows import save, statement
from tests.support.staff import (
    approve_all,
    approved,
    member,
    propose,
    published,
    signed_in,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def review(code: str) -> None:
    with factories.an_open_gate():
        one = statement(code)
        one.review_english()
        one.save()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_queue_is_in_the_readers_language(language):
    client = signed_in(member("translator"), language)
    published("G1.C1.1", text_ko="바뀐 국문")
    for url in (QUEUE, work_page("G1.C1.1"), work_page("G1.C1")):
        page = Page(client.get(url).content.decode())
        assert len(page.headings) == 1
        assert page.in_wrong_language(language) == []
    heading = {"ko": "번역", "en": "Translations"}[language]
    assert heading in client.get(QUEUE).content.decode()


def test_the_queue_holds_what_is_missing_outdated_or_not_reviewed_in_order(translator):
    published("G1.C1.1", text_ko="바뀐 국문")
    published("G1.O1", text_en="")
    review("G1")
    published("G2.O1", state=PublicationState.WITHDRAWN)
    codes = listed(translator)
    assert codes[:2] == ["G1.O1", "G1.C1"]
    assert "G2.O1" not in codes
    assert listed(translator, translation="missing") == ["G1.O1"]
    assert listed(translator, translation="outdated") == ["G1.C1.1"]
    counts = {tab.value: tab.count for tab in translator.get(QUEUE).context["tabs"]}
    assert counts == {"": 180, "missing": 1, "outdated": 1, "draft": 178}


def test_drafts_are_translated_before_anybody_reads_them(translator):
    draft = factories.statement(
        Kind.TASK,
        statement("2025.T1.1"),
        state=PublicationState.DRAFT,
        text_ko="아직 없는 번역",
        text_en="",
    )
    assert listed(translator, q="아직 없는") == [draft.code]
    send(translator, draft.code, "propose", text_en="A text to come")
    draft.refresh_from_db()
    assert (draft.text_en, draft.translation_state) == ("A text to come", DRAFT)


def test_the_queue_is_narrowed_by_document_kind_and_words(translator):
    assert set(listed(translator, document="report-2025", kind="part")) == {
        "2024.A",
        "2025.T",
    }
    assert listed(translator, q="Dukovany") == listed(translator, q="두코바니")
    assert listed(translator, q="g1.c1.1")[0] == "G1.C1.1"
    answer = translator.get(QUEUE, {"kind": "poem"})
    assert "poem" in answer.content.decode()
    assert listed(translator, kind="poem") == []
    assert listed(translator, q="\0") == []


def test_progress_is_told_in_numbers_document_by_document(translator):
    review("G1")
    published("G1.O1", text_en="")
    total = Statement.objects.filter(document__slug="goals").count()
    markup = translator.get(QUEUE).content.decode()
    row = re.search("<tbody>(.*?)</tr>", markup, re.S)[1]
    cells = [re.sub("<.*?>", "", cell).strip() for cell in row.split("</td>")]
    title_and_missing, outdated, draft, reviewed, share = cells[:5]
    assert title_and_missing.split()[-1] == "1"
    assert (outdated, draft, reviewed) == ("0", str(total - 2), "1")
    assert share.startswith(f"1 of {total} (")


def test_a_longer_queue_asks_the_database_no_more_often(translator):
    def asked() -> int:
        return queries(translator, QUEUE)

    before = asked()
    factories.report_heading_with(10)
    assert asked() == before


def test_the_work_page_shows_what_the_korean_has_become(translator):
    old = statement("G1.C1.1").text_ko
    published("G1.C1.1", text_ko=old.replace("강화", "심화"))
    markup = translator.get(work_page("G1.C1.1")).content.decode()
    assert "강화" in re.search("<del>(.*?)</del>", markup, re.S)[1]
    assert "심화" in re.search("<ins>(.*?)</ins>", markup, re.S)[1]


def test_the_difference_begins_at_the_korean_that_was_translated(translator):
    published("G1.C1.1", text_ko="첫째 문장")
    send(translator, "G1.C1.1", "propose", is_of_present_korean="on")
    approve_all()
    published("G1.C1.1", text_ko="둘째 문장")
    [change] = translator.get(work_page("G1.C1.1")).context["korean_changes"]
    assert [run.text for run in change.runs] == ["첫째", "둘째", "문장"]


def test_terms_and_facts_are_checked_on_what_is_saved_and_on_what_is_typed(translator):
    code = "2024.A3.4"
    assert not warnings(translator.get(work_page(code))) & {"Poland", "2019", "▴"}
    english = statement(code).text_en.replace(", such as Poland", " ▴폴란드")
    page = send(translator, code, "check", text_en=f"{english} in 2019")
    assert page.status_code == 200
    assert {"Poland", "2019", "▴"} <= warnings(page)
    assert f"{english} in 2019" in page.content.decode().replace("&quot;", '"')
    assert not Proposal.objects.exists()
    assert statement(code).text_en != english


def warnings(page) -> set[str]:
    return {one.about for checked in page.context["checks"] for one in checked.warnings}


def test_each_term_says_whether_it_is_used(translator):
    term = GlossaryTerm.objects.get(korean="재외국민")
    used, lacking = f"Protect {term.english}", "Protect citizens abroad"
    published("G1.C1.1", text_ko="재외국민을 보호", text_en=used)
    for english, is_used in ((used, True), (lacking, False)):
        page = send(translator, "G1.C1.1", "check", text_en=english)
        [checked] = page.context["checks"]
        assert [(one.term, one.is_used) for one in checked.terms] == [(term, is_used)]
        assert ("used differently or missing" in page.content.decode()) != is_used


def test_a_text_with_remarks_is_proposed_once_they_were_shown(translator):
    text = "Strengthen the alliance in 2019"
    page = send(translator, "G1.C1.1", "propose", text_en=text, shown="")
    assert "Read the check results below the text" in page.content.decode()
    assert text in page.content.decode()
    assert not Proposal.objects.exists()
    shown = hidden(page)["shown"]
    send(translator, "G1.C1.1", "propose", page, text_en=text, shown=shown)
    assert Proposal.objects.get().changes == {"text_en": text}


def test_a_translation_is_public_once_another_person_approves(translator):
    published("G1.C1.1", text_en="")
    korean = statement("G1.C1.1").text_ko
    answer = send(
        translator, "G1.C1.1", "propose", text_en="A new\r\n text", text_ko="바꿈"
    )
    assert "once another person approves it" in told(answer)
    assert statement("G1.C1.1").text_en == ""
    approve_all()
    now = statement("G1.C1.1")
    assert (now.text_en, now.text_ko) == ("A new text", korean)
    assert now.translation_state == DRAFT
    assert now.revisions.first().note_en == WHY["change_note_en"]


def test_without_a_note_nothing_is_proposed_and_nothing_lost(translator):
    page = send(
        translator, "G1.C1.1", "propose", text_en="Typed text", change_note_ko=" "
    )
    assert "Typed text" in page.content.decode()
    assert "change_note_ko" in page.context["form"].errors
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("said, state", [({}, OUTDATED), ({"on": "on"}, DRAFT)])
def test_outdated_english_is_current_only_on_the_word_of_its_author(
    translator, said, state
):
    published("G1.C1.1", text_ko="바뀐 국문")
    box = {"is_of_present_korean": "on"} if said else {}
    send(translator, "G1.C1.1", "propose", text_en="Changed Korean", **box)
    proposal = Proposal.objects.first()
    client = signed_in(member("publisher"))
    url = reverse("admin:desk_proposal_change", args=[proposal.pk])
    markup = client.get(url).content.decode()
    assert ("translation out of date" in markup) == bool(said)
    assert approved(proposal).translation_state == state


@pytest.mark.parametrize("before", [{"text_en": ""}, {}])
def test_korean_that_changes_under_the_translators_hands_leaves_it_outdated(
    translator, before
):
    if before:
        published("G1.C1.1", **before)
    opened = translator.get(work_page("G1.C1.1"))
    published("G1.C1.1", text_ko="바뀐 국문")
    page = send(translator, "G1.C1.1", "propose", opened, text_en="Of the old Korean")
    assert page.status_code == 302
    approve_all()
    now = statement("G1.C1.1")
    assert (now.text_en, now.translation_state) == ("Of the old Korean", OUTDATED)


@pytest.mark.parametrize("is_said", [False, True])
@pytest.mark.parametrize("path", ENGLISH_PATHS)
def test_no_way_of_writing_english_clears_what_is_outdated_unless_it_says_so(
    path, is_said
):
    published("G1.C1.1", text_ko="바뀐 국문")
    one = statement("G1.C1.1")
    write_english_by(path, one, "Changed Korean", is_said)
    one.refresh_from_db()
    assert one.text_en == "Changed Korean"
    assert one.translation_state == (DRAFT if is_said else OUTDATED)


@pytest.mark.parametrize("role", ["publisher", "administrator", "auditor"])
def test_readers_of_the_desk_read_and_send_nothing(role):
    client = signed_in(member(role))
    page = client.get(work_page("G1.C1.1"))
    assert 'name="do"' not in page.content.decode()
    assert client.post(work_page("G1.C1.1"), {"do": "review"}).status_code == 403
    assert client.post(QUEUE, {"chosen": ["G1"]}).status_code == 403


def test_next_and_previous_stay_in_the_queue_as_it_was_asked_for(translator):
    query = {"document": "report-2025", "kind": "part"}
    page = translator.get(work_page("2024.A"), query)
    assert page.context["around"].previous is None
    assert page.context["around"].next.code == "2025.T"
    assert f"{work_page('2025.T')}?document=report-2025&amp;kind=part" in (
        page.content.decode()
    )
    sent = {**hidden(page), **WHY, "do": "propose", "title_en": "A. First part"}
    url = f"{work_page('2024.A')}?document=report-2025&kind=part"
    sent["shown"] = hidden(translator.post(url, sent))["shown"]
    assert translator.post(url, sent).url.startswith(work_page("2025.T"))


def test_a_statement_that_others_are_changing_says_so(translator):
    propose("G1.C1.1", text_en="Somebody’s text")
    assert (
        "Proposals for this statement are waiting for review"
        in translator.get(work_page("G1.C1.1")).content.decode()
    )
    answer = send(translator, "G1.C1.1", "review")
    assert "has also submitted a proposal for G1.C1.1" in told(answer)


def test_there_is_no_page_for_what_does_not_exist_or_was_withdrawn(translator):
    published("G2.O1", state=PublicationState.WITHDRAWN)
    for code in ("G2.O1", "G99", "nothing", "G1\0"):
        assert translator.get(work_page(code)).status_code == 404


@pytest.mark.parametrize("is_said", [False, True])
def test_the_change_form_says_it_too(is_said):
    one = published("G1.C1.1", text_ko="바뀐 국문")
    box = {"is_of_present_korean": "on"} if is_said else {}
    edit(signed_in(member("editor")), change_page(one), text_en="Changed", **box)
    approve_all()
    state = statement("G1.C1.1").translation_state
    assert state == (DRAFT if is_said else OUTDATED)


def test_english_of_a_title_and_a_text_is_checked_apart(translator):
    page = translator.get(work_page("G1.C1"))
    assert [checked.field for checked in page.context["checks"]] == ["title", "text"]
    title = "T" * 301
    page = send(translator, "G1.C1", "propose", title_en=title)
    assert "title_en" in page.context["form"].errors
    assert title in page.content.decode()
    page = send(translator, "G1.C1", "check", title_en="")
    assert "There is no English translation yet." in page.content.decode()


def test_english_that_the_corpus_does_not_have_is_missing(translator):
    with factories.an_open_gate():
        save(statement("G1.C1"), title_en="")
    assert listed(translator, translation=MISSING.value) == ["G1.C1"]
