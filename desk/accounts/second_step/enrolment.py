"""The pages of the second step: to take it, to set it up, and to renew its codes."""

from __future__ import annotations

import io
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_otp.models import Device

from desk.accounts.login_forms import (
    CodeForm,
    NewAppForm,
    OtherAppForm,
    ProofForm,
    with_status,
)
from desk.accounts.login_steps import take_second_step
from desk.accounts.second_step.cipher import UnreadableSecretError, decrypt, encrypt
from desk.accounts.second_step.devices import b32_secret, in_groups, new_secret
from desk.accounts.second_step.second_factor import (
    confirm_secret,
    has_device,
    new_recovery_codes,
)
from desk.accounts.security_log import record_event
from desk.audit_log import log_change
from desk.pages import staff_response
from desk.sessions.life import end_sessions, renew_key
from statements.admin.staff import staff_user
from statements.input.own_address import own_address

#: In a session: the secret that the last visit of the page showed, encrypted.
SHOWN_KEY = "secret_shown"


def second_step(request: HttpRequest) -> HttpResponse:
    """Asks for a code; those who have no app yet set it up first."""
    user = staff_user(request)
    if not has_device(user):
        return HttpResponseRedirect(reverse("admin:enrol"))
    form = CodeForm(user, request.POST or None)
    if form.is_valid():
        take_second_step(request, known(form.device))
        return HttpResponseRedirect(destination(request))
    title = _("Two-step verification")
    page = staff_response(
        request, "desk/accounts/second_step.html", form=form, title=title
    )
    return with_status(page, form)


def enrol(request: HttpRequest) -> HttpResponse:
    """Sets up an app; who has one already proves that first, with the password."""
    user = staff_user(request)
    is_other = has_device(user)
    data = request.POST or None
    form = OtherAppForm(user, data) if is_other else NewAppForm(data)
    secret = shown_secret(request, user) if data else None
    if secret and form.is_valid():
        device = confirm_secret(user, secret, form.cleaned_data["new_code"])
        if device:
            return finish_enrolment(request, user, device)
        form.add_error("new_code", _("The code is incorrect or has expired."))
    elif data and not secret:
        form.add_error(None, _("The key has changed. Scan the new QR code."))
    return show_secret(request, user, secret, form, is_other)


def finish_enrolment(request: HttpRequest, user: User, device: Device) -> HttpResponse:
    del request.session[SHOWN_KEY]
    take_second_step(request, device)
    end_sessions(user, but=request)
    log_change(user, user, "second factor set up")
    record_event("factor", "a second step was set up", user)
    return show_codes(request, _("Two-step verification is set up."))


def show_secret(
    request: HttpRequest,
    user: User,
    secret: bytes | None,
    form: NewAppForm | OtherAppForm,
    is_other: bool,
) -> HttpResponse:
    """Each visit has a secret of its own, which only its own session can prove."""
    if secret is None:
        secret = new_secret()
        request.session[SHOWN_KEY] = encrypt(secret, user.pk)
    spelled = b32_secret(secret)
    page = staff_response(
        request,
        "desk/accounts/enrol.html",
        form=form,
        is_other=is_other,
        secret=in_groups(spelled),
        picture=picture_of(user, spelled),
        title=_("Set up two-step verification"),
    )
    return with_status(page, form)


def shown_secret(request: HttpRequest, user: User) -> bytes | None:
    try:
        return decrypt(request.session.get(SHOWN_KEY, ""), user.pk)
    except UnreadableSecretError:
        return None


def picture_of(user: User, spelled: str) -> str:
    """The secret as a picture for the camera of the app: SVG without style."""
    issuer = settings.OTP_TOTP_ISSUER
    label = quote(f"{issuer}:{user.get_username()}")
    query = urlencode({"secret": spelled, "issuer": issuer}, quote_via=quote)
    file = io.BytesIO()
    segno.make(f"otpauth://totp/{label}?{query}").save(
        file,
        kind="svg",
        xmldecl=False,
        scale=5,
        light="#fff",
        title=_("QR code of the key"),
        svgclass="qr",
    )
    return file.getvalue().decode()


def renew_codes(request: HttpRequest) -> HttpResponse:
    """Makes new recovery codes for those who prove themselves once more."""
    user = staff_user(request)
    form = ProofForm(user, request.POST or None)
    if form.is_valid():
        renew_key(request)
        end_sessions(user, but=request)
        log_change(user, user, "new recovery codes")
        record_event("factor", "recovery codes were renewed", user)
        return show_codes(request, _("New recovery codes were created."))
    page = staff_response(
        request, "desk/accounts/recovery.html", form=form, title=_("Recovery codes")
    )
    return with_status(page, form)


def show_codes(request: HttpRequest, message: str) -> HttpResponse:
    """Shows new recovery codes, the only time that they can be read."""
    codes = [in_groups(c, "-") for c in new_recovery_codes(staff_user(request))]
    messages.success(request, message)
    title = _("Recovery codes")
    return staff_response(
        request, "desk/accounts/recovery.html", codes=codes, title=title
    )


def known(device: Device | None) -> Device:
    """The device of a form that is valid, which has one."""
    assert device is not None
    return device


def destination(request: HttpRequest) -> str:
    """The page that the user was on the way to; the desk, where it is not ours."""
    address = request.GET.get(REDIRECT_FIELD_NAME, "")
    return own_address(request, address) or reverse("admin:index")
