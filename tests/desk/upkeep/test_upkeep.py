"""Who looks after a statement, and when someone last looked at it."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.accounts.roles import Role
from desk.audit_log import logged_act, logged_changes
from desk.models import Proposal, Upkeep
from desk.upkeep.owners import assign_owner, months_before, record_check
from statements.models import DataVersion, Kind, Revision, Statement
from tests.support import factories
from tests.support.crawling import Page
from tests.support.desk.admin_forms import WHY, change_page, form_values
from tests.support.rows import statement
from tests.support.staff import member, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

LIST = reverse("staff:upkeep_list")
KEEPERS = {Role.EDITOR, Role.ADMINISTRATOR}


def panel(code: str) -> str:
    return reverse("staff:upkeep", args=[statement(code).pk])


def listed(client: Client, **query) -> list[str]:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return [one.code for one in answer.context["page_obj"]]


def test_a_statement_is_assigned_and_checked_from_the_panel_above_its_form():
    editor, owner = member("editor"), member("editor")
    client, url = signed_in(editor), change_page(statement("G1.C1.1"))
    assert "Owner and last check" in client.get(url).content.decode()
    answer = client.post(panel("G1.C1.1"), {"do": "assign", "owner": owner.pk})
    assert answer.url == url
    client.post(panel("G1.C1.1"), {"do": "check", "next": url})
    kept = Upkeep.objects.get(statement__code="G1.C1.1")
    assert (kept.owner, kept.checked_by) == (owner, editor)
    assert kept.checked_on == timezone.localdate()
    page = client.get(url)
    assert owner.username in page.content.decode()
    assert page.context["owner_form"]["owner"].value() == owner.pk
    client.post(panel("G1.C1.1"), {"do": "assign", "owner": ""})
    kept.refresh_from_db()
    assert (kept.owner, kept.checked_by) == (None, editor)


def test_the_panel_is_no_part_of_the_form_and_makes_no_revision():
    client = signed_in(member("editor"))
    n_revisions = Revision.objects.count()
    url = change_page(statement("G1.C1.1"))
    client.post(panel("G1.C1.1"), {"do": "check"})
    assert Revision.objects.count() == n_revisions
    answer = client.post(url, form_values(client.get(url)) | WHY)
    assert told(answer) == "Nothing was changed."
    assert not Proposal.objects.exists()


def test_who_did_it_is_in_the_log_of_the_statement(clock, in_english):
    editor, owner = member("editor"), member("translator")
    one = statement("G1.C1.1")
    assign_owner([one], owner, editor)
    record_check([one], editor)
    entries = LogEntry.objects.filter(object_id=one.pk, user=editor)
    told = {logged_act(entry): logged_changes(entry) for entry in entries}
    today = str(timezone.localdate())
    assert told == {
        "owner assigned": [("owner", "–", str(owner))],
        "check recorded": [
            ("last checked on", "–", today),
            ("last checked by", "–", str(editor)),
        ],
    }
    history = reverse("admin:statements_statement_history", args=[one.pk])
    assert f"→ {owner}" in signed_in(editor).get(history).content.decode()


def test_no_person_of_the_upkeep_is_named_in_public(client):
    owner = member("editor")
    for code in ("G1", "G1.C1"):
        assign_owner([statement(code)], owner, owner)
        record_check([statement(code)], owner)
    for path in ("goals/1/", "statements/G1.C1/", "statements.csv", "statements.json"):
        answer = client.get(f"/en/{path}")
        body = b"".join(answer) if answer.streaming else answer.content
        assert owner.username not in body.decode()
    assert owner.username not in client.get("/api/v1/statements/G1.C1/").text


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_it_and_two_roles_change_it(role):
    client, url = signed_in(member(role.name)), change_page(statement("G1.C1.1"))
    markup = client.get(url).content.decode()
    assert "Owner and last check" in markup
    assert ("Mark as checked today" in markup) == (role in KEEPERS)
    assert ("Mark as checked today" in client.get(LIST).content.decode()) == (
        role in KEEPERS
    )
    may = 302 if role in KEEPERS else 403
    assert client.post(panel("G1.C1.1"), {"do": "check"}).status_code == may
    chosen = {"do": "check", "statement": statement("G1.C2").pk}
    assert client.post(LIST, chosen).status_code == may
    assert Upkeep.objects.count() == (2 if role in KEEPERS else 0)


def test_only_people_of_the_desk_become_owners_and_a_former_one_stays_shown():
    editor, gone = member("editor"), member("editor")
    assign_owner([statement("G1.C1.1")], gone, editor)
    gone.is_active = False
    gone.save()
    client = signed_in(editor)
    page = client.get(change_page(statement("G1.C1.1")))
    assert page.context["owner_form"]["owner"].value() == gone.pk
    assert f">{gone.username}</option>" in page.content.decode()
    for wrong in (gone.pk, 0, "someone"):
        answer = client.post(panel("G1.C2"), {"do": "assign", "owner": wrong})
        assert "cannot be an owner" in told(answer)
    assert not Upkeep.objects.filter(statement__code="G1.C2").exists()


def test_a_foreign_address_is_not_returned_to():
    client = signed_in(member("editor"))
    sent = {"do": "check", "next": "https://example.org/"}
    assert client.post(panel("G1"), sent).url == change_page(statement("G1"))


def test_never_checked_come_first_then_the_longest_ago():
    somebody, codes = member("editor"), ["G1.C1", "G1.C2", "G1.C3"]
    client = signed_in(somebody)
    everything = set(Statement.objects.values_list("pk", flat=True))
    kept = {statement(code).pk for code in codes}
    record_check(Statement.objects.filter(pk__in=everything - kept), somebody)
    for code, days in (("G1.C2", 100), ("G1.C3", 400)):
        record_check([statement(code)], somebody)
        day = timezone.localdate() - timedelta(days=days)
        Upkeep.objects.filter(statement__code=code).update(checked_on=day)
    assert listed(client)[:3] == ["G1.C1", "G1.C3", "G1.C2"]
    assert listed(client, months="12") == ["G1.C1", "G1.C3"]
    assert listed(client, months="3") == ["G1.C1", "G1.C3", "G1.C2"]


def test_statements_are_listed_by_owner_kind_and_document():
    owner = member("editor")
    assign_owner([statement("G1.C2"), statement("2025.T1.1.1")], owner, owner)
    client = signed_in(owner)
    assert listed(client, owner=owner.pk) == ["G1.C2", "2025.T1.1.1"]
    assert listed(client, owner=owner.pk, document="goals") == ["G1.C2"]
    assert listed(client, owner=owner.pk, kind="task") == ["2025.T1.1.1"]
    assert "G1.C2" not in listed(
        client, owner="none", document="goals", kind="key-content"
    )
    for wrong in ({"owner": "0"}, {"months": "2"}, {"kind": "x"}, {"document": "x"}):
        assert listed(client, **wrong) == []
        assert "errorlist" in client.get(LIST, wrong).content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_several_are_assigned_and_checked_at_once(language):
    editor, owner = member("editor"), member("editor")
    client = signed_in(editor, language)
    chosen = [statement(code).pk for code in ("G1.C1", "G1.C2")]
    client.post(LIST, {"do": "assign", "owner": owner.pk, "statement": chosen})
    client.post(LIST, {"do": "check", "owner": "", "statement": chosen})
    assert Upkeep.objects.filter(owner=owner, checked_by=editor).count() == 2
    answer = client.post(LIST, {"do": "check"})
    words = {"ko": "항목을 1건 이상 선택해 주세요.", "en": "Choose at least one"}[
        language
    ]
    assert words in told(answer)
    client.post(LIST, {"do": "check", "statement": ["x", "-1", "999999"]})
    assert Upkeep.objects.count() == 2
    assert not Page(client.get(LIST).content.decode()).in_wrong_language(language)


def test_the_database_holds_that_a_check_has_a_checker():
    kept = Upkeep.objects.create(statement=statement("G1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Upkeep.objects.filter(pk=kept.pk).update(checked_on=date(2026, 1, 1))


def test_the_queries_of_the_list_do_not_grow():
    owner = member("editor")
    client = signed_in(owner)
    assign_owner([statement("G1.C1")], owner, owner)
    listed(client, kind="task")
    with CaptureQueriesContext(connection) as few:
        listed(client, kind="achievement")
    heading = factories.report_heading_with(60, Kind.TASK)
    assign_owner(heading.children.all(), owner, owner)
    with CaptureQueriesContext(connection) as many:
        assert len(listed(client, kind="task")) == 50
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "day, months, before",
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, before):
    assert months_before(day, months) == before


def test_readers_see_the_day_of_a_check_and_not_who_made_it():
    editor, version = member("editor"), DataVersion.current().token
    page, source = "/en/statements/G1.C1.1/", "/en/sources/goals/"
    for address in (page, source):
        assert "Checked by staff" not in Client().get(address).content.decode()
    record_check([statement("G1.C1.1")], editor)
    assert DataVersion.current().token != version, "readers get the page anew"
    day = timezone.localdate()
    for address in (page, source):
        text = Client().get(address).content.decode()
        assert "Checked by staff" in text
        assert editor.username not in text
    assert f'<time datetime="{day}">' in Client().get(page).content.decode()
    checked = Client().get(source).context["checked"]
    assert (checked["count"], checked["last"]) == (1, day)


def test_outputs_have_the_day_of_a_check_and_nothing_where_there_is_none():
    record_check([statement("G1.C1.1")], member("editor"))
    answer = Client().get("/api/v1/statements/", {"fields": "code,checked_on"})
    days = {row["code"]: row["checked_on"] for row in answer.json()["results"]}
    assert days["G1.C1.1"] == str(timezone.localdate())
    assert {day for code, day in days.items() if code != "G1.C1.1"} == {""}


def test_a_whole_document_is_checked_at_once():
    client = signed_in(member("editor"))
    assert "check-all" not in client.get(LIST).content.decode()
    address = f"{LIST}?document=goals"
    assert "check-all" in client.get(address).content.decode()
    client.post(address, {"do": "check-all"})
    checked = Upkeep.objects.filter(checked_on=timezone.localdate())
    goals = Statement.objects.filter(document__slug="goals")
    assert checked.count() == goals.count() > 50
    assert not checked.exclude(statement__document__slug="goals").exists()
