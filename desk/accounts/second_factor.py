"""The second step of a login: a code by an app, or one of the recovery codes."""

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django_otp import match_token, user_has_device
from django_otp.middleware import is_verified
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
#: The rights whose holders may do nothing without the second step.
PRIVILEGED = ("desk.approve_proposal", "auth.change_user")


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Says whether the user has taken the second step in this session."""
    return bool(is_verified(user))


def has_device(user: User | AnonymousUser) -> bool:
    """Says whether the user has set up the second step."""
    return bool(user_has_device(user))


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Says whether the user has still to take the second step, as all do who have set
    it up.
    """
    if has_second_factor(user):
        return False
    return any(map(user.has_perm, PRIVILEGED)) or has_device(user)


def device_to_confirm(user: User) -> TOTPDevice:
    """The device whose code the user has still to prove: the same one until then."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, confirmed=False, name="app")


@transaction.atomic
def confirm_device(device: TOTPDevice, token: str) -> bool:
    """Puts the device in the place of any before it; False where the code is wrong."""
    if not device.verify_token(token):
        return False
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    return True


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Makes the codes, to be shown once; those before are void."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    device.token_set.bulk_create(StaticToken(device=device, token=c) for c in codes)
    return codes


def device_of(user: User, token: str) -> Device | None:
    """The device of the user that made the code; None where none did, each time after a
    longer wait.
    """
    return match_token(user, token.replace(" ", "").lower())


def forget_devices(user: User) -> None:
    """Takes app and recovery codes from someone who lost both: the next login sets the
    second step up anew.
    """
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
