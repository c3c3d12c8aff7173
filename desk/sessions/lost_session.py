"""Asks for the login in the place of a page whose session was lost, and carries on with
the form that was sent.
"""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.accounts.login_forms import CodeForm, LoginForm, with_status
from desk.accounts.login_steps import next_step, take_first_step, take_second_step
from desk.accounts.second_step.second_factor import has_device
from desk.pages import staff_response
from desk.sessions.kept_post import KeptPost, fields_of, keep_post

#: Shown to be copied, where a form cannot be carried on: texts, not keys and switches.
SHORTEST_TEXT = 2


def carry_on(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Opens the view with the form that was kept, once its owner is there."""
    kept = keep_post(request)
    if kept is None:
        return show_texts(request, fields_of(request), _("You are not logged in"))
    shown = take_steps(request, kept)
    if not next_step(request) and request.user.pk == kept.owner:
        kept.restore(request)
        return view()
    return ask_for_login(request, kept, shown)


def take_steps(request: HttpRequest, kept: KeptPost) -> list[forms.Form]:
    """Takes the steps that the page’s fields are for; what they say where it failed."""
    shown: list[forms.Form] = []
    if next_step(request) == reverse("admin:login") and "username" in request.POST:
        form = LoginForm(request, request.POST)
        shown.append(form)
        if form.is_valid():
            if form.get_user().pk != kept.owner:
                form.add_error(
                    None, _("Only the person who started this form can continue.")
                )
                return shown
            take_first_step(request, form.get_user())
    user = request.user
    if next_step(request) == reverse("admin:second_step") and user.pk == kept.owner:
        assert isinstance(user, User)
        code = CodeForm(user, request.POST)
        shown.append(code)
        if code.is_valid():
            take_second_step(request, code.device)
    return shown


def ask_for_login(
    request: HttpRequest, kept: KeptPost, shown: list[forms.Form]
) -> HttpResponse:
    """The page with the fields of the steps that are left, and the form inside."""
    step = next_step(request)
    if request.user.pk not in (None, kept.owner):
        return show_texts(
            request, kept.fields, _("This form belongs to another person")
        )
    page = ask_page(request, kept, step, shown)
    page.status_code = 403
    return with_status(page, *shown)


def ask_page(
    request: HttpRequest, kept: KeptPost, step: str, shown: list[forms.Form]
) -> HttpResponse:
    asked = forms_of(request, kept, step, shown)
    return staff_response(
        request,
        "desk/sessions/lost_session.html",
        title=_("Log in to save what you wrote") if step else _("Send the form again"),
        kept=kept,
        asked=asked,
        detour="" if asked else step,
    )


def forms_of(
    request: HttpRequest, kept: KeptPost, step: str, shown: list[forms.Form]
) -> list[forms.Form]:
    """The forms of the steps that are left: with what they said, or fresh."""
    owner = User.objects.get(pk=kept.owner)
    fresh: list[forms.Form] = []
    if step == reverse("admin:login"):
        fresh.append(LoginForm(request, initial={"username": owner.username}))
    if step in (reverse("admin:login"), reverse("admin:second_step")):
        fresh += [CodeForm(owner)] if has_device(owner) else []
    said = {type(form): form for form in shown}
    return [said.get(type(form), form) for form in fresh]


def show_texts(
    request: HttpRequest, fields: list[list[str]], title: str
) -> HttpResponse:
    """The page for what cannot be carried on, with the texts to be copied."""
    texts = [pair for pair in fields if len(pair[1]) >= SHORTEST_TEXT]
    page = staff_response(
        request, "desk/sessions/not_sent.html", title=title, texts=texts
    )
    page.status_code = 403
    return page
