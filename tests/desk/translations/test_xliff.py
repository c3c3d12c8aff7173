"""Files for translators' tools: out, back in, and every way in which they come back."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from desk.models import Proposal
from desk.translations.xliff.document import NAMESPACE, write_xliff
from statements.models import Statement, TranslationState
from tests.support import factories
from tests.support.crawling import Page
from tests.support.desk.admin_forms import WHY
from tests.support.desk.translating import EXPORT, IMPORT, upload
from tests.support.rows import save, statement
from tests.support.staff import approve_all, member, published, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
QUEUE = reverse("staff:translations")


def exported(client: Client, **query) -> str:
    return client.get(EXPORT, query).content.decode()


def units(markup: str) -> dict[str, ElementTree.Element]:
    found = ElementTree.fromstring(markup.encode()).iter(f"{{{NAMESPACE}}}trans-unit")
    return {unit.get("id"): unit for unit in found}


def text(unit: ElementTree.Element, name: str) -> str | None:
    return unit.findtext(f"{{{NAMESPACE}}}{name}")


def confirm(client: Client, page, **values):
    packed = page.context["form"]["packed"].value()
    return client.post(IMPORT, {"packed": packed, **WHY, **values})


def changed(page) -> dict[str, str]:
    return {one.unit.id: one.new for one in page.context["preview"].changes}


def test_a_whole_document_goes_out_with_both_languages_and_what_is_to_do(translator):
    published("G1.O1", text_en="")
    published("G1.C1.1", text_ko="바뀐 국문 & <같은>")
    answer = translator.get(EXPORT, {"whole": "goals"})
    assert "goals.xlf" in answer["Content-Disposition"]
    found = units(answer.content.decode())
    assert {key.partition(":")[0] for key in found} == set(
        Statement.objects.filter(document__slug="goals").values_list("code", flat=True)
    )
    assert text(found["G1.O1:text"], "source") == statement("G1.O1").text_ko
    assert text(found["G1.O1:text"], "target") is None
    assert text(found["G1.C1.1:text"], "source") == "바뀐 국문 & <같은>"
    outdated = found["G1.C1.1:text"].find(f"{{{NAMESPACE}}}target")
    assert outdated.get("state") == "needs-translation"
    assert text(found["G1.C1:title"], "target") == statement("G1.C1").title_en


def test_what_the_queue_was_asked_for_goes_out(translator):
    published("G1.C1.1", text_ko="바뀐 국문")
    assert set(units(exported(translator, translation="outdated"))) == {"G1.C1.1:text"}
    assert set(units(exported(translator, kind="part"))) == {
        "2024.A:title",
        "2025.T:title",
    }
    assert translator.get(EXPORT, {"kind": "poem"}).url.startswith(QUEUE)
    for slug in ("nothing", "\0"):
        assert translator.get(EXPORT, {"whole": slug}).status_code == 404
    assert translator.post(EXPORT).status_code == 405


def test_what_goes_out_and_comes_back_changes_nothing(translator):
    published("G1.O1", text_en="")
    published("G1.C1.1", text_ko="바뀐 국문")
    for slug in ("goals", "report-2025"):
        page = upload(translator, exported(translator, whole=slug))
        found = page.context["preview"]
        assert (found.changes, found.problems, found.notices) == ([], [], [])
        assert found.unchanged > 50
        assert 'name="packed"' not in page.content.decode()


def test_what_was_edited_comes_back_as_exactly_these_proposals(translator):
    markup = exported(translator, whole="goals")
    for code in ("G1.O1", "G1.C1.1"):
        markup = markup.replace(statement(code).text_en, f"Rewritten {code} &amp; more")
    title = statement("G1.C1").title_en
    markup = markup.replace(f">{title}<", ">A title<")
    page = upload(translator, markup)
    assert changed(page) == {
        "G1.O1:text": "Rewritten G1.O1 & more",
        "G1.C1.1:text": "Rewritten G1.C1.1 & more",
        "G1.C1:title": "A title",
    }
    assert "<ins>" in page.content.decode()
    assert not Proposal.objects.exists()
    assert "3 proposals" in told(confirm(translator, page))
    proposed = {one.statement.code: one.changes for one in Proposal.objects.all()}
    assert proposed == {
        "G1.O1": {"text_en": "Rewritten G1.O1 & more"},
        "G1.C1.1": {"text_en": "Rewritten G1.C1.1 & more"},
        "G1.C1": {"title_en": "A title"},
    }
    assert {one.note_en for one in Proposal.objects.all()} == {WHY["change_note_en"]}
    approve_all()
    assert statement("G1.C1").title_en == "A title"


def test_both_texts_of_a_statement_are_one_proposal(translator):
    one = statement("G1.C1")
    markup = exported(translator, q="G1.C1", kind="key-content")
    markup = markup.replace(one.title_en, "New title").replace(one.text_en, "New text")
    confirm(translator, upload(translator, markup))
    wanted = {"title_en": "New title", "text_en": "New text"}
    assert Proposal.objects.get(statement=one).changes == wanted


def test_what_no_xml_can_hold_goes_out_as_a_space():
    """No text is saved with it any more, whatever an older database holds."""
    one = statement("G1.C1.1")
    one.text_ko, one.text_en = "가\x0b나\x01다 ▴라", 'A "b" ]]> \x02c'
    unit = units(write_xliff([one]).decode())["G1.C1.1:text"]
    assert text(unit, "source") == "가 나 다 ▴라"
    assert text(unit, "target") == 'A "b" ]]>  c'


def test_markup_in_a_text_comes_back_as_it_went_out(translator):
    with factories.an_open_gate():
        save(statement("G1.C1.1"), text_en='A "b" ]]> <c> & \ue000')
    assert changed(upload(translator, exported(translator, q="G1.C1.1"))) == {}


def test_the_segments_that_tools_mark_are_one_text(translator):
    old = statement("G1.C1.1").text_en
    marked = '<mrk mtype="seg" mid="1">Modernize</mrk> <g id="2">the\n  alliance</g>'
    markup = exported(translator, q="G1.C1.1").replace(old, marked)
    markup = markup.replace(
        "<target", "<alt-trans><target>no</target></alt-trans><target"
    )
    page = upload(translator, markup)
    assert changed(page)["G1.C1.1:text"] == "Modernize the alliance"


def test_a_file_of_older_korean_is_noticed_and_stays_outdated(translator):
    old = statement("G1.C1.1").text_en
    markup = exported(translator, q="G1.C1.1")
    published("G1.C1.1", text_ko="바뀐 국문")
    page = upload(translator, markup.replace(old, "Of the old Korean"))
    assert "The Korean has changed since the file was made" in page.content.decode()
    confirm(translator, page, is_said="on")
    approve_all()
    now = statement("G1.C1.1")
    assert (now.text_en, now.translation_state) == (
        "Of the old Korean",
        TranslationState.OUTDATED,
    )


def test_english_that_was_missing_is_of_the_korean_in_the_file(translator):
    published("G1.C1.1", text_en="")
    markup = exported(translator, q="G1.C1.1").replace(
        "</source>", "</source><target>Of the old Korean</target>"
    )
    published("G1.C1.1", text_ko="바뀐 국문")
    confirm(translator, upload(translator, markup))
    approve_all()
    assert statement("G1.C1.1").translation_state == TranslationState.OUTDATED


def test_what_the_translator_left_alone_takes_nothing_newer_back(translator):
    markup = exported(translator, whole="goals")
    published("G1.C1.1", text_en="Newer English")
    old = statement("G1.O1").text_en
    page = upload(translator, markup.replace(old, "Rewritten"))
    assert changed(page) == {"G1.O1:text": "Rewritten"}


def test_english_that_changed_on_both_sides_is_told(translator):
    old = statement("G1.C1.1").text_en
    markup = exported(translator, q="G1.C1.1")
    published("G1.C1.1", text_en="Newer English")
    page = upload(translator, markup.replace(old, "Rewritten"))
    assert "The English has changed since" in page.content.decode()
    assert "Newer" in re.search("<del>(.*?)</del>", page.content.decode(), re.S)[1]


def test_facts_terms_and_an_empty_target_are_told_before_anything_is_proposed(
    translator,
):
    markup = exported(translator, whole="report-2025")
    markup = markup.replace(", such as Poland", ", such as ▴폴란드")
    markup = markup.replace(statement("2025.T1.1.1").text_en, "")
    page = upload(translator, markup)
    [change] = page.context["preview"].changes
    assert {"Poland", "▴"} <= {one.about for one in change.warnings}
    [notice] = page.context["preview"].notices
    assert notice.unit.id == "2025.T1.1.1:text"
    assert f"Line {notice.unit.line}, unit 2025.T1.1.1:text" in page.content.decode()


def test_without_a_file_the_page_asks_for_one(translator):
    page = translator.post(IMPORT, {})
    assert page.status_code == 200
    assert "file" in page.context["form"].errors


def test_only_what_was_previewed_is_confirmed_by_the_one_who_saw_it(translator):
    old = statement("G1.C1.1").text_en
    page = upload(translator, exported(translator, q="G1.C1.1").replace(old, "New"))
    other = confirm(signed_in(member("translator")), page)
    assert "This preview has expired. Choose the file again." in told(other)
    tampered = page.context["form"]["packed"].value()[1:]
    again = translator.post(IMPORT, {"packed": tampered, **WHY})
    assert "This preview has expired. Choose the file again." in told(again)
    assert not Proposal.objects.exists()


def test_a_note_that_is_missing_is_asked_for_and_the_file_kept(translator):
    old = statement("G1.C1.1").text_en
    page = upload(translator, exported(translator, q="G1.C1.1").replace(old, "New"))
    again = confirm(translator, page, change_note_ko="")
    assert changed(again)["G1.C1.1:text"] == "New"
    assert "change_note_ko" in again.context["form"].errors
    assert not Proposal.objects.exists()
    confirm(translator, again)
    assert Proposal.objects.get().changes == {"text_en": "New"}


@pytest.mark.parametrize(
    ("language", "label", "wrong"),
    [("ko", "게시 예정 시각", "지난 시각"), ("en", "Publish at", "has passed")],
)
def test_a_file_is_proposed_for_its_time(language, label, wrong):
    """As sheets and forms are; a time that is past is told, and nothing lost."""
    client = signed_in(member("translator"), language)
    old = statement("G1.C1.1").text_en
    page = upload(client, exported(client, q="G1.C1.1").replace(old, "New"))
    assert label in page.content.decode()
    values = {"publish_at": "2020-01-01 10:00", "is_minor": "on"}
    again = confirm(client, page, **values)
    shown = again.content.decode()
    assert wrong in shown and 'value="2020-01-01 10:00"' in shown
    assert changed(again)["G1.C1.1:text"] == "New"
    assert not Proposal.objects.exists()
    confirm(client, again, **values | {"publish_at": "2099-01-01 10:00"})
    proposal = Proposal.objects.get()
    assert proposal.is_minor
    assert proposal.publish_at == datetime(2099, 1, 1, 1, tzinfo=UTC)
    approve_all()
    proposal.refresh_from_db()
    assert proposal.state == "scheduled"
    assert statement("G1.C1.1").text_en == old


def test_what_was_withdrawn_meanwhile_keeps_all_of_it_out(translator):
    markup = exported(translator, whole="goals")
    for code in ("G1.O1", "G1.C1.1"):
        markup = markup.replace(statement(code).text_en, f"Rewritten {code}")
    page = upload(translator, markup)
    published("G1.O1", state="withdrawn")
    again = confirm(translator, page)
    assert "no longer published" in again.content.decode()
    assert not Proposal.objects.open().exists()


def test_auditors_take_files_out_but_bring_none_in():
    client = signed_in(member("auditor"))
    assert client.get(EXPORT, {"whole": "goals"}).status_code == 200
    assert client.get(IMPORT).status_code == 403
    assert upload(client, "").status_code == 403


@pytest.mark.parametrize("language", ["ko", "en"])
def test_upload_and_preview_are_in_the_readers_language(language):
    client = signed_in(member("translator"), language)
    old = statement("G1.C1.1").text_en
    markup = exported(client, q="G1.C1.1").replace(old, "New ▴ text")
    for answer in (client.get(IMPORT), upload(client, markup)):
        page = Page(answer.content.decode())
        assert len(page.headings) == 1
        assert page.in_wrong_language(language) == []
        assert f'<html lang="{language}"' in answer.content.decode()
