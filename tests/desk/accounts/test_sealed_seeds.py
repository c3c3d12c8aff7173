"""The migration that encrypts seeds and hashes recovery codes which were plain."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.second_step.second_factor import device_of
from tests.support.staff import member

migration = import_module("desk.migrations.0009_seal_second_steps")


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [[], ["a key of its own"]])
def test_people_log_in_as_before_with_what_they_have(keys):
    user, half = member("publisher"), member("editor")
    plain = TOTPDevice.objects.create(user=user, confirmed=True)
    TOTPDevice.objects.create(user=half, confirmed=False)
    codes = StaticDevice.objects.create(user=user, name="recovery")
    for token in ("abcd2345", "efgh6723"):
        StaticToken.objects.create(device=codes, token=token)
    with override_settings(OTP_KEYS=keys):
        migration.seal(apps, connection.schema_editor())
        sealed = TOTPDevice.objects.get()
        assert sealed.key != plain.key
        assert not StaticToken.objects.filter(token__in=["abcd2345", "efgh6723"])
        assert device_of(user, f"{totp(plain.bin_key):06d}")
        assert device_of(user, "ABCD 2345")
        assert device_of(user, "abcd2345") is None
