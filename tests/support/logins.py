"""The login as people take it, without a browser."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp

from desk.accounts.second_step.devices import Authenticator, RecoveryCodes
from tests.support.staff import with_app

PASSWORD = "correct horse battery"
LOGIN, STEP, ENROL = "/admin/login/", "/admin/second-step/", "/admin/second-step/enrol/"
RECOVERY, CHANGE = "/admin/second-step/recovery/", "/admin/password_change/"


def with_password(user: User, password: str = PASSWORD) -> User:
    """As if they had chosen it themselves."""
    user.password = make_password(password)
    user.save()
    return user


def log_in(user: User | str, password: str = PASSWORD, **more) -> tuple[Client, Any]:
    """A browser after the first step, and the answer."""
    client = Client()
    client.cookies["django_language"] = "en"
    values = {"username": str(user), "password": password}
    return client, client.post(f"{LOGIN}?next=/admin/", values, **more)


def code_of(device: Authenticator) -> str:
    """A code that the app shows and that was not used."""
    Authenticator.objects.filter(pk=device.pk).update(last_t=-1)
    return f"{totp(device.bin_key):06d}"


def wrong_code(device: Authenticator) -> str:
    """Six digits that the app shows neither now nor about now."""
    near = {totp(device.bin_key, drift=drift) for drift in range(-5, 6)}
    return next(f"{n:06d}" for n in range(100) if n not in near)


def codes_of(user: User, *codes: str) -> RecoveryCodes:
    device, _ = RecoveryCodes.objects.get_or_create(user=user)
    device.replace_codes(list(codes))
    return device


def entered(user: User) -> Client:
    """A browser after both steps, taken one after the other."""
    device = Authenticator.objects.filter(user=user).first() or with_app(user)
    client, _ = log_in(user)
    client.post(STEP, {"code": code_of(device)})
    assert client.get("/admin/").status_code == 200
    return client


@dataclass
class Browser:
    """A client that is checked against forgery, and sends forms as a browser does."""

    user: User
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def open(self, path: str) -> Any:
        return self.client.get(path)

    def token(self, path: str) -> str:
        return str(self.open(path).context["csrf_token"])

    def send(self, path: str, values: dict[str, Any], token: str, **more) -> Any:
        sent = {"csrfmiddlewaretoken": token, **values}
        more.setdefault("HTTP_ORIGIN", "http://testserver")
        return self.client.post(path, sent, **more)

    def enter(self) -> "Browser":
        self.client.cookies["django_language"] = "en"
        given = {"username": self.user.username, "password": PASSWORD}
        self.send(LOGIN, given, self.token(LOGIN))
        device = Authenticator.objects.filter(user=self.user).first()
        code = code_of(device or with_app(self.user))
        assert self.send(STEP, {"code": code}, self.token(STEP)).status_code == 302
        return self
