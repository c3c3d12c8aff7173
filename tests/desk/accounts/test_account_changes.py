"""Nobody gives a right alone; everybody may take one away at once."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.changes.decisions import approve_change
from desk.accounts.rights import may_decide
from desk.accounts.roles import Role
from desk.models import AccountChange
from tests.support.desk.accounts import (
    ask_for_account,
    choose_password,
    code_of,
    decide,
    group_keys,
    let_pass,
    published_by,
    rights,
    save_account,
)
from tests.support.staff import member, propose, signed_in, told

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
A_DAY = timedelta(hours=24, minutes=1)


@pytest.fixture
def asker() -> User:
    return member("administrator")


@pytest.fixture
def second() -> User:
    return member("administrator")


def test_a_new_account_waits_for_a_second_administrator(asker, second):
    change = ask_for_account(signed_in(asker), "newcomer", "publisher")
    assert not User.objects.filter(username="newcomer").exists()
    decide(signed_in(asker), change, "approve")
    assert change.state == "waiting"
    decide(signed_in(second), change, "approve")
    person = User.objects.get(username="newcomer")
    assert (change.state, change.decided_by, change.person) == (
        "in-force",
        second,
        person,
    )
    assert [group.name for group in person.groups.all()] == [Role.PUBLISHER.value]
    assert person.is_staff
    assert not person.has_usable_password()
    assert not may_decide(person)


def test_a_person_chooses_the_password_with_a_code_of_each_administrator(asker, second):
    change = ask_for_account(signed_in(asker), "newcomer", "editor")
    decide(signed_in(second), change, "approve")
    first, other = code_of(signed_in(asker), change), code_of(signed_in(second), change)
    for codes in [(first,), (other,), (first, first), (other, other), ("x", other), ()]:
        assert choose_password("newcomer", PASSWORD, *codes).status_code == 200, codes
    assert choose_password("editor", PASSWORD, first, other).status_code == 200
    assert choose_password("newcomer", "short", first, other).status_code == 200
    assert choose_password("newcomer", PASSWORD, other, first).status_code == 302
    assert User.objects.get(username="newcomer").check_password(PASSWORD)
    assert choose_password("newcomer", "another " + PASSWORD, first, other).status_code
    assert User.objects.get(username="newcomer").check_password(PASSWORD)
    assert first not in str(list(AccountChange.objects.values_list()))


def test_codes_are_nobody_elses_and_last_a_week(asker, second):
    change = ask_for_account(signed_in(asker), "newcomer", "editor")
    decide(signed_in(second), change, "approve")
    assert decide(signed_in(member("administrator")), change, "show-code").status_code
    assert not change.author_code + change.decider_code
    codes = [code_of(signed_in(user), change) for user in (asker, second)]
    let_pass(timedelta(days=8))
    choose_password("newcomer", PASSWORD, *codes)
    assert not User.objects.get(username="newcomer").has_usable_password()


@pytest.mark.parametrize(
    "values",
    [
        {"is_superuser": "on"},
        {"username": "renamed"},
        {"email": "somebody@example.org"},
        {"first_name": "Another"},
    ],
)
def test_whatever_is_given_waits(values, admin_user, second):
    person, client = member("editor"), signed_in(admin_user)
    before = rights()
    save_account(client, person, **values)
    assert rights() == before
    change = AccountChange.objects.get()
    assert set(change.new) == set(values)
    decide(signed_in(second), change, "approve")
    assert change.state == "in-force"
    assert rights() != before


def test_a_role_waits_and_an_account_is_opened_again_by_two(asker, second):
    person = member("editor")
    roles = group_keys("editor", "publisher")
    save_account(signed_in(asker), person, groups=roles)
    assert person.groups.count() == 1
    decide(signed_in(second), AccountChange.objects.get(), "approve")
    assert person.groups.count() == 2
    assert not may_decide(person)
    save_account(signed_in(asker), person, groups=roles, is_active=None)
    person.refresh_from_db()
    assert not person.is_active, "closed at once"
    save_account(signed_in(asker), person, groups=roles, is_active="on")
    person.refresh_from_db()
    assert not person.is_active, "opened by two alone"
    decide(signed_in(second), AccountChange.objects.waiting().get(), "approve")
    person.refresh_from_db()
    assert person.is_active


def test_what_is_taken_away_is_gone_at_once_and_what_is_given_beside_it_waits(asker):
    person = member("editor", "publisher")
    answer = save_account(signed_in(asker), person, groups=group_keys("translator"))
    assert not person.groups.exists()
    assert "were removed at once" in told(answer)
    taking, asked = AccountChange.objects.order_by("pk")
    assert (taking.kind, taking.state) == ("taking", "in-force")
    assert asked.new == {"roles": [Role.TRANSLATOR.value]}


def test_the_last_administrator_stays(admin_user):
    answer = save_account(signed_in(admin_user), admin_user, is_active=None)
    admin_user.refresh_from_db()
    assert admin_user.is_active
    assert "nobody" in told(answer)
    assert not AccountChange.objects.exists()


@pytest.mark.parametrize("page", ["password_change", "second_step"])
def test_a_reset_waits_and_its_person_decides_nothing_for_a_day(page, asker, second):
    person = member("publisher")
    person.set_password(PASSWORD)
    person.save()
    TOTPDevice.objects.create(user=person, confirmed=True)
    url = reverse(f"admin:auth_user_{page}", args=[person.pk])
    client = signed_in(asker)
    assert client.get(url).status_code == 200
    before = rights()
    for values in ({}, {"reason": ""}, {"password1": "x" * 20, "password2": "x" * 20}):
        client.post(url, values)
    assert not AccountChange.objects.exists()
    client.post(url, {"reason": "Lost", "password1": "x" * 20, "password2": "x" * 20})
    assert rights() == before
    change = AccountChange.objects.get()
    decide(signed_in(person), change, "approve")
    decide(client, change, "approve")
    assert change.state == "waiting"
    decide(signed_in(second), change, "approve")
    assert change.state == "in-force"
    person.refresh_from_db()
    assert person.has_usable_password() is (page == "second_step")
    assert TOTPDevice.objects.filter(user=person).exists() is (page != "second_step")
    assert not may_decide(person)


def test_nobody_resets_their_own_by_asking(admin_user):
    url = reverse("admin:auth_user_password_change", args=[admin_user.pk])
    assert signed_in(admin_user).post(url, {"reason": "Mine"}).status_code == 403


def test_a_change_is_taken_back_by_its_author_or_refused_with_a_reason(asker, second):
    client = signed_in(asker)
    for decision, by in (("take-back", asker), ("refuse", second)):
        change = ask_for_account(client, f"new-{decision}", "editor")
        other = {asker: second, second: asker}[by]
        decide(signed_in(other), change, decision, "No")
        assert change.state == "waiting"
        decide(signed_in(by), change, decision, "No")
        assert change.state in ("taken-back", "refused")
        decide(signed_in(second), change, "approve")
        assert not User.objects.filter(username=change.username).exists()


def test_a_refusal_gives_its_reason(asker, second):
    change = ask_for_account(signed_in(asker), "newcomer", "editor")
    assert "Give a reason" in told(decide(signed_in(second), change, "refuse"))
    assert change.state == "waiting"
    unseen = decide(signed_in(second), change, "refuse", "Not now\x14")
    assert "cannot be shown: U+0014" in told(unseen)
    assert change.state == "waiting"


def test_an_account_that_has_changed_since_is_not_overwritten(asker, second):
    person = member("editor")
    roles = group_keys("editor", "publisher")
    save_account(signed_in(asker), person, groups=roles)
    change = AccountChange.objects.get()
    save_account(signed_in(second), person, groups=[])
    answer = decide(signed_in(second), change, "approve")
    assert "has changed since" in told(answer)
    assert not person.groups.exists()


def test_who_may_ask_no_longer_gives_nothing(asker, second):
    change = ask_for_account(signed_in(asker), "newcomer", "editor")
    save_account(signed_in(second), asker, groups=[])
    decide(signed_in(second), change, "approve")
    assert change.state == "waiting"


def test_one_change_of_a_kind_waits_for_an_account(asker):
    client, person = signed_in(asker), member("editor")
    for email in ("one@example.org", "two@example.org"):
        answer = save_account(client, person, email=email)
    assert "A change of this kind is already waiting for this account." in told(answer)
    assert AccountChange.objects.get().new == {"email": "one@example.org"}


# One administrator alone: time, and everybody's eyes.


def test_a_lone_administrator_waits_a_day_in_everybodys_sight(admin_user):
    publisher, client = member("publisher"), signed_in(admin_user)
    change = ask_for_account(client, "newcomer", "editor")
    assert "newcomer" in signed_in(publisher).get("/admin/").content.decode()
    for wait in (timedelta(), timedelta(hours=23)):
        let_pass(wait)
        decide(client, change, "force")
        assert change.state == "waiting"
    let_pass(timedelta(hours=2))
    decide(signed_in(publisher), change, "force")
    assert change.state == "waiting"
    decide(client, change, "force")
    assert (change.state, change.decided_by) == ("in-force", None)
    code = code_of(client, change)
    assert choose_password("newcomer", PASSWORD, code).status_code == 302


def test_an_objection_of_a_publisher_stops_it(admin_user):
    publisher, client = member("publisher"), signed_in(admin_user)
    change = ask_for_account(client, "newcomer", "editor")
    decide(signed_in(publisher), change, "refuse", "I know of no newcomer")
    assert (change.state, change.decided_by) == ("refused", publisher)
    let_pass(A_DAY)
    decide(client, change, "force")
    assert not User.objects.filter(username="newcomer").exists()


def test_who_has_a_second_administrator_does_not_get_by_with_waiting(asker, second):
    change = ask_for_account(signed_in(asker), "newcomer", "editor")
    let_pass(timedelta(days=30))
    decide(signed_in(asker), change, "force")
    assert change.state == "waiting"


def test_who_silences_the_others_waits_a_week(asker, second):
    publisher, client = member("publisher"), signed_in(asker)
    change = ask_for_account(client, "puppet", "publisher")
    let_pass(timedelta(days=2))
    for person in (second, publisher):
        save_account(client, person, is_active=None)
    decide(client, change, "force")
    assert change.state == "waiting"
    let_pass(timedelta(days=6))
    decide(client, change, "force")
    assert change.state == "waiting"
    let_pass(A_DAY)
    decide(client, change, "force")
    assert change.state == "in-force"


def test_two_puppets_publish_nothing(admin_user):
    """One administrator, two new accounts: refused at each step, but for a day of
    everybody's sight for each.
    """
    client = signed_in(admin_user)
    puppets = [
        ask_for_account(client, name, *roles)
        for name, roles in (
            ("puppet1", ["editor", "administrator"]),
            ("puppet2", ["publisher", "administrator"]),
        )
    ]
    for change in puppets:
        for decision in ("approve", "force"):
            decide(client, change, decision)
    assert User.objects.count() == 1
    let_pass(A_DAY)
    for change in puppets:
        decide(client, change, "force")
    [editor, publisher] = [change.person for change in puppets]
    assert editor
    assert publisher
    third = ask_for_account(signed_in(editor), "puppet3", "publisher")
    decide(signed_in(publisher), third, "approve")
    assert third.state == "waiting", "young administrators approve no account"
    proposal = propose("G1.C1.1", editor, text_en="Lies")
    page = reverse("admin:desk_proposal_change", args=[proposal.pk])
    seen = signed_in(publisher).get(page).context["form"]["seen"].value()
    signed_in(publisher).post(page, {"decision": "approve", "seen": seen})
    ticked = {"approve": f"{proposal.pk}-{seen}"}
    signed_in(publisher).post(reverse("staff:approving"), ticked)
    proposal.refresh_from_db()
    assert proposal.state == "in-review"
    assert published_by(editor) == 0


def test_a_new_installation_gets_a_team_within_two_days():
    """`make account` made one superuser today; the rest is asked for at the desk."""
    first = User.objects.create_superuser("first", password=PASSWORD)
    client = signed_in(first)
    names = {"chief": "administrator", "writer": "editor", "reader": "publisher"}
    changes = [ask_for_account(client, name, role) for name, role in names.items()]
    let_pass(A_DAY)
    for change in changes:
        decide(client, change, "force")
        choose_password(change.username, PASSWORD, code_of(client, change))
    let_pass(A_DAY)
    chief, writer, reader = (User.objects.get(username=name) for name in names)
    change = ask_for_account(client, "another", "publisher")
    decide(signed_in(chief), change, "approve")
    assert change.state == "in-force"
    proposal = propose("G1.C1.1", writer, text_en="X")
    page = reverse("admin:desk_proposal_change", args=[proposal.pk])
    seen = signed_in(reader).get(page).context["form"]["seen"].value()
    signed_in(reader).post(page, {"decision": "approve", "seen": seen})
    assert published_by(writer) == 1


def test_two_accounts_of_the_shell_approve_each_others_requests_after_a_day():
    first, second = (User.objects.create_superuser(name) for name in ("one", "two"))
    change = ask_for_account(signed_in(first), "newcomer", "editor")
    decide(signed_in(second), change, "approve")
    assert change.state == "waiting"
    let_pass(A_DAY)
    decide(signed_in(second), change, "approve")
    assert change.state == "in-force"


# The database and the log.


@pytest.mark.parametrize("decider", ["author", "person", None])
def test_the_database_refuses_one_persons_change(decider, asker):
    person = member("editor")
    save_account(signed_in(asker), person, email="x@example.org")
    change = AccountChange.objects.get()
    deciders = {"author": asker, "person": person, None: None}
    values = {"decided_by": deciders[decider], "decided_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountChange.objects.filter(pk=change.pk).update(state="in-force", **values)


def test_an_own_change_of_a_superuser_is_not_its_to_approve(admin_user, second):
    save_account(signed_in(admin_user), admin_user, email="x@example.org")
    change = AccountChange.objects.get()
    with pytest.raises(ValidationError):
        approve_change(change, admin_user)
    decide(signed_in(second), change, "approve")
    assert change.state == "in-force"


@pytest.mark.parametrize(
    ("language", "act", "label"),
    [
        ("en", "account change approved", "roles"),
        ("ko", "계정 변경 승인", "역할"),
    ],
)
def test_the_log_keeps_old_and_new_values(language, act, label, asker, second):
    person = member("editor")
    save_account(signed_in(asker), person, groups=group_keys("editor", "publisher"))
    decide(signed_in(second), AccountChange.objects.get(), "approve")
    entry = LogEntry.objects.get(user=second, object_id=person.pk)
    page = signed_in(second, language).get(
        reverse("admin:admin_logentry_change", args=[entry.pk])
    )
    text = page.content.decode()
    old, new = Role.EDITOR.value, f"{Role.PUBLISHER.value}, {Role.EDITOR.value}"
    assert act in text
    assert f"{label}: {old} → " in text
    assert new in text or f"{old}, {Role.PUBLISHER.value}" in text


def test_every_step_is_told_to_the_log_of_security(asker, second, caplog):
    caplog.set_level("INFO", "portal.security")
    change = ask_for_account(signed_in(asker), "newcomer", "editor")
    decide(signed_in(second), change, "approve")
    code = code_of(signed_in(asker), change)
    told = [getattr(record, "event", "") for record in caplog.records]
    steps = [
        "account change requested",
        "account change approved",
        "code for a first password issued",
    ]
    assert [event for event in told if event in steps] == steps
    assert code not in caplog.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_speak_both_languages(language, asker, second):
    change = ask_for_account(signed_in(asker), "newcomer", "editor")
    page = reverse("admin:desk_accountchange_change", args=[change.pk])
    word = {"ko": "승인하고 적용", "en": "Approve and apply"}[language]
    assert word in signed_in(second, language).get(page).content.decode()
    client = Client()
    client.cookies["django_language"] = language
    word = {"ko": "비밀번호 정하기", "en": "Choose your password"}[language]
    assert word in client.get(reverse("staff:first_password")).content.decode()
