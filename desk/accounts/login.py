"""The admin site: entered with a password and a second step, by everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, update_wrapper
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import PasswordChangeView, redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from desk.accounts.login_forms import LoginForm, OwnPasswordForm, with_status
from desk.accounts.login_steps import next_step, paths_of_steps
from desk.accounts.passwords.first_passwords import (
    FIRST_PASSWORD_KEY,
    accept_own_password,
)
from desk.accounts.second_step import enrolment
from desk.accounts.security_log import record_event
from desk.dashboard import dashboard
from desk.readable_requests import require_readable
from desk.sessions.kept_post import FIELD
from desk.sessions.lost_session import carry_on
from statements.admin.staff import staff_user

RegisteredModel = TypeVar("RegisteredModel", bound=Model)
StaffPage = Callable[..., HttpResponse]
#: Apps whose own admins the desk does without: it has others for accounts and roles,
#: and the keys of second steps are nobody's to see.
APPS_NOT_SHOWN = ("django.contrib.auth.", "django_otp.")


class DeskSite(AdminSite):
    """The staff’s admin."""

    index_template = "desk/dashboard/index.html"
    login_form = LoginForm

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
        return not next_step(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Lets those in who took every step of the login, and leads the others to the
        next one; a form that they sent is kept until they are there. Django’s own
        views, which are methods, get requests that can be read: pages of the desk say
        what is wrong with theirs.
        """

        if hasattr(view, "__self__"):
            view = require_readable(view)

        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            step = next_step(request)
            page: StaffPage = partial(view, request, *args, **kwargs)
            if FIELD not in request.POST and step in ("", request.path):
                return page()
            if request.method == "POST" and request.path not in paths_of_steps():
                return carry_on(request, page)
            if request.path == reverse("admin:logout"):
                return HttpResponseRedirect(reverse("admin:index"))
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))

        entered = csrf_protect(entered)
        return update_wrapper(entered if cacheable else never_cache(entered), view)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Names the site, which Django’s login would call by its address."""
        return {**super().each_context(request), "site_name": settings.SITE_NAME}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Shows the desk’s dashboard, and below it Django’s list of models."""
        context = {**dashboard(staff_user(request)), **(extra_context or {})}
        return super().index(request, {"title": _("Staff desk"), **context})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        pages: dict[str, tuple[str, StaffPage]] = {
            "second_step": ("second-step/", enrolment.second_step),
            "enrol": ("second-step/enrol/", enrolment.enrol),
            "recovery": ("second-step/recovery/", enrolment.renew_codes),
        }
        own = [
            path(address, self.admin_view(view), name=name)
            for name, (address, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Leads those who gave their password already to the next step."""
        step = next_step(request)
        if request.method == "GET" and step not in ("", reverse("admin:login")):
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{step}?{query}" if query else step)
        page = super().login(request, extra_context)
        if isinstance(page, TemplateResponse) and page.context_data:
            return with_status(page, page.context_data["form"])
        return page

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Ends all other sessions, and makes a first password one’s own."""
        user = staff_user(request)
        is_first = FIRST_PASSWORD_KEY in request.session
        page = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), "is_first": is_first},
        )(request)
        if isinstance(page, TemplateResponse) and page.context_data:
            return with_status(page, page.context_data["form"])
        accept_own_password(request, user)
        record_event("password", "somebody changed their password", user)
        return page
