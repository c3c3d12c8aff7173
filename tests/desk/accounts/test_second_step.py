"""Codes, the secrets that they come from, and what it takes to replace them."""

import re
from base64 import b32decode

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import override_settings
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.lockout import is_locked, unlock
from desk.accounts.second_step import cipher
from desk.accounts.second_step.devices import Authenticator, in_groups, new_codes
from desk.accounts.second_step.second_factor import device_of, plain_code
from tests.support.logins import (
    ENROL,
    PASSWORD,
    RECOVERY,
    STEP,
    code_of,
    codes_of,
    entered,
    log_in,
    with_password,
    wrong_code,
)
from tests.support.staff import member, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def secret_on(page) -> bytes:
    spelled = re.search("<code>([A-Z2-7 ]+)</code>", page.content.decode())[1]
    spelled = spelled.replace(" ", "")
    return b32decode(spelled + "=" * (-len(spelled) % 8))


def shown_by(secret: bytes) -> str:
    return f"{totp(secret):06d}"


def test_setting_up_an_app_shows_ten_codes_once():
    user = with_password(member("editor"))
    client, _ = log_in(user)
    page = client.get(ENROL)
    assert "no-store" in page["Cache-Control"]
    assert "<svg" in page.content.decode()
    assert "style=" not in page.content.decode()
    assert "<script>" not in page.content.decode()
    assert not TOTPDevice.objects.filter(user=user).exists()
    client.post(ENROL, {"new_code": "000000"})
    assert client.get("/admin/").status_code == 302
    secret = secret_on(client.get(ENROL))
    answer = client.post(ENROL, {"new_code": shown_by(secret)})
    codes = answer.context["codes"]
    assert len(set(codes)) == 10
    assert all(code in answer.content.decode() for code in codes)
    assert client.get("/admin/").status_code == 200
    assert LogEntry.objects.filter(user=user, change_message__contains="set up")
    again, _ = log_in(user)
    assert again.post(STEP, {"code": codes[0]}).status_code == 302


def test_each_visit_has_a_secret_of_its_own_and_the_one_before_is_void():
    client, _ = log_in(with_password(member("editor")))
    first = secret_on(client.get(ENROL))
    second = secret_on(client.get(ENROL))
    assert first != second
    answer = client.post(ENROL, {"new_code": shown_by(first)})
    assert secret_on(answer) == second, "a mistype costs no new scan"
    assert "Go to the staff desk" not in answer.content.decode()
    assert (
        "recovery-codes"
        in client.post(ENROL, {"new_code": shown_by(second)}).content.decode()
    )


def test_a_half_enrolment_that_was_stolen_is_worth_nothing():
    user = with_password(member("publisher"))
    thief, _ = log_in(user)
    stolen = secret_on(thief.get(ENROL))
    client, _ = log_in(user)
    assert secret_on(client.get(ENROL)) != stolen
    refused = client.post(ENROL, {"new_code": shown_by(stolen)})
    assert "recovery-codes" not in refused.content.decode()
    secret = secret_on(client.get(ENROL))
    client.post(ENROL, {"new_code": shown_by(secret)})
    late = thief.post(ENROL, {"new_code": shown_by(stolen)})
    assert late.status_code == 302
    assert Authenticator.objects.get(user=user).bin_key == secret


def test_a_form_of_no_visit_sets_nothing_up():
    client, _ = log_in(with_password(member("editor")))
    answer = client.post(ENROL, {"new_code": "123456"})
    assert "The key has changed" in answer.content.decode()


def test_a_password_alone_replaces_no_phone():
    user = with_password(member("publisher"))
    device = with_app(user)
    client, _ = log_in(user)
    for path in (ENROL, RECOVERY):
        assert client.get(path, follow=True).request["PATH_INFO"] == STEP
        assert client.post(path, {"new_code": "123456"}).status_code == 302
    assert list(Authenticator.objects.filter(user=user)) == [device]


@pytest.mark.parametrize("path", [ENROL, RECOVERY])
@pytest.mark.parametrize("lacks", ["password", "code"])
def test_nothing_is_replaced_without_password_and_code(path, lacks):
    user = with_password(member("publisher"))
    client = entered(user)
    device = Authenticator.objects.get(user=user)
    codes_of(user, "onetwothree")
    before = set(StaticToken.objects.values_list("token", flat=True))
    proof = {
        "new_code": shown_by(secret_on(client.get(ENROL))),
        "password": "not this one" if lacks == "password" else PASSWORD,
        "code": wrong_code(device) if lacks == "code" else code_of(device),
    }
    assert client.post(path, proof).status_code == 200
    assert set(StaticToken.objects.values_list("token", flat=True)) == before
    assert list(Authenticator.objects.filter(user=user)) == [device]


def test_with_both_the_app_is_replaced_and_all_other_sessions_end():
    user = with_password(member("publisher"))
    client, other = entered(user), entered(user)
    device = Authenticator.objects.get(user=user)
    secret = secret_on(client.get(ENROL))
    key = client.session.session_key
    proof = {"password": PASSWORD, "code": code_of(device)}
    answer = client.post(ENROL, {"new_code": shown_by(secret), **proof})
    assert len(answer.context["codes"]) == 10
    assert client.session.session_key != key
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    assert Authenticator.objects.get(user=user).bin_key == secret


