"""The forms of an account: they ask for a change, and say why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.accounts.changes.administration import (
    FIELDS,
    NAME_TAKEN,
    require_free_name,
)
from statements.input.plain_text import PlainTextField

if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
else:
    UserForm = forms.ModelForm


def reason_field(label: Any) -> forms.CharField:
    return PlainTextField(
        label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class AccountForm(UserForm):
    """The values of an account as somebody asks for them; it saves nothing."""

    note = reason_field(gettext_lazy("Reason for the change"))

    class Meta:
        model = User
        fields = [*FIELDS, "groups"]
        labels = {"groups": gettext_lazy("Roles")}
        help_texts = {"groups": ""}

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        try:
            require_free_name(username, self.instance if self.instance.pk else None)
        except ValidationError as error:
            raise ValidationError(NAME_TAKEN) from error
        return username

    def account_values(self) -> dict[str, Any]:
        """The values of the fields that the form showed, as changes keep them."""
        values = {k: v for k, v in self.cleaned_data.items() if k in FIELDS}
        groups: list[Group] = list(self.cleaned_data["groups"])
        return values | {"roles": sorted(group.name for group in groups)}


class NewAccountForm(AccountForm):
    """A new account of staff; the person chooses the password."""

    def account_values(self) -> dict[str, Any]:
        return {"is_active": True, "is_staff": True} | super().account_values()


class ReasonForm(forms.Form):
    """Asks why: of a reset, or of a refusal."""

    reason = reason_field(gettext_lazy("Reason"))


class FirstPasswordForm(forms.Form):
    """The name, the codes of the administrators, and the new password twice."""

    username = forms.CharField(
        label=gettext_lazy("Username"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    first_code = forms.CharField(
        label=gettext_lazy("First code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    second_code = forms.CharField(
        label=gettext_lazy("Second code (if you were given two)"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("New password"),
        max_length=200,
        strip=False,
        help_text=password_validators_help_text_html(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=gettext_lazy("Enter the new password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        password = data.get("password", "")
        if password and password != data.get("repeated"):
            self.add_error("repeated", _("The two passwords do not match."))
        elif password:
            try:
                validate_password(password, User(username=data.get("username", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data

    @property
    def codes(self) -> list[str]:
        return [self.cleaned_data["first_code"], self.cleaned_data["second_code"]]
