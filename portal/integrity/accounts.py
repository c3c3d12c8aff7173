"""The accounts: their second steps open with the keys that the portal has."""

from collections.abc import Iterator

from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.second_step.cipher import UnreadableSecretError, decrypt
from portal.backups.tables import plain_rows


def faults_of_secrets() -> Iterator[str]:
    """A secret that no key opens locks its owner out: a restored database beside
    another SECRET_KEY than it was written with.
    """
    rows = plain_rows(TOTPDevice).order_by("user").values_list("user", "key")
    for owner, secret in rows:
        try:
            decrypt(secret, owner)
        except UnreadableSecretError:
            yield f"account {owner}: no key (SECRET_KEY, OTP_KEYS) opens its secret"
