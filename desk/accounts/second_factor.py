"""The second step of a login: a code by an app, or one of the recovery codes."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django_otp import match_token, user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
#: Who may do these may do nothing without the second step.
PRIVILEGED = ("desk.approve_proposal", "auth.change_user")


def lacks_second_factor(user: AbstractBaseUser) -> bool:
    """Whether `user` has still to take the second step; who set it up always has to."""
    if user.is_verified():
        return False
    return any(map(user.has_perm, PRIVILEGED)) or user_has_device(user)


def device_to_confirm(user: AbstractBaseUser) -> TOTPDevice:
    """The device whose code the user has still to prove; the same until then."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, confirmed=False, name="app")


@transaction.atomic
def confirm_device(device: TOTPDevice, token: str) -> bool:
    """The device takes the place of any before it."""
    if not device.verify_token(token):
        return False
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    return True


@transaction.atomic
def new_recovery_codes(user: AbstractBaseUser) -> list[str]:
    """Shown once; those before are void."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    device.token_set.bulk_create(StaticToken(device=device, token=c) for c in codes)
    return codes


def device_of(user: AbstractBaseUser, token: str):
    """The device of the user that the code is of; None, more slowly each time."""
    return match_token(user, token.replace(" ", "").lower())


def forget(user: AbstractBaseUser) -> None:
    """For someone who lost both: the next login sets it up anew."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
