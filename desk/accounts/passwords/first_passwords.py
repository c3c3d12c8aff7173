"""First passwords: chosen by somebody else, and good for one login."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

#: In a session: its account has still to choose a password of its own.
FIRST_PASSWORD_KEY = "first_password"


class FirstPassword(models.Model):
    """Says that somebody else chose the password that the account has now."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True)

    def __str__(self) -> str:
        return self.user.username


def has_new_password(user: User) -> bool:
    """Says, while the account is saved, whether a password was set on it."""
    return getattr(user, "_password", None) is not None


@receiver(post_save, sender=User)
def note_first_password(instance: User, **kwargs: Any) -> None:
    """Whoever sets a password sets it for somebody else, unless that is taken back."""
    if has_new_password(instance):
        demand_new_password(instance)


def demand_new_password(user: User) -> None:
    """Makes the account choose a password at its next login."""
    FirstPassword.objects.get_or_create(user=user)


def has_first_password(user: User) -> bool:
    return FirstPassword.objects.filter(user=user).exists()


def forget_first_password(user: User) -> None:
    """The person chose the password that the account has now."""
    FirstPassword.objects.filter(user=user).delete()


def accept_own_password(request: HttpRequest, user: User) -> None:
    """The password was chosen by the person themselves, in this session."""
    forget_first_password(user)
    request.session.pop(FIRST_PASSWORD_KEY, None)
