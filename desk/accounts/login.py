"""The admin site: a password first, then a second step for those who need one."""

from __future__ import annotations

import io
from base64 import b32encode
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts import second_factor
from desk.audit_log import log_change
from desk.dashboard import dashboard
from desk.readable_requests import require_readable
from statements.admin.staff import staff_user
from statements.input.own_address import own_address

RegisteredModel = TypeVar("RegisteredModel", bound=Model)
ViewArguments = ParamSpec("ViewArguments")
SiteView = Callable[Concatenate["DeskSite", HttpRequest, ViewArguments], HttpResponse]
#: Apps whose own admins the desk does without: it has others for accounts and roles,
#: and the keys of second steps are nobody's to see.
APPS_NOT_SHOWN = ("django.contrib.auth.", "django_otp.")


class CodeForm(forms.Form):
    """Asks for a code of the app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True}
        ),
    )


def for_staff(view: SiteView[ViewArguments]) -> SiteView[ViewArguments]:
    """Makes a view one for those who gave a password as staff, whether they have taken
    the second step or not.
    """

    @method_decorator([never_cache, csrf_protect])
    @wraps(view)
    def wrapper(
        site: DeskSite,
        request: HttpRequest,
        /,
        *args: ViewArguments.args,
        **kwargs: ViewArguments.kwargs,
    ) -> HttpResponse:
        if not AdminSite.has_permission(site, request):
            return HttpResponseRedirect(reverse("admin:login"))
        return view(site, request, *args, **kwargs)

    return wrapper


class DeskSite(AdminSite):
    """The staff’s admin."""

    index_template = "desk/dashboard/index.html"

    def register(
        self,
        model_or_iterable: type[RegisteredModel] | Iterable[type[RegisteredModel]],
        admin_class: type[ModelAdmin[RegisteredModel]] | None = None,
        **options: Any,
    ) -> None:
        """Registers models as Django's site does, but for the admins of other apps that
        the desk does without.
        """
        if admin_class and admin_class.__module__.startswith(APPS_NOT_SHOWN):
            return
        super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        if not super().has_permission(request):
            return False
        return not second_factor.lacks_second_factor(request.user)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Opens a view to those who may enter; Django’s own, which are methods, for
        requests that can be read: pages of the desk say what is wrong with theirs.
        """
        if hasattr(view, "__self__"):
            view = require_readable(view)
        return super().admin_view(view, cacheable)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Names the site, which Django’s login would call by its address."""
        return {**super().each_context(request), "site_name": settings.SITE_NAME}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Shows the desk’s dashboard, and below it Django’s list of models."""
        context = {**dashboard(staff_user(request)), **(extra_context or {})}
        return super().index(request, {"title": _("My desk"), **context})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [
            path("second-step/", self.second_step, name="second_step"),
            path("second-step/enrol/", self.enrol, name="enrol"),
            path("second-step/code.svg", self.qr_code, name="qr_code"),
            path("second-step/recovery/", self.recovery, name="recovery"),
            *super().get_urls(),
        ]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Leads to the second step those who gave their password and still need it."""
        if super().has_permission(request) and not self.has_permission(request):
            address = reverse("admin:second_step")
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{address}?{query}" if query else address)
        return super().login(request, extra_context)

    @for_staff
    def second_step(self, request: HttpRequest) -> HttpResponse:
        """Asks for a code; those who have no app yet set it up first."""
        user = staff_user(request)
        if not second_factor.has_device(user):
            return HttpResponseRedirect(reverse("admin:enrol"))
        form = CodeForm(request.POST or None)
        if form.is_valid():
            device = second_factor.device_of(user, form.cleaned_data["code"])
            if device:
                django_otp.login(request, device)
                return HttpResponseRedirect(destination(request))
            form.add_error(
                "code", _("The code is wrong or has expired. Wait for the next one.")
            )
        return self.page(request, "second_step", form=form, title=_("Second step"))

    @for_staff
    def enrol(self, request: HttpRequest) -> HttpResponse:
        """Sets up the app; those who have one already prove it before."""
        user = staff_user(request)
        if not may_set_up(request):
            return HttpResponseRedirect(reverse("admin:second_step"))
        device = second_factor.device_to_confirm(user)
        form = CodeForm(request.POST or None)
        if form.is_valid():
            if second_factor.confirm_device(device, form.cleaned_data["code"]):
                django_otp.login(request, device)
                log_change(user, user, "second factor set up")
                return self.show_codes(request, _("The second step is set up."))
            form.add_error("code", _("The code is wrong or has expired."))
        secret = spelled_secret(device)
        title = _("Set up the second step")
        return self.page(request, "enrol", form=form, secret=secret, title=title)

    @for_staff
    def qr_code(self, request: HttpRequest) -> HttpResponse:
        """Shows the secret of the app as a picture for its camera."""
        if not may_set_up(request):
            return HttpResponseRedirect(reverse("admin:second_step"))
        device = second_factor.device_to_confirm(staff_user(request))
        file = io.BytesIO()
        segno.make(device.config_url).save(file, kind="svg", scale=5, light="#fff")
        return HttpResponse(file.getvalue(), content_type="image/svg+xml")

    @for_staff
    def recovery(self, request: HttpRequest) -> HttpResponse:
        """Makes new recovery codes for those who have taken the second step."""
        user = staff_user(request)
        if not second_factor.has_second_factor(user):
            return HttpResponseRedirect(reverse("admin:second_step"))
        if request.method == "POST":
            log_change(user, user, "new recovery codes")
            return self.show_codes(request, _("New recovery codes were made."))
        return self.page(request, "recovery", title=_("Recovery codes"))

    def show_codes(self, request: HttpRequest, message: str) -> HttpResponse:
        """Shows new recovery codes, the only time that they can be read."""
        codes = second_factor.new_recovery_codes(staff_user(request))
        messages.success(request, message)
        return self.page(request, "recovery", codes=codes, title=_("Recovery codes"))

    def page(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        """The page of a step of the login, in the frame of the admin."""
        context = {**self.each_context(request), **context}
        return TemplateResponse(request, f"desk/accounts/{name}.html", context)


def may_set_up(request: HttpRequest) -> bool:
    """Says whether the user may set up the app: the first time, or after the second
    step; never with a password alone.
    """
    user = staff_user(request)
    return second_factor.has_second_factor(user) or not second_factor.has_device(user)


def spelled_secret(device: TOTPDevice) -> str:
    """The secret in groups of four, for those who type it into the app."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def destination(request: HttpRequest) -> str:
    """The page that the user was on the way to; the desk, where it is not ours."""
    address = request.GET.get(REDIRECT_FIELD_NAME, "")
    return own_address(request, address) or reverse("admin:index")