def test_with_both_the_codes_are_renewed_and_all_other_sessions_end():
    user = with_password(member("publisher"))
    client, other = entered(user), entered(user)
    codes_of(user, "onetwothree")
    code = code_of(Authenticator.objects.get(user=user))
    answer = client.post(RECOVERY, {"password": PASSWORD, "code": code})
    assert len(answer.context["codes"]) == 10
    assert other.get("/admin/").status_code == 302
    again, _ = log_in(user)
    assert again.post(STEP, {"code": "onetwothree"}).status_code == 200
    assert again.post(STEP, {"code": answer.context["codes"][3]}).status_code == 302


def test_a_code_opens_the_desk_once():
    user = with_password(member("publisher"))
    device = with_app(user)
    client, _ = log_in(user)
    code = code_of(device)
    assert client.post(STEP, {"code": wrong_code(device)}).status_code == 200
    answer = client.post(f"{STEP}?next=/admin/desk/proposal/", {"code": code})
    assert answer.url == "/admin/desk/proposal/"
    again, _ = log_in(user)
    assert again.post(STEP, {"code": code}).status_code == 200, "used already"


def test_a_recovery_code_works_once():
    user = with_password(member("publisher"))
    with_app(user)
    [code, *_] = codes = new_codes()
    codes_of(user, *codes)
    first, _ = log_in(user)
    assert first.post(STEP, {"code": in_groups(code, "-").upper()}).status_code == 302
    second, _ = log_in(user)
    assert second.post(STEP, {"code": code}).status_code == 200


@pytest.mark.parametrize(
    "spelled",
    [
        "{0}{1}",
        "{0} {1}",
        " {0}\u00a0{1} ",
        "{0}-{1}",
        "\u200b{0}\u2009{1}\n",
        "{0}\u3000{1}",
        "{0}.{1}",
    ],
)
@pytest.mark.parametrize("wide", [False, True])
def test_a_code_is_taken_however_it_is_spaced(spelled, wide):
    user = member("editor")
    code = code_of(with_app(user))
    typed = spelled.format(code[:3], code[3:])
    if wide:
        typed = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in typed)
    assert plain_code(typed) == code
    assert device_of(user, typed)


@pytest.mark.parametrize("typed", ["", "   ", "x" * 60, "²" * 6, "-1", "1e5", "٠" * 60])
def test_what_is_no_code_is_refused(typed):
    user = with_password(member("editor"))
    with_app(user)
    client, _ = log_in(user)
    assert client.post(STEP, {"code": typed}).status_code == 200


def test_wrong_codes_are_counted_for_the_user_in_all_sessions():
    user = with_password(member("publisher"))
    device = with_app(user)
    for _ in range(5):
        client, _ = log_in(user)
        client.post(STEP, {"code": wrong_code(device)})
    client, _ = log_in(user)
    answer = client.post(STEP, {"code": code_of(device)})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert is_locked(user)
    unlock(user)
    assert not is_locked(user)
    assert client.post(STEP, {"code": code_of(device)}).status_code == 302


def test_the_database_holds_no_secret_that_could_be_read():
    user = with_password(member("editor"))
    client, _ = log_in(user)
    secret = secret_on(client.get(ENROL))
    answer = client.post(ENROL, {"new_code": shown_by(secret)})
    codes = [code.replace("-", "") for code in answer.context["codes"]]
    other = with_password(member("editor"))
    waiting, _ = log_in(other)
    shown = secret_on(waiting.get(ENROL))
    kept = ""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("otp_", "desk_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                kept += repr(cursor.fetchall())
    kept += repr([client.session.items(), waiting.session.items()])
    for code in codes:
        assert code not in kept.lower()
    for one in (secret, shown):
        assert one.hex() not in kept.lower()
        assert repr(one) not in kept


def test_keys_are_changed_one_after_the_other():
    user = member("editor")
    device = with_app(user)
    codes_of(user, "onetwothree", "fourfivesix")
    with override_settings(OTP_KEYS=["the new key"]):
        assert device_of(user, code_of(device)), "the key before still reads"
        assert device_of(user, "onetwothree")
    device.refresh_from_db()
    with override_settings(OTP_KEYS=["the new key"], SECRET_KEY="another"):
        assert device_of(user, code_of(device)), "and the new one has written"
    with override_settings(SECRET_KEY="another"):
        assert device_of(user, "123456") is None
        assert device_of(user, "fourfivesix") is None


def test_a_secret_opens_for_its_owner_alone():
    sealed = cipher.encrypt(b"twenty bytes of seed", 1)
    assert cipher.decrypt(sealed, 1) == b"twenty bytes of seed"
    for text, owner in ((sealed, 2), (sealed[:-4] + "AAAA", 1), ("é", 1), ("", 1)):
        with pytest.raises(cipher.UnreadableSecretError):
            cipher.decrypt(text, owner)
