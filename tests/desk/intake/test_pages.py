"""The pages by which a document comes in: from a pasted text to its drafts."""

import re

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desk.documents.removal import delete_draft_document
from desk.intake.models import Intake
from statements.models import Document
from tests.support.desk.intake_texts import REPORT, begun
from tests.support.staff import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
START = "/admin/intake/"


@pytest.fixture
def client(db):
    return signed_in(member("administrator"))


def start(client, text: str = REPORT, **more):
    return client.post(START, {"pasted": text, **more})


def values_of(answer) -> dict[str, str]:
    """What the form of a page would send as it is."""
    form = answer.context["form"]
    values = {bound.name: bound.value() for bound in form if bound.name != "file"}
    return {name: value for name, value in values.items() if value not in (None, False)}


def send_text(client, intake: Intake, **values):
    at = reverse("staff:intake", args=[intake.pk])
    return client.post(at, values_of(client.get(at)) | values)


def send_facts(client, intake: Intake, **values):
    at = reverse("staff:intake_facts", args=[intake.pk])
    return client.post(at, values_of(client.get(at)) | values)


def shown(answer) -> str:
    return answer.content.decode()


def test_a_pasted_text_comes_to_drafts_in_three_steps(client):
    answer = start(client)
    intake = Intake.objects.get()
    assert answer.url == reverse("staff:intake", args=[intake.pk])
    page = shown(client.get(answer.url))
    assert "2031.T1.1 task" in page
    assert "left out: cover" in page
    answer = send_facts(client, intake, do="make")
    document = Document.objects.get(slug="report-2031")
    assert answer.url == reverse("staff:document", args=[document.slug])
    assert "9 drafts were created." in shown(client.get(answer.url))
    assert document.statements.count() == 9
    assert (document.title_ko, document.time_order) == (
        "2030년 성과, 2031년 주요 추진과제",
        1,
    )
    assert client.get(reverse("staff:intake", args=[intake.pk])).url == answer.url
    assert "Documents being added" not in shown(client.get(START))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp949"])
