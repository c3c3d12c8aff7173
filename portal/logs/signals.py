"""The security events that Django tells of by signals; the desk tells of its own."""

import logging
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from portal.logs.security import tell


@receiver(user_logged_out)
def tell_of_logout(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    tell("logout", request, logging.INFO, user_id=user.pk if user else None)


@receiver(m2m_changed, sender=User.groups.through)
def tell_of_roles(action: str, instance: User | Group, **kwargs: Any) -> None:
    if action in ("post_add", "post_remove", "post_clear"):
        tell("role changed", level=logging.INFO, account_id=instance.pk, reason=action)


@receiver(post_save, sender=LogEntry)
def tell_of_account(instance: LogEntry, **kwargs: Any) -> None:
    """The record of what staff did to accounts and roles; the log has the words."""
    if instance.content_type and instance.content_type.app_label == "auth":
        tell(
            "account changed",
            level=logging.INFO,
            user_id=instance.user_id,
            account_id=instance.object_id,
            reason=instance.content_type.model,
        )
