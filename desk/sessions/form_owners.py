"""Whose forms the pages of a browser are, known by the secret in them against forgery.

The secret changes with every login. A signed cookie keeps to whom the last ones were
shown, so that a form outlives its session and still belongs to one person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.utils.crypto import salted_hmac

COOKIE, PATH, SALT = "form_owners", "/admin/", "desk.form_owners"
#: Secrets that are remembered: as many logins may follow each other over an open form.
REMEMBERED = 4
TOKEN_FIELD = "csrfmiddlewaretoken"


def owners_in(request: HttpRequest) -> dict[str, int]:
    """The keys of accounts by the hash of the secret that they were shown."""
    try:
        owners: dict[str, int] = signing.loads(request.COOKIES[COOKIE], salt=SALT)
    except (KeyError, signing.BadSignature):
        return {}
    return owners


def hash_of(secret: str) -> str:
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()[:32]


def secret_sent(request: HttpRequest) -> str:
    """The secret inside the token of the form, whether it is the present one or not."""
    token = request.POST.get(TOKEN_FIELD, "")
    is_whole = len(token) == csrf.CSRF_TOKEN_LENGTH
    if not is_whole or csrf.invalid_token_chars_re.search(token):
        return ""
    # Django has no public name for it.
    django_csrf: Any = csrf
    return str(django_csrf._unmask_cipher_token(token))


def form_owner(request: HttpRequest) -> int | None:
    """The account whose page the sent form was on; None where no page of ours was."""
    secret = secret_sent(request)
    return owners_in(request).get(hash_of(secret)) if secret else None


def remember_form_owners(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Notes to whom a page of the desk with a form was shown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        has_form = settings.CSRF_COOKIE_NAME in response.cookies
        if has_form and request.path.startswith(PATH) and request.user.pk:
            owners = owners_in(request)
            shown = hash_of(request.META["CSRF_COOKIE"])
            if owners.get(shown) != request.user.pk:
                owners.pop(shown, None)
                last = list(owners.items())[1 - REMEMBERED :]
                set_cookie(response, {**dict(last), shown: request.user.pk})
        return response

    return middleware


def set_cookie(response: HttpResponse, owners: dict[str, int]) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(owners, salt=SALT),
        path=PATH,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
