"""The second step of a login: a code by an app, or one of the recovery codes."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.lockout import charge_step
from desk.accounts.second_step.devices import Authenticator, RecoveryCodes, new_codes
from desk.sessions.life import end_sessions


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Says whether the user has taken the second step in this session."""
    return getattr(user, "otp_device", None) is not None


def has_device(user: User) -> bool:
    """Says whether the user has set up the second step."""
    devices = (TOTPDevice.objects, StaticDevice.objects)
    return any(some.filter(user=user, confirmed=True).exists() for some in devices)


def plain_code(typed: str) -> str:
    """The code without what people and phones put between its digits."""
    text = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(filter(str.isalnum, text))


def device_of(user: User, typed: str) -> Device | None:
    """The device of the user that made the code; None where none did.
    TooManyTriesError where tries before were too many.
    """
    charge = charge_step(user)
    code = plain_code(typed)
    with transaction.atomic():
        # Locked: the same code sent twice at once works once.
        for model in (Authenticator, RecoveryCodes):
            devices = model.objects.filter(user=user, confirmed=True)
            for device in devices.select_for_update():
                if device.verify_token(code):
                    charge.give_back()
                    return device
    return None


@transaction.atomic
def confirm_secret(user: User, secret: bytes, typed: str) -> Authenticator | None:
    """Makes the app with the secret the user’s only one; None where the code is not of
    that secret.
    """
    device = Authenticator.with_secret(user, secret)
    device.save()
    if not device.verify_token(plain_code(typed)):
        device.delete()
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    return device


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Makes the codes, to be shown once; those before are void."""
    codes = new_codes()
    device, _ = RecoveryCodes.objects.get_or_create(
        user=user, defaults={"name": "recovery"}
    )
    device.replace_codes(codes)
    return codes


@transaction.atomic
def forget_devices(user: User) -> None:
    """Takes app and recovery codes from someone who lost both: the next login sets the
    second step up anew.
    """
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    end_sessions(user)
