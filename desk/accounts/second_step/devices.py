"""The devices that make codes for the second step, as django-otp knows it, with its
secrets kept encrypted or hashed.
"""

from __future__ import annotations

import secrets
from base64 import b32encode

from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.second_step.cipher import (
    UnreadableSecretError,
    decrypt,
    digests,
    encrypt,
)
from desk.accounts.security_log import record_event

SECRET_LENGTH = 20
RECOVERY_CODES = 10
#: 120 bits, so that no hash of one can be tried out.
RECOVERY_CODE_BYTES, GROUP = 15, 4


class Authenticator(TOTPDevice):
    """An app on a phone."""

    class Meta:
        proxy = True

    @classmethod
    def with_secret(cls, user: User, secret: bytes) -> Authenticator:
        """Not saved: an app that is not yet proved."""
        return cls(user=user, name="app", key=encrypt(secret, user.pk))

    @property
    def bin_key(self) -> bytes:
        return decrypt(self.key, self.user_id)

    def verify_token(self, token: str) -> bool:
        """A code works once; its secret is encrypted anew with the present key."""
        try:
            self.key = encrypt(self.bin_key, self.user_id)
        except UnreadableSecretError:
            record_event("factor", "a secret is not readable: no key fits", self.user)
            return False
        return bool(super().verify_token(token))


class RecoveryCodes(StaticDevice):
    """Codes on paper, each good for once."""

    class Meta:
        proxy = True

    def verify_token(self, token: str) -> bool:
        kept = self.token_set.filter(token__in=digests(token)).first()
        return bool(kept) and bool(super().verify_token(kept.token))

    def replace_codes(self, codes: list[str]) -> None:
        """Keeps the hashes of the codes, in place of all before."""
        self.token_set.all().delete()
        self.token_set.bulk_create(
            StaticToken(device=self, token=digests(code)[0]) for code in codes
        )


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_LENGTH)


def b32_secret(secret: bytes) -> str:
    """As apps read it."""
    return b32encode(secret).decode().rstrip("=")


def new_codes() -> list[str]:
    random = (secrets.token_bytes(RECOVERY_CODE_BYTES) for _ in range(RECOVERY_CODES))
    return [b32encode(code).decode().lower() for code in random]


def in_groups(text: str, separator: str = " ") -> str:
    """In groups of four, for those who type it."""
    groups = (text[at : at + GROUP] for at in range(0, len(text), GROUP))
    return separator.join(groups)
