"""The admin site: a password first, then a second step for those who need one."""

import io
from base64 import b32encode
from functools import wraps

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from desk.accounts import second_factor
from desk.audit_log import log_change
from desk.dashboard import dashboard


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True}
        ),
    )


def for_staff(view):
    """For who gave a password as staff, whether the second step is taken or not."""

    @wraps(view)
    def wrapper(site, request, *args, **kwargs):
        if not AdminSite.has_permission(site, request):
            return HttpResponseRedirect(reverse("admin:login"))
        return view(site, request, *args, **kwargs)

    return method_decorator([never_cache, csrf_protect])(wrapper)


class DeskSite(AdminSite):
    """The staff’s admin."""

    index_template = "desk/dashboard/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        if not super().has_permission(request):
            return False
        return not second_factor.lacks_second_factor(request.user)

    def each_context(self, request: HttpRequest) -> dict:
        """Django’s login would call the site by its address."""
        return {**super().each_context(request), "site_name": settings.SITE_NAME}

    def index(self, request, extra_context=None):
        """The desk’s dashboard, then what Django’s first page has."""
        context = {**dashboard(request.user), **(extra_context or {})}
        return super().index(request, {"title": _("My desk"), **context})

    def get_urls(self):
        return [
            path("second-step/", self.second_step, name="second_step"),
            path("second-step/enrol/", self.enrol, name="enrol"),
            path("second-step/code.svg", self.qr_code, name="qr_code"),
            path("second-step/recovery/", self.recovery, name="recovery"),
            *super().get_urls(),
        ]

    def login(self, request, extra_context=None):
        if super().has_permission(request) and not self.has_permission(request):
            address = reverse("admin:second_step")
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{address}?{query}" if query else address)
        return super().login(request, extra_context)

    @for_staff
    def second_step(self, request: HttpRequest) -> HttpResponse:
        """Asks for a code; who has none yet sets the app up first."""
        if not django_otp.user_has_device(request.user):
            return HttpResponseRedirect(reverse("admin:enrol"))
        form = CodeForm(request.POST or None)
        if form.is_valid():
            device = second_factor.device_of(request.user, form.cleaned_data["code"])
            if device:
                django_otp.login(request, device)
                return HttpResponseRedirect(destination(request))
            form.add_error(
                "code", _("The code is wrong or has expired. Wait for the next one.")
            )
        return self.page(request, "second_step", form=form, title=_("Second step"))

    @for_staff
    def enrol(self, request: HttpRequest) -> HttpResponse:
        """Sets up the app; who has one already proves it before."""
        if not may_set_up(request):
            return HttpResponseRedirect(reverse("admin:second_step"))
        device = second_factor.device_to_confirm(request.user)
        form = CodeForm(request.POST or None)
        if form.is_valid():
            if second_factor.confirm_device(device, form.cleaned_data["code"]):
                django_otp.login(request, device)
                log_change(request.user, request.user, "second factor set up")
                return self.show_codes(request, _("The second step is set up."))
            form.add_error("code", _("The code is wrong or has expired."))
        secret = spelled_secret(device)
        title = _("Set up the second step")
        return self.page(request, "enrol", form=form, secret=secret, title=title)

    @for_staff
    def qr_code(self, request: HttpRequest) -> HttpResponse:
        if not may_set_up(request):
            return HttpResponseRedirect(reverse("admin:second_step"))
        device = second_factor.device_to_confirm(request.user)
        file = io.BytesIO()
        segno.make(device.config_url).save(file, kind="svg", scale=5, light="#fff")
        return HttpResponse(file.getvalue(), content_type="image/svg+xml")

    @for_staff
    def recovery(self, request: HttpRequest) -> HttpResponse:
        """New recovery codes, for who has taken the second step."""
        if not request.user.is_verified():
            return HttpResponseRedirect(reverse("admin:second_step"))
        if request.method == "POST":
            log_change(request.user, request.user, "new recovery codes")
            return self.show_codes(request, _("New recovery codes were made."))
        return self.page(request, "recovery", title=_("Recovery codes"))

    def show_codes(self, request: HttpRequest, told: str) -> HttpResponse:
        codes = second_factor.new_recovery_codes(request.user)
        messages.success(request, told)
        return self.page(request, "recovery", codes=codes, title=_("Recovery codes"))

    def page(self, request: HttpRequest, name: str, **context) -> TemplateResponse:
        context = {**self.each_context(request), **context}
        return TemplateResponse(request, f"desk/accounts/{name}.html", context)


def may_set_up(request: HttpRequest) -> bool:
    """The first time, or after the second step: never with a password alone."""
    user = request.user
    return user.is_verified() or not django_otp.user_has_device(user)


def spelled_secret(device) -> str:
    """The secret in groups of four, for who types it into the app."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def destination(request: HttpRequest) -> str:
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, request.is_secure()):
        return wanted
    return reverse("admin:index")
