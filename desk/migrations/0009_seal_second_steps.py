"""Encrypts the seeds of second steps and hashes the recovery codes that are there, as
desk/accounts/second_step/cipher.py did when this was written; apps that nobody proved,
and the sessions of the engine before, go.
"""

import hashlib
import hmac
import os
from base64 import b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations


def key_for(purpose):
    secret = [*getattr(settings, "OTP_KEYS", []), settings.SECRET_KEY][0]
    kdf = HKDF(SHA256(), length=32, salt=None, info=b"second step, " + purpose)
    return kdf.derive(secret.encode())


def seal(apps, schema_editor):
    Device = apps.get_model("otp_totp", "TOTPDevice")
    Token = apps.get_model("otp_static", "StaticToken")
    Session = apps.get_model("sessions", "Session")
    if schema_editor.connection.vendor == "sqlite":
        # What was plain is not left in the free pages of the file.
        schema_editor.connection.cursor().execute("PRAGMA secure_delete = ON")
    Device.objects.filter(confirmed=False).delete()
    seeds, codes = key_for(b"seeds"), key_for(b"recovery codes")
    for device in Device.objects.all():
        nonce = os.urandom(12)
        seed = bytes.fromhex(device.key)
        sealed = AESGCM(seeds).encrypt(nonce, seed, b"%d" % device.user_id)
        device.key = b64encode(nonce + sealed).decode()
        device.save(update_fields=["key"])
    for token in Token.objects.all():
        code = token.token.encode()
        token.token = b64encode(hmac.digest(codes, code, hashlib.sha256)[:12]).decode()
        token.save(update_fields=["token"])
    Session.objects.all().delete()


def forget(apps, schema_editor):
    """Takes away what the version before cannot read: everybody sets up anew."""
    apps.get_model("otp_totp", "TOTPDevice").objects.all().delete()
    apps.get_model("otp_static", "StaticToken").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0008_sessions"),
        ("otp_static", "0003_add_timestamps"),
        ("otp_totp", "0003_add_timestamps"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(seal, forget)]
