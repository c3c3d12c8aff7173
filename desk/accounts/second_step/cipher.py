"""Encrypts what the database keeps of second steps, with a key that it does not have.

The keys are those of OTP_KEYS, then those derived from SECRET_KEY and its fallbacks.
The first writes; all of them read, so that keys can be changed one after the other.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_LENGTH = 12


class UnreadableSecretError(Exception):
    """None of the keys opens the secret."""


def keys(purpose: bytes) -> Iterator[bytes]:
    """The keys for a purpose, the one that writes first."""
    own = settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS
    for secret in (*settings.OTP_KEYS, *own):
        kdf = HKDF(SHA256(), length=32, salt=None, info=b"second step, " + purpose)
        yield kdf.derive(secret.encode())


def encrypt(secret: bytes, owner: int) -> str:
    """The secret as nobody reads it without the key; for that owner alone."""
    nonce = os.urandom(NONCE_LENGTH)
    sealed = AESGCM(next(keys(b"seeds"))).encrypt(nonce, secret, b"%d" % owner)
    return b64encode(nonce + sealed).decode()


def decrypt(text: str, owner: int) -> bytes:
    try:
        sealed = b64decode(text, validate=True)
    except ValueError as error:
        raise UnreadableSecretError from error
    nonce, rest = sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:]
    for key in keys(b"seeds"):
        try:
            return AESGCM(key).decrypt(nonce, rest, b"%d" % owner)
        except (InvalidTag, ValueError):
            continue
    raise UnreadableSecretError


def digests(code: str) -> list[str]:
    """The part of a recovery code that is kept: 96 bits of its HMAC, by each key."""
    return [
        b64encode(hmac.digest(key, code.encode(), hashlib.sha256)[:12]).decode()
        for key in keys(b"recovery codes")
    ]
