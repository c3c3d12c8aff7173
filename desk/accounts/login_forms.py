"""The forms by which people prove who they are, each within the limits on guessing."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.admin.forms import (
    AdminAuthenticationForm,
    AdminPasswordChangeForm,
)
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.models import Device

from desk.accounts.lockout import (
    Charge,
    TooManyTriesError,
    charge_login,
    charge_step,
)
from desk.accounts.passwords.hashers import BusyError, place_in_the_queue
from desk.accounts.second_step.second_factor import device_of
from desk.accounts.security_log import record_event

#: How soon who met a full queue may come again.
SOON = timedelta(seconds=5)


class RefusalError(ValidationError):
    """A form that was not looked at: too many tries, or too many at once."""

    def __init__(self, text: str, status: int, wait: timedelta) -> None:
        super().__init__(text, code="refused")
        self.status, self.wait = status, wait


def too_many_tries(refusal: TooManyTriesError) -> RefusalError:
    text = ngettext(
        "Too many attempts. Try again in %(n)s minute, or ask an administrator.",
        "Too many attempts. Try again in %(n)s minutes, or ask an administrator.",
        refusal.minutes,
    )
    return RefusalError(text % {"n": refusal.minutes}, 429, refusal.wait)


def too_busy() -> RefusalError:
    text = _("Many people are logging in right now. Try again in a few seconds.")
    return RefusalError(text, 503, SOON)


def refusal_of(form: forms.BaseForm) -> RefusalError | None:
    """The refusal among the errors of a form."""
    errors = (error for some in form.errors.as_data().values() for error in some)
    return next((error for error in errors if isinstance(error, RefusalError)), None)


def with_status(response: HttpResponse, *shown: forms.BaseForm) -> HttpResponse:
    """The page of the forms, which says to programs too that they were refused."""
    for form in shown:
        refusal = refusal_of(form) if form.is_bound else None
        if refusal:
            response.status_code = refusal.status
            response["Retry-After"] = str(math.ceil(refusal.wait.total_seconds()))
    return response


class LoginForm(AdminAuthenticationForm):
    """Name and password."""

    def clean(self) -> dict[str, Any]:
        request: Any = self.request
        name, password = map(self.cleaned_data.get, ("username", "password"))
        if not (name and password):
            return super().clean()
        try:
            charge = charge_login(request, name)
        except TooManyTriesError as refusal:
            raise too_many_tries(refusal) from refusal
        # Read by the log of failed logins.
        request.axes_locked_out = charge.blocks
        cleaned = self.in_the_queue(charge)
        charge.give_back()
        return cleaned

    def in_the_queue(self, charge: Charge) -> dict[str, Any]:
        try:
            with place_in_the_queue():
                return super().clean()
        except BusyError as error:
            charge.withdraw()
            raise too_busy() from error


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.device: Device | None = None

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            self.device = device_of(self.user, code)
        except TooManyTriesError as refusal:
            raise too_many_tries(refusal) from refusal
        if self.device is None:
            record_event("factor-failed", "a code was wrong", self.user)
            raise ValidationError(
                _(
                    "The code is incorrect or has already been used. Wait for the next"
                    " one."
                )
            )
        return code


def check_password(user: User, password: str) -> None:
    """Raises where it is not the password of the user, who is logged in already."""
    try:
        charge = charge_step(user)
        with place_in_the_queue():
            if user.check_password(password):
                return charge.withdraw()
    except TooManyTriesError as refusal:
        raise too_many_tries(refusal) from refusal
    except BusyError as error:
        charge.withdraw()
        raise too_busy() from error
    record_event("proof-failed", "a password was wrong", user)
    raise ValidationError(_("The password is incorrect."))


class ProofForm(CodeForm):
    """Password and code, before something is changed that they protect."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["password", "code"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        check_password(self.user, password)
        return password

    def clean_code(self) -> str:
        """No code is used up beside a wrong password."""
        if self.errors:
            return ""
        return super().clean_code()


class NewAppForm(forms.Form):
    """The first code of an app that is set up."""

    new_code = forms.CharField(
        label=gettext_lazy("Code shown in the new app"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class OtherAppForm(ProofForm, NewAppForm):
    """The first code of an app in the place of another."""

    field_order = ["new_code", "password", "code"]


class OwnPasswordForm(AdminPasswordChangeForm):
    """A new password, which is another than before."""

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        check_password(self.user, password)
        return password

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        if password == self.cleaned_data.get("old_password"):
            raise ValidationError(_("Choose a password different from your old one."))
        return password
