"""Accounts at the desk: their list, and the forms that ask for a change of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.accounts.changes.administration import (
    ask_new,
    ask_reset,
    change_account,
)
from desk.accounts.changes.forms import AccountForm, NewAccountForm, ReasonForm
from desk.accounts.changes.messages import tell_asked, tell_outcome
from desk.accounts.changes.models import AccountChangeKind
from desk.accounts.rights import may_ask
from desk.accounts.user_list import UserListAdmin
from statements.admin.staff import staff_user

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts, _FieldsetSpec
    from django.utils.functional import _StrOrPromise

    AccountAdmin = UserAdmin[User]
else:
    AccountAdmin = UserAdmin

#: The fields that superusers alone may see.
SUPERUSER_FIELDS = ("is_superuser",)
NAMES = ("username", "first_name", "last_name", "email")
ONE_BUTTON = {"show_save_and_continue": False, "show_save_and_add_another": False}
REASON: tuple[_StrOrPromise, _FieldOpts] = (
    gettext_lazy("Why this change"),
    {"fields": ["note"]},
)


class DeskUserAdmin(UserListAdmin, AccountAdmin):
    """Accounts: nothing of a form is saved, it is asked for; see `changes`."""

    form = AccountForm
    add_form = NewAccountForm
    add_form_template = change_form_template = "desk/accounts/account.html"
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """An account is closed, never deleted: the log and the history name it."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return may_ask(staff_user(request), obj)

    def get_fieldsets(
        self, request: HttpRequest, obj: User | None = None
    ) -> _FieldsetSpec:
        """Hides what is no administrator’s: superusers are a superuser’s matter."""
        if obj is None:
            return [(None, {"fields": [*NAMES, "groups"]}), REASON]
        is_superuser = staff_user(request).is_superuser
        flags = ["is_active", "is_staff", *(SUPERUSER_FIELDS if is_superuser else ())]
        return [
            (None, {"fields": [*NAMES]}),
            (_("Permissions"), {"fields": [*flags, "groups"]}),
            *([REASON] if self.has_change_permission(request, obj) else []),
            (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
        ]

    def formfield_for_manytomany(
        self,
        db_field: models.ManyToManyField[Any, Any],
        request: HttpRequest,
        **kwargs: Any,
    ) -> ModelMultipleChoiceField[Any] | None:
        return super().formfield_for_manytomany(
            db_field, request, widget=CheckboxSelectMultiple, **kwargs
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().changeform_view(
                    request, object_id, form_url, ONE_BUTTON | (extra_context or {})
                )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        """Asks for what the form says; what it takes away is taken at once."""
        by, values = staff_user(request), form.account_values()
        note = form.cleaned_data["note"]
        if change:
            tell_outcome(request, change_account(by, obj, values, note))
        else:
            tell_asked(request, ask_new(by, values, note))

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Saves nothing: roles are asked for with the rest."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Logs nothing: whoever asks logs it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Logs nothing: whoever asks logs it."""

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:auth_user_changelist"))

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:auth_user_changelist"))

    def get_urls(self) -> list[URLPattern]:
        second_step = self.admin_site.admin_view(self.reset_second_step)
        name = "auth_user_second_step"
        return [
            path("<id>/second-step/", second_step, name=name),
            *super().get_urls(),
        ]

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Asks that the person may choose a new password: nobody sets it for them."""
        title = _("Request a password reset: %(name)s")
        return self.reset_view(request, id, AccountChangeKind.PASSWORD, title)

    def reset_second_step(self, request: HttpRequest, id: str) -> HttpResponse:
        """Asks that the second step of somebody who lost phone and codes be removed."""
        title = _("Request to remove two-step verification: %(name)s")
        return self.reset_view(request, id, AccountChangeKind.SECOND_STEP, title)

    def reset_view(
        self, request: HttpRequest, id: str, kind: AccountChangeKind, title: str
    ) -> HttpResponse:
        person = self.get_object(request, unquote(id))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person) or person == request.user:
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            note = form.cleaned_data["reason"]
            try:
                change = ask_reset(staff_user(request), person, kind, note)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                tell_asked(request, change)
            return HttpResponseRedirect(reverse("admin:auth_user_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": title % {"name": person},
            "form": form,
            "kind": kind,
        }
        return TemplateResponse(request, "desk/accounts/reset.html", context)