def test_a_file_is_read_in_its_encoding_and_kept_as_it_came(client, encoding):
    data = REPORT.encode(encoding)
    client.post(START, {"file": SimpleUploadedFile("보고.txt", data)})
    intake = Intake.objects.get()
    assert bytes(intake.original) == data
    assert "국제기구 이사국" in intake.working_text
    original = client.get(reverse("staff:intake_original", args=[intake.pk]))
    assert original.content == data
    assert "attachment" in original["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The document holds no text."),
        (b"\xff\xfe\xfa\x00\x01", "neither as UTF-8"),
        (b"a\0b", "not text"),
        ("가\u202e나".encode(), "cannot be shown"),
        (b"a" * 1_000_001, "larger than 1 MB"),
        (b"a" * 400_001, "at most 400000 characters"),
        (("ㅇ 가\n\n" * 5001).encode(), "more than 5000 paragraphs"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(client, content, told):
    answer = client.post(START, {"file": SimpleUploadedFile("x.txt", content)})
    assert told in shown(answer)
    assert not Intake.objects.exists()


def test_neither_or_both_of_text_and_file_are_refused(client):
    both = {"pasted": "가", "file": SimpleUploadedFile("x.txt", b"x")}
    for sent in ({}, both):
        assert "Either paste the text or choose a file" in shown(
            client.post(START, sent)
        )


def test_the_same_text_twice_changes_nothing_and_leads_to_the_first(client):
    start(client)
    intake = Intake.objects.get()
    link = reverse("staff:intake", args=[intake.pk])
    assert link in shown(start(client))
    again = SimpleUploadedFile("x.txt", REPORT.encode("utf-16"))
    assert link in shown(client.post(START, {"file": again}))
    send_facts(client, intake, do="make")
    document = Document.objects.get(slug="report-2031")
    link = reverse("staff:document", args=[document.slug])
    assert link in shown(start(client))
    assert Intake.objects.count() == 1


def test_the_source_of_a_document_of_the_corpus_is_known(client, settings):
    document = Document.objects.get(slug="goals")
    path = settings.BASE_DIR / "fixtures/sources" / document.file
    file = SimpleUploadedFile("goals.txt", path.read_bytes())
    link = reverse("staff:document", args=[document.slug])
    assert link in shown(client.post(START, {"file": file}))


def test_a_line_is_split_and_promoted_by_the_text_itself(client):
    start(client)
    intake = Intake.objects.get()
    text = intake.working_text.replace(
        "ㅇ 기후 회의(31.11월) 대응", "□ 기후\r\nㅇ 회의 대응"
    )
    send_text(client, intake, working_text=text)
    page = shown(client.get(reverse("staff:intake", args=[intake.pk])))
    assert "2031.T2.1 task" in page
    intake.refresh_from_db()
    assert (intake.version, "\r" in intake.working_text) == (2, False)
    answer = send_text(client, intake, do="facts")
    assert answer.url == reverse("staff:intake_facts", args=[intake.pk])


def test_the_working_text_goes_out_and_comes_back(client):
    start(client)
    intake = Intake.objects.get()
    out = client.get(reverse("staff:intake_text", args=[intake.pk])).content
    assert out.decode() == intake.working_text
    edited = out.decode().replace("기후 회의", "바다 회의").encode("cp949")
    send_text(client, intake, file=SimpleUploadedFile("working-text.txt", edited))
    intake.refresh_from_db()
    assert "바다 회의" in intake.working_text
    wrong = SimpleUploadedFile("working-text.txt", b"\xff")
    assert "neither as UTF-8" in shown(send_text(client, intake, file=wrong))


def test_of_two_at_once_the_second_is_told_and_sees_both_texts(client):
    start(client)
    intake = Intake.objects.get()
    at = reverse("staff:intake", args=[intake.pk])
    mine = values_of(client.get(at))
    other = member("editor")
    theirs = intake.working_text.replace("기후", "바다")
    send_text(signed_in(other), intake, working_text=theirs)
    mine["working_text"] = intake.working_text.replace("기후", "하늘")
    answer = client.post(at, mine)
    page = shown(answer)
    assert f"{other} saved this in the meantime" in page
    assert "하늘 회의" in page
    assert "바다 회의" in page
    assert "바다" in Intake.objects.get().working_text
    client.post(at, values_of(answer))
    assert "하늘" in Intake.objects.get().working_text


def test_facts_are_kept_as_they_were_typed_and_errors_stand_beside_them(client):
    start(client)
    intake = Intake.objects.get()
    wrong = {"slug": "goals", "published_on": "tomorrow", "title_en": ""}
    page = shown(send_facts(client, intake, **wrong, do="make"))
    assert 'value="tomorrow"' in page
    assert page.count("errorlist") == 3
    assert not Document.objects.filter(slug="report-2031").exists()
    at = reverse("staff:intake_facts", args=[intake.pk])
    assert 'value="tomorrow"' in shown(client.get(at))
    assert send_facts(client, intake, edition_en="Of 2031").url == at
    assert "Of 2031" in shown(client.get(at))


def test_facts_that_another_has_changed_meanwhile_are_shown(client):
    intake = begun(member("editor"))
    at = reverse("staff:intake_facts", args=[intake.pk])
    mine = values_of(client.get(at))
    send_facts(signed_in(member("editor")), intake, edition_en="Theirs")
    answer = client.post(at, mine | {"edition_en": "Mine", "do": "make"})
    page = shown(answer)
    assert "Theirs" in page
    assert 'value="Mine"' in page
    client.post(at, values_of(answer) | {"do": "make"})
    assert Document.objects.get(slug="report-2031").edition_en == "Mine"


def test_what_is_in_the_way_of_drafts_is_told_with_its_line(client):
    start(client)
    intake = Intake.objects.get()
    send_text(client, intake, working_text="Ⅰ. 추진과제\n□ 협력\nㅇ 회담")
    page = shown(send_facts(client, intake, do="make"))
    assert "Line 1: The year of this part is not known" in page
    assert not Document.objects.filter(slug__startswith="report-20").exclude(
        slug="report-2025"
    )


def test_a_cancelled_one_leaves_its_hash_in_the_log_alone(client):
    start(client)
    intake = Intake.objects.get()
    at = reverse("staff:intake_cancel", args=[intake.pk])
    assert "Ⅰ. 2030년 성과" in shown(client.get(at))
    client.post(at)
    assert not Intake.objects.exists()
    entry = LogEntry.objects.get(action_flag=DELETION)
    assert entry.object_repr == f"SHA-256 {intake.sha256}"
    assert entry.user.groups.filter(name__contains="Administrator").exists()
    assert client.get(at).status_code == 404
    assert re.search("이사국", str(list(LogEntry.objects.values()))) is None


def test_what_is_on_its_way_is_on_the_first_page_for_those_who_go_on_with_it():
    begun(member("editor"))
    editor, translator = member("editor"), member("translator")
    assert "Documents being added (1)" in shown(signed_in(editor).get("/admin/"))
    assert "being added" not in shown(signed_in(translator).get("/admin/"))


def test_a_page_costs_no_more_queries_for_many_lines(
    client, django_assert_max_num_queries
):
    start(client, REPORT + "\n".join(f"  ㅇ 회의 {n} 대응" for n in range(200)))
    at = reverse("staff:intake", args=[Intake.objects.get().pk])
    client.get(at)
    with django_assert_max_num_queries(25):
        client.get(at)


def test_drafts_are_read_at_the_desk_and_at_the_admin(client):
    start(client)
    send_facts(client, Intake.objects.get(), do="make")
    document = Document.objects.get(slug="report-2031")
    editor = signed_in(member("editor"))
    statement = document.statements.get(code="2031.T1.1")
    for at in (
        reverse("staff:document", args=[document.slug]),
        reverse("admin:statements_statement_change", args=[statement.pk]),
        reverse("admin:achievements_task_changelist") + "?q=2031.T1.1",
        reverse("staff:translation", args=[statement.code]),
        reverse("staff:translations") + "?translation=missing",
        reverse("staff:upkeep_list") + "?document=report-2031",
        f"/en/preview/statement/{statement.pk}/",
    ):
        answer = editor.get(at)
        assert answer.status_code == 200, at
        assert "2031" in shown(answer), at


def test_a_document_that_is_removed_leaves_its_working_text_to_go_on_with(client):
    start(client)
    intake, by = Intake.objects.get(), member("editor")
    send_facts(client, intake, do="make")
    delete_draft_document(Document.objects.get(slug="report-2031"), by)
    assert reverse("staff:intake", args=[intake.pk]) in shown(client.get(START))
    send_facts(client, intake, do="make")
    assert Document.objects.get(slug="report-2031").statements.count() == 9
