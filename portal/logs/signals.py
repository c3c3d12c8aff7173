"""The security events that Django, axes and the second step tell of by signals."""

import logging
from typing import Any

from axes.signals import user_locked_out
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.client_ip import client_ip
from portal.logs.security import tell


def address_of(request: HttpRequest | None) -> str | None:
    return client_ip(request) if request else None


@receiver(user_logged_in)
def tell_of_login(request: HttpRequest, user: User, **kwargs: Any) -> None:
    address = address_of(request)
    tell("login", request, logging.INFO, user_id=user.pk, address=address)


@receiver(user_logged_out)
def tell_of_logout(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    user_id = user.pk if user else None
    tell("logout", request, logging.INFO, user_id=user_id, address=address_of(request))


@receiver(user_login_failed)
def tell_of_failed_login(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """The name that was typed is not repeated: some type their password there."""
    tell("login failed", request, address=address_of(request))


@receiver(user_locked_out)
def tell_of_lock(request: HttpRequest, **kwargs: Any) -> None:
    tell("locked out", request, address=address_of(request))


@receiver(m2m_changed, sender=User.groups.through)
def tell_of_roles(action: str, instance: User | Group, **kwargs: Any) -> None:
    if action in ("post_add", "post_remove", "post_clear"):
        tell("role changed", level=logging.INFO, account_id=instance.pk, reason=action)


@receiver([post_save, post_delete], sender=TOTPDevice)
def tell_of_factor(
    instance: TOTPDevice, created: bool | None = None, **kwargs: Any
) -> None:
    """Made or deleted: a device is saved for each code that it gives, too."""
    if created is not False:
        reason = "made" if created else "deleted"
        account = instance.user_id
        tell("factor changed", level=logging.INFO, account_id=account, reason=reason)


@receiver(post_save, sender=LogEntry)
def tell_of_account(instance: LogEntry, **kwargs: Any) -> None:
    """What staff did to accounts and roles; the log itself has the words."""
    if instance.content_type and instance.content_type.app_label == "auth":
        tell(
            "account changed",
            level=logging.INFO,
            user_id=instance.user_id,
            account_id=instance.object_id,
            reason=instance.content_type.model,
        )
